"""A question to the team, in the browser: an admin, who asks, and a curator."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.browser import Person

Enter = Callable[..., Person]


def submit(someone: Person) -> None:
    someone.page.locator("dialog button[type=submit]").click()
    someone.page.locator("dialog").wait_for(state="detached")


def test_from_a_miss_to_the_answer(person: Enter) -> None:
    admin, asker, curator = person("U3"), person("U1"), person("U2")
    admin.say("/llm-startup settings")
    admin.see("Workspace settings", "dialog")
    admin.page.locator("dialog [data-block=set_curators]").get_by_label("Maya").check()
    admin.page.locator("dialog [data-block=set_channel] select").select_option("C2")
    submit(admin)
    admin.see("The settings are saved.")
    admin.say("/llm-startup settings")
    admin.see("Workspace settings", "dialog")
    maya = admin.page.locator("dialog [data-block=set_curators]").get_by_label("Maya")
    assert maya.is_checked()
    admin.page.keyboard.press("Escape")

    asker.say("/llm-startup zorblax 是什么")
    asker.press("匿名问团队")
    asker.see("从技术上", "dialog")
    asker.page.locator("dialog button[type=submit]").click()
    asker.see("已匿名发到编辑频道", "dialog")
    asker.page.keyboard.press("Escape")

    curator.go("产品-product")
    curator.see("zorblax 是什么")
    assert "林晓" not in curator.text()
    curator.press("It is this one")
    curator.page.locator("dialog [data-block^=question_name] input").fill("RAG")
    curator.page.locator("dialog button[type=submit]").click()
    curator.page.locator("dialog [data-block='question_entry:1']").get_by_role(
        "radio", name="Retrieval-augmented"
    ).check()
    submit(curator)
    curator.see("Answered with")
    asker.go("llm-startup")
    asker.see("有答案了")
    asker.see("检索增强生成")
    assert admin.errors == asker.errors == curator.errors == []

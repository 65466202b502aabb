"""A team's own entry, in the browser: who proposes it, an admin, and who finds it."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.browser import Person

Enter = Callable[..., Person]


def submit(someone: Person) -> None:
    someone.page.locator("dialog button[type=submit]").click()


def test_from_a_message_to_an_entry_and_its_next_version(person: Enter) -> None:
    admin, founder, engineer = person("U3"), person("U1"), person("U2")
    admin.say("/llm-startup settings")
    admin.see("Workspace settings", "dialog")
    admin.page.locator("dialog [data-block=set_channel] select").select_option("C2")
    submit(admin)
    admin.see("The settings are saved.")

    founder.say("Zorblax 是我们的推理网关，所有调用都走它")
    founder.page.hover(".message")
    founder.press("More actions", ".message")
    founder.page.get_by_role("menuitem", name="Save as term · 存为术语").click()
    founder.see("编辑看过后才发布", "dialog")
    submit(founder)
    founder.see("请至少用一种语言写名称", "dialog")
    founder.page.locator("dialog [data-block=title_zh] input").fill("Zorblax 网关")
    submit(founder)
    founder.see("已交给编辑", "dialog")
    founder.page.keyboard.press("Escape")

    admin.go("产品-product")
    admin.see("proposes a new entry")
    admin.press("Edit")
    admin.page.locator("dialog [data-block=title_en] input").fill("Zorblax gateway")
    submit(admin)
    admin.see("Published (version 1)", "dialog")
    admin.press("Open", "dialog")
    admin.see("推理网关", "dialog")
    admin.page.keyboard.press("Escape")
    admin.page.keyboard.press("Escape")
    admin.see("Published by")
    founder.go("llm-startup")
    founder.see("修改后发布了你的投稿")

    engineer.say("/llm-startup zorblax gatway")
    engineer.see("Zorblax gateway", "#messages .header")
    engineer.page.locator("button.overflow").last.click()
    engineer.page.get_by_role("menuitem", name="Suggest a change").click()
    engineer.press("History", "dialog")
    engineer.see("Version 1", "dialog")
    engineer.press("Close", "dialog")
    submit(engineer)
    engineer.see("Nothing was changed", "dialog")
    engineer.page.locator("dialog [data-block=short_en] textarea").fill("Our inference gateway.")
    submit(engineer)
    engineer.see("Sent to the curators", "dialog")
    engineer.page.keyboard.press("Escape")
    admin.see("suggests a change to")
    admin.press("Publish")
    engineer.go("llm-startup")
    engineer.see("published your proposal")
    assert admin.errors == founder.errors == engineer.errors == []

"""A list that two people work through, in the browser, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.checklists import words
from bot.handbook import Handbook
from bot.handbook.models import Checklist
from tests.support.browser import Person

Enter = Callable[..., Person]
STARTS = {
    "zh": "/llm-startup 清单 开始 智能体上线",
    "en": "/llm-startup checklist start agent launch",
}
TITLES = {"zh": "智能体上线检查 · v2", "en": "Agent launch · v2"}


def start(someone: Person, lang: str) -> None:
    someone.say(STARTS[lang])
    someone.page.wait_for_selector("dialog")
    someone.page.locator("dialog input[type=text], dialog input:not([type])").first.fill("v2")
    submit(someone)
    someone.see(TITLES[lang], ".message .header")


def submit(someone: Person) -> None:
    someone.page.locator("dialog button[type=submit]").click()
    someone.page.locator("dialog").wait_for(state="detached")


def tick(someone: Person, number: int, lang: str) -> None:
    name = words.TICK_LABEL.zh if lang == "zh" else words.TICK_LABEL.en
    label = name.format(item=f"{number}. ")
    someone.page.get_by_role("button", name=label.strip()).first.click()


def open_details(someone: Person, item: int) -> None:
    """The modal of an item, from the list's select."""
    select = someone.page.locator('select[data-action="run_details"]').last
    select.select_option(index=item)
    someone.page.wait_for_selector("dialog select")


def close(someone: Person, lang: str = "en") -> None:
    """The run, and confirm it."""
    name = words.CLOSE.zh if lang == "zh" else words.CLOSE.en
    someone.press(name, "#messages")
    someone.page.locator("dialog.confirm button").last.click()


@pytest.mark.parametrize(("lang", "starter", "other"), [("zh", "U1", "U2"), ("en", "U2", "U1")])
def test_a_list_from_its_start_to_its_export(
    person: Enter, handbook: Handbook, lang: str, starter: str, other: str
) -> None:
    first, second = person(starter), person(other)
    start(first, lang)
    tick(first, 1, lang)
    tick(second, 2, lang)
    for someone in (first, second):
        someone.see("2 / 12")

    open_details(first, 3)
    first.page.locator("dialog select").select_option(other)
    first.page.locator("dialog input[type=date]").fill("2020-01-31")
    submit(first)
    first.see("👤")
    first.see("⚠️")
    second.go("llm-startup")
    second.see("v2")
    second.go("general")

    open_details(first, 3)
    checklist = handbook.entries["cl-agent-launch"]
    assert isinstance(checklist, Checklist)
    first.see(checklist.items[2].why.zh if lang == "zh" else checklist.items[2].why.en, "dialog")
    first.page.keyboard.press("Escape")
    first.page.locator("dialog").wait_for(state="detached")
    close(first, lang)
    first.see(words.REOPEN.zh if lang == "zh" else words.REOPEN.en)
    first.press(words.EXPORT.zh if lang == "zh" else words.EXPORT.en)
    first.see("repl", ".thread-link").click()
    first.see(".md", "#thread")
    first.see(".csv", "#thread")
    assert first.errors == second.errors == []


def test_only_the_starter_or_an_admin_closes(person: Enter) -> None:
    first, second, admin = person("U2"), person("U1"), person("U3")
    start(first, "en")
    for someone in (second, admin):
        close(someone)
        if someone is second:
            someone.see("Only visible to you")
    first.see("Reopen")


def test_a_repeating_checklist_is_done_again_and_stopped(person: Enter) -> None:
    first, second = person("U2"), person("U1")
    first.say(f"{STARTS['en']} every month")
    first.page.wait_for_selector("dialog select")
    submit(first)
    first.see("repeats every month")
    close(first)
    first.press("Again", "#messages")
    first.page.wait_for_selector("dialog select")
    assert "Does not repeat" in first.page.locator("dialog select").inner_text()
    submit(first)
    first.see("0 / 12")
    second.say("/llm-startup 清单 进行中")
    second.see("自动开始的清单")
    second.page.get_by_role("button", name="不再重复：").last.click()
    second.page.locator("dialog.confirm button").last.click()
    first.page.get_by_text("repeats every month").wait_for(state="detached")
    assert first.errors == second.errors == []


def test_my_items_stand_on_the_home_tab_and_are_ticked_there(person: Enter) -> None:
    first, second = person("U2"), person("U1")
    start(first, "en")
    open_details(first, 1)
    first.page.locator("dialog select").select_option("U1")
    submit(first)
    first.see("👤")
    second.go("Home")
    second.see("指派给我的")
    tick(second, 1, "zh")
    second.page.get_by_text("指派给我的").wait_for(state="detached")
    first.see("1 / 12")

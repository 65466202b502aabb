"""A new user's first minute, in the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.browser import Person

Enter = Callable[..., Person]


def test_more_opens_in_place_and_less_closes(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup RAG or fine-tuning?")
    engineer.see("RAG or fine-tuning", ".message .header")
    engineer.press("More")
    engineer.see("What to do next")
    assert engineer.page.locator(".fields").count() == 6
    engineer.press("Less")
    engineer.page.get_by_text("What to do next").wait_for(state="detached")
    assert engineer.errors == []


def test_each_reader_opens_a_threads_answer_in_their_own_language(person: Enter) -> None:
    engineer, founder = person("U2"), person("U1")
    engineer.say("@llm-startup what is fine-tuning")
    founder.see("1 reply").click()
    founder.press("More", "#thread")
    founder.see("微调 · Fine-tuning", "dialog")
    founder.see("来源", "dialog")


def test_the_home_tab_is_searched_and_the_answer_appears_there(person: Enter) -> None:
    engineer = person("U2")
    engineer.go("Home")
    engineer.press("🔍 Search the handbook")
    engineer.page.locator("dialog input").fill("what is a moat")
    engineer.press("Search", "dialog")
    engineer.see("Moat", "dialog .header")
    engineer.press("More", "dialog")
    engineer.see("Sources", "dialog")


def test_from_home_to_a_ticked_item(person: Enter) -> None:
    engineer = person("U2")
    engineer.go("Home")
    engineer.page.locator('select[data-action="run_pick"]').select_option(label="Agent launch")
    engineer.page.wait_for_selector("dialog select")
    engineer.page.locator("dialog select").first.select_option("C1")
    engineer.press("Start", "dialog")
    engineer.go("general")
    engineer.see("Agent launch", ".message .header")
    engineer.page.get_by_role("button", name="Mark done: 1.").click()
    engineer.see("1 / 12")


def test_from_home_to_weekly_tips(person: Enter) -> None:
    engineer = person("U2")
    engineer.go("Home")
    engineer.page.locator('select[data-action="tips_channel"]').select_option("C1")
    engineer.press("Save", "dialog")
    engineer.go("general")
    engineer.see("turned weekly tips on")


@pytest.mark.parametrize("member", [True, False])
def test_an_answer_is_shared_elsewhere(person: Enter, playground: object, member: bool) -> None:
    workspace = playground.workspace  # type: ignore[attr-defined]
    if not member:
        workspace.channels["C2"].members.discard("UBOT")
    engineer, founder = person("U2"), person("U1")
    engineer.say("/llm-startup moat")
    engineer.page.locator("button.overflow").last.click()
    engineer.page.get_by_role("menuitem", name="Share elsewhere").click()
    engineer.page.locator("dialog select").select_option("C2")
    engineer.press("Share", "dialog")
    founder.go("产品-product")
    founder.see("shared this from the LLM startup handbook")


def test_who_found_no_help_says_why_in_a_form(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup moat")
    engineer.page.locator("button.overflow").last.click()
    engineer.page.get_by_role("menuitem", name="Not helpful").click()
    engineer.page.locator("dialog").get_by_label("It is too general to use").check()
    engineer.press("Save", "dialog")
    engineer.page.locator("dialog").wait_for(state="detached")
    assert engineer.errors == []


def test_a_first_direct_message_is_answered_and_welcomed_once(person: Enter) -> None:
    founder = person("U1")
    founder.go("llm-startup")
    founder.say("RAG")
    founder.see("第一次来？")
    founder.say("护城河")
    founder.see("护城河", ".message .header")
    assert founder.page.get_by_text("第一次来？").count() == 1


def test_a_phone_shows_an_answer_without_scrolling(person: Enter) -> None:
    engineer = person("U2", viewport={"width": 390, "height": 844})
    engineer.say("/llm-startup RAG")
    engineer.see("Common mistake")
    box = engineer.page.locator(".message").last.bounding_box()
    assert box["height"] < 500

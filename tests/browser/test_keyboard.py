"""Where the focus goes, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.browser import Person

Enter = Callable[..., Person]


def test_one_can_type_at_once_and_in_each_channel(person: Enter) -> None:
    engineer = person("U2")
    engineer.focused("#line")
    engineer.go("产品-product")
    engineer.focused("#line")
    assert engineer.page.get_attribute("#line", "placeholder") == "Message #产品-product"


def test_the_focus_goes_into_a_thread_and_comes_back(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("hello")
    engineer.page.hover(".message")
    engineer.press("Reply in thread")
    engineer.focused("#reply-line")
    engineer.page.keyboard.press("Escape")
    engineer.page.locator("#thread").wait_for(state="hidden")
    engineer.focused('[aria-label="Reply in thread"]')


def test_the_focus_comes_back_from_a_modal(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup tips")
    engineer.page.wait_for_selector("dialog[open]")
    engineer.press("Cancel", "dialog")
    engineer.page.locator("dialog").wait_for(state="detached")
    engineer.focused("#line")


def test_when_a_button_is_gone_its_message_has_the_focus(person: Enter) -> None:
    founder = person("U1")
    founder.say("/llm-startup 微调")
    founder.see("分享到频道")
    founder.page.get_by_role("button", name="分享到频道").press("Enter")
    founder.page.get_by_role("button", name="分享到频道").wait_for(state="detached")
    founder.focused("article.private")


def test_a_slow_answer_does_not_take_the_keyboard_from_where_one_has_gone(person: Enter) -> None:
    founder = person("U1")
    arrive = founder.switch_slowly("U2")
    founder.page.focus("#inspect")
    arrive()
    founder.page.locator("#channels[inert]").wait_for(state="detached")
    founder.focused("#inspect")


def test_arrow_keys_in_a_menu_only_look(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup RAG")
    engineer.see("Only visible to you")
    menu = engineer.page.locator("button.overflow").first
    menu.press("Enter")
    first = ("ArrowDown", "Related, compare")
    steps = (("ArrowDown", "Suggest a change"), ("End", "Not helpful"), first)
    for key, item in steps:
        engineer.page.keyboard.press(key)
        engineer.focused(f"[role=menuitem]:text-is('{item}')")
    engineer.page.keyboard.press("Escape")
    engineer.page.locator("[role=menu]").wait_for(state="detached")
    engineer.focused("button.overflow")
    menu.press("Enter")
    engineer.page.keyboard.press("Enter")
    engineer.see("Related to Retrieval")


def test_a_click_opens_a_menu_and_another_closes_it(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("hello")
    engineer.page.hover(".message")
    more = engineer.page.get_by_role("button", name="More actions")
    more.click()
    engineer.page.wait_for_selector("[role=menu]")
    more.click()
    engineer.page.locator("[role=menu]").wait_for(state="detached")


def test_arrow_keys_in_a_list_only_look_until_enter(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup define")
    field = engineer.page.locator(".message select").first
    field.focus()
    for _ in range(2):
        engineer.page.keyboard.press("ArrowDown")
    chosen = field.input_value()
    assert chosen
    engineer.page.keyboard.press("Tab")
    assert field.input_value() == ""
    assert engineer.page.locator(".message").count() == 1
    field.focus()
    engineer.page.keyboard.press("End")
    engineer.page.keyboard.press("Enter")
    engineer.see("Previous")  # the page of the last section


def test_a_choice_from_an_open_list_counts(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup define")
    engineer.page.locator(".message select").first.focus()
    for key in ("Space", "End", "Enter"):
        engineer.page.keyboard.press(key)
    engineer.see("Previous")


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_a_command_that_is_begun_is_completed(person: Enter, key: str) -> None:
    engineer = person("U2")
    engineer.page.fill("#line", "/llm")
    engineer.page.press("#line", key)
    assert engineer.page.input_value("#line") == "/llm-startup "
    engineer.page.locator("#line").press_sequentially("moat")
    engineer.page.press("#line", "Enter")
    engineer.see("Moat", ".message .header")


def test_an_enter_that_ends_a_word_of_pinyin_sends_nothing(person: Enter) -> None:
    engineer = person("U2")
    engineer.page.fill("#line", "wei tiao")
    engineer.page.evaluate(
        """document.querySelector("#line").dispatchEvent(new KeyboardEvent("keydown",
           { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    assert engineer.page.input_value("#line") == "wei tiao"


def test_send_waits_for_a_text(person: Enter) -> None:
    engineer = person("U2")
    send = engineer.page.get_by_role("button", name="Send")
    assert send.is_disabled()
    engineer.page.fill("#line", "hello")
    send.click()
    engineer.see("hello", ".message")
    assert send.is_disabled()

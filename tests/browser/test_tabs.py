"""What a tab remembers, misses and gets back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.playground.start import Playground
from bot.settings import Settings
from tests.support.browser import Person

Enter = Callable[..., Person]
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def post(playground: Playground, channel: str, text: str, **more: Any) -> str:
    message = {"channel": channel, "user": "UBOT", "bot": True, "text": text, "blocks": [], **more}
    return str(playground.workspace.add(message)["ts"])


def test_a_reload_keeps_who_and_where_one_is(person: Enter, playground: Playground) -> None:
    engineer = person("U2")
    ts = post(playground, "C2", "parent")
    engineer.go("产品-product")
    engineer.page.hover(".message")
    engineer.press("Reply in thread")
    engineer.page.fill("#reply-line", "half a thought")
    engineer.page.reload()
    engineer.see("parent", "#thread")
    assert engineer.page.input_value("#user") == "U2"
    assert engineer.page.input_value("#reply-line") == "half a thought"
    engineer.page.fill("#reply-line", "whole")
    engineer.page.press("#reply-line", "Enter")
    engineer.see("1 reply")
    assert playground.workspace.messages[-1]["thread_ts"] == ts


def test_each_place_and_person_has_a_draft_of_its_own(person: Enter) -> None:
    engineer = person("U2")
    engineer.page.fill("#line", "for general")
    engineer.go("产品-product")
    assert engineer.page.input_value("#line") == ""
    engineer.go("general")
    assert engineer.page.input_value("#line") == "for general"
    engineer.page.select_option("#user", "U3")
    engineer.page.wait_for_function("() => document.querySelector('#line').value === ''")


def test_the_home_tab_opens_for_whoever_one_becomes(person: Enter, terms: int) -> None:
    someone = person("U2")
    someone.go("Home")
    someone.see(f"{terms} terms", "#home")
    someone.page.select_option("#user", "U1")
    someone.see(f"{terms} 个术语", "#home")


def test_a_tab_that_nobody_looks_at_lets_go_and_catches_up(
    person: Enter, playground: Playground
) -> None:
    engineer = person("U2")
    engineer.page.evaluate(HIDE, True)
    with engineer.page.expect_request("**/news"):
        post(playground, "C1", "while you were away")
        engineer.page.evaluate(HIDE, False)
    engineer.see("while you were away", ".message")


def test_what_is_typed_outlives_the_workspace(person: Enter, playground: Playground) -> None:
    engineer = person("U2")
    engineer.say("parent")
    engineer.page.hover(".message")
    engineer.press("Reply in thread")
    port = urlsplit(playground.url).port or 0
    playground.close()
    engineer.see("Not connected", "#offline")
    engineer.say("not lost")
    engineer.see("cannot be reached", "#refusal")
    engineer.page.wait_for_function("() => document.querySelector('#line').value === 'not lost'")
    again = Playground(Settings(port=0, log_level="WARNING"), port)
    try:
        engineer.page.locator("#offline").wait_for(state="hidden")
        engineer.page.locator("#thread").wait_for(state="hidden")  # its message is no more
        engineer.page.press("#line", "Enter")
        engineer.see("not lost", ".message")
        assert engineer.errors == []
    finally:
        again.close()


def test_what_arrives_elsewhere_is_counted_until_it_is_read(
    person: Enter, playground: Playground
) -> None:
    engineer = person("U2")
    for text in ("one", "two"):
        post(playground, "DU2", text)
    counted = engineer.page.get_by_role("button", name="llm-startup 2 unread")
    counted.click()
    engineer.see("two", ".message")
    counted.wait_for(state="detached")
    engineer.go("general")
    engineer.page.get_by_role("button", name="llm-startup", exact=True).wait_for()


def test_a_selection_outlives_what_arrives_and_only_that_is_read_out(
    person: Enter, playground: Playground
) -> None:
    post(playground, "C1", "mark me")
    engineer = person("U2")
    engineer.see("Europe/London", "#now")  # all is drawn for her
    engineer.page.locator(".plain").dblclick(position={"x": 8, "y": 8})
    post(playground, "C1", "newest")
    engineer.page.wait_for_function(
        "() => document.querySelector('#announce').textContent === 'llm-startup: newest'"
    )
    assert engineer.page.evaluate("getSelection().toString()").strip() == "mark"


class TestScroll:
    def at_end(self, someone: Person, where: str = "#messages") -> None:
        someone.page.wait_for_function(
            """where => { const box = document.querySelector(where);
               return box.scrollHeight > box.clientHeight &&
                      box.scrollHeight - box.scrollTop - box.clientHeight < 2; }""",
            arg=where,
        )

    def fill(self, playground: Playground, **more: Any) -> None:
        for number in range(30):
            post(playground, "C1", f"line {number} " + "word " * 60, **more)

    def test_a_channel_is_shown_at_its_end(
        self, person: Enter, playground: Playground, terms: int
    ) -> None:
        self.fill(playground)
        engineer = person("U2")
        self.at_end(engineer)
        engineer.go("Home")
        engineer.see(f"{terms} terms")
        engineer.go("general")
        self.at_end(engineer)
        engineer.press("Inspect")
        self.at_end(engineer)
        post(playground, "C1", "the very last")
        engineer.see("the very last")
        self.at_end(engineer)

    def test_one_who_reads_above_stays_there(self, person: Enter, playground: Playground) -> None:
        self.fill(playground)
        engineer = person("U2")
        engineer.see("Europe/London", "#now")  # all is drawn for her
        self.at_end(engineer)
        box = engineer.page.locator("#messages")
        box.evaluate(
            """box => new Promise(done => { box.addEventListener("scroll", done, { once: true });
               box.scrollTop = 100; })"""
        )
        post(playground, "C1", "the very last")
        engineer.page.locator(".message").get_by_text("the very last").wait_for()
        assert box.evaluate("box => box.scrollTop") == 100

    def test_a_thread_is_shown_at_its_newest_reply(
        self, person: Enter, playground: Playground
    ) -> None:
        ts = post(playground, "C1", "parent")
        self.fill(playground, thread_ts=ts)
        engineer = person("U2")
        engineer.see("30 replies").click()
        self.at_end(engineer, "#replies")


def test_one_author_is_named_once(person: Enter, playground: Playground) -> None:
    for text in ("one", "two"):
        post(playground, "C1", text)
    engineer = person("U2")
    engineer.say("three")
    engineer.see("three", ".message")
    assert engineer.page.locator("#messages .avatar").count() == 2
    assert engineer.page.locator("#messages .day").count() == 1


def test_the_panels_fill_a_narrow_screen(person: Enter) -> None:
    engineer = person("U2", viewport={"width": 360, "height": 740})
    engineer.say("@llm-startup what is a moat")
    engineer.see("1 reply").click()
    engineer.see("Moat", "#thread .header")
    box = engineer.page.locator("#reply").bounding_box()
    assert 640 < box["y"] + box["height"] <= 740
    engineer.press("Close", "#thread")
    engineer.press("Inspect")
    engineer.see("← chat.postMessage", "#log")
    engineer.press("Close", "#log")
    engineer.page.locator("#log").wait_for(state="hidden")
    box = engineer.page.locator("#composer").bounding_box()
    assert box["y"] + box["height"] <= 740

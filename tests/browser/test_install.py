"""“Add to Slack” in a real browser: the bot's own server, Slack's page, and the way back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from bot.search.library import Library
from bot.slack.front import Front
from tests.support import payloads
from tests.support.local_slack import NOW, TEAM
from tests.support.oauth import OTHER_TEAM, ManySlack, Process, settings_for
from tests.support.tips import FakeClock


@pytest.fixture
def site(library: Library, sqlite_url: str) -> Iterator[tuple[str, ManySlack, Process]]:
    """The bot's address, the Slack it talks to, and the bot."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    clock = FakeClock(NOW)
    slack = ManySlack(clock.now, url)
    process = Process(settings_for(slack, sqlite_url, public_url=url), library, clock)
    loop, stopped = asyncio.new_event_loop(), asyncio.Event()
    front = Front(process.wsgi, 1000, "/healthz")
    thread = Thread(target=lambda: loop.run_until_complete(front.serve(listener, stopped)))
    thread.start()
    yield url, slack, process
    loop.call_soon_threadsafe(stopped.set)
    thread.join()
    loop.close()
    process.bot.close()
    slack.close()


def test_two_people_add_the_app_to_their_workspaces_at_once(
    browser: Any, site: tuple[str, ManySlack, Process]
) -> None:
    url, slack, process = site
    first, second = browser.new_context().new_page(), browser.new_context().new_page()
    for page in (first, second):
        page.goto(f"{url}/slack/install")
        page.get_by_role("heading", name="Add the app").wait_for()
    first.get_by_role("link", name="Allow in First").click()
    first.get_by_role("heading", name="Added to First").wait_for()
    first.get_by_role("heading", name="已添加到 First").wait_for()
    typed = first.locator("code").all_inner_texts()
    assert {"/llm-startup what is fine-tuning", "/llm-startup 每周贴士 开"} <= set(typed)
    back = first.url
    second.get_by_role("link", name="Cancel").click()
    second.get_by_text("nothing was installed").wait_for()
    second.goto(back)
    second.get_by_text("not begun in this browser").wait_for()
    second.get_by_role("link", name="Add to Slack again").click()
    second.get_by_role("link", name="Allow in Other").click()
    second.get_by_role("heading", name="Added to Other").wait_for()
    first.reload()
    first.get_by_text("This link was used already").wait_for()
    width = first.evaluate("getComputedStyle(document.body).maxWidth")
    assert width != "none", "the style is let through by the page's own policy"
    for team_id in (TEAM, OTHER_TEAM):
        process.send(payloads.mention("RAG"), team_id)
    posted = [[c for c in api.calls if c.method == "chat.postMessage"] for api in
              (slack.api, slack.other)]  # fmt: skip
    assert [len(calls) for calls in posted] == [1, 1]
    for page in (first, second):
        page.context.close()

"""The real app, over HTTP, against a local Web API."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.app import Bot, build_bot
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.support import payloads
from tests.support.local_slack import SECRET, TOKEN, LocalSlack
from tests.support.payloads import Response
from tests.support.runs import NOW as RUNS_NOW
from tests.support.runs import RunWorld, build_slack, run_world
from tests.support.tips import FakeClock


class World:
    """The app under test and the Slack it talks to."""

    def __init__(self, slack: LocalSlack, bot: Bot, wsgi: Callable[..., Any]) -> None:
        self.slack = slack
        self.bot = bot
        self.wsgi = wsgi

    def send(self, payload: dict[str, Any], **headers: str) -> Response:
        """Send a payload and let all work after the ack end."""
        response = payloads.send(self.wsgi, self.slack.stamp(payload), **headers)
        self.bot.edge.background.drain()
        return response

    def ask(self, text: str, **who: str) -> dict[str, Any]:
        """The message that a slash command's ack carries."""
        return self.send(payloads.command(text, **who)).json()

    def click(self, element: dict[str, Any], **where: Any) -> Response:
        return self.send(payloads.click(element, **where))


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    slack = LocalSlack()
    yield slack
    slack.close()


@pytest.fixture(autouse=True)
def own_database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the processes that a test starts: never the developer's own."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


@pytest.fixture
def runs(library: Library, sqlite_url: str) -> Iterator[RunWorld]:
    """The app with a clock in our hands, for running checklists."""
    clock = FakeClock(RUNS_NOW)
    slack = build_slack(clock)
    with run_world(library, sqlite_url, clock, slack) as world:
        yield world
    slack.close()


@pytest.fixture
def world(slack: LocalSlack, library: Library, sqlite_url: str) -> Iterator[World]:
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=sqlite_url,
    )
    bot = build_bot(settings, library)
    yield World(slack, bot, build_wsgi(bot.app, SECRET))
    bot.close()

"""The real app, over HTTP, against a local Web API."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.app import Bot, build_bot
from bot.dialogue.library import Library
from bot.http import build_wsgi
from bot.settings import Settings
from tests.support import payloads
from tests.support.fake_slack import SECRET, TOKEN, FakeSlack
from tests.support.payloads import Response


@dataclass(repr=False)
class World:
    """The app under test and the Slack it talks to."""

    slack: FakeSlack
    bot: Bot
    wsgi: Callable[..., Any]

    def send(self, payload: dict[str, Any], **headers: str) -> Response:
        """Send a payload and let all work after the ack end."""
        response = payloads.send(self.wsgi, payload, **headers)
        self.bot.services.background.drain()
        return response

    def ask(self, text: str, **who: str) -> dict[str, Any]:
        """The message that a slash command's ack carries."""
        return self.send(payloads.command(text, url=self.slack.url, **who)).json()

    def click(self, element: dict[str, Any], **where: Any) -> Response:
        return self.send(payloads.click(element, url=self.slack.url, **where))


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    slack = FakeSlack()
    yield slack
    slack.close()


@pytest.fixture
def world(slack: FakeSlack, library: Library) -> Iterator[World]:
    settings = Settings(bot_token=TOKEN, signing_secret=SECRET, slack_api_url=slack.api_url)
    bot = build_bot(settings, library)
    yield World(slack, bot, build_wsgi(bot.app, SECRET))
    bot.close()

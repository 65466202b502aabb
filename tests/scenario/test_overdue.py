"""An entry whose sources should have been read again: readers see it, whatever way they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.app import build_bot
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import SECRET, TOKEN, LocalSlack

LATER = datetime(2031, 1, 1, tzinfo=UTC)  # past every review date


@pytest.fixture
def late(slack: LocalSlack, library: Library, sqlite_url: str) -> Iterator[World]:
    settings = Settings(
        bot_token=TOKEN, signing_secret=SECRET, slack_api_url=slack.api_url, database_url=sqlite_url
    )
    bot = build_bot(settings, library, clock=lambda: LATER)
    yield World(slack, bot, build_wsgi(bot.app, SECRET))
    bot.close()


@pytest.mark.parametrize("question", ["RAG", "fine-tuning", "define RAG", "chapter 2.3.1", "tip"])
def test_a_command_says_it_in_the_grey_line(late: World, question: str) -> None:
    grey = late.ask(question)["blocks"][1]
    assert grey["type"] == "context"
    assert "review was due 20" in json.dumps(grey)


def test_a_mention_says_it_in_the_thread(late: World, slack: LocalSlack) -> None:
    late.send(payloads.mention("微调是什么"))
    [message] = slack.of("chat.postMessage")
    assert "前复核" in json.dumps(message, ensure_ascii=False)

"""The sender against a local Web API: one request a post, and what each failure says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from bot.tips.outcomes import Effect
from bot.tips.sender import SlackSender

from tests.kill.flaky_api import DROP, ERROR, LATE, LIMIT, FlakyApi
from tests.unit.tips.test_settlement import DELIVERY, DUE

MESSAGE = {"text": "hello", "blocks": []}


@pytest.fixture
def api() -> Iterator[FlakyApi]:
    api = FlakyApi(now=DUE)
    yield api
    api.close()


def build_sender(api: FlakyApi) -> SlackSender:
    return SlackSender(lambda team_id: "xoxb-1", api.api_url, timeout=0.2)


def test_a_post_carries_the_delivery_id_in_its_metadata(api: FlakyApi) -> None:
    outcome = build_sender(api).post(DELIVERY, MESSAGE)
    [message] = api.messages
    assert (outcome.effect, outcome.ts) == (Effect.POSTED, message["ts"])
    assert message["metadata"]["event_payload"] == {"delivery_id": "d1"}
    assert (message["channel"], message["text"]) == ("C1", "hello")
    assert "token" not in message


@pytest.mark.parametrize(
    ("mode", "effect", "error"),
    [
        (LIMIT, Effect.LIMITED, "ratelimited"),
        (ERROR, Effect.UNSURE, "internal_error"),
        (DROP, Effect.UNSURE, "RemoteDisconnected"),
        (LATE, Effect.UNSURE, "TimeoutError"),
    ],
)
def test_a_failed_post_is_never_repeated(
    api: FlakyApi, mode: str, effect: Effect, error: str
) -> None:
    api.modes[:] = [mode]
    outcome = build_sender(api).post(DELIVERY, MESSAGE)
    assert (outcome.effect, outcome.error) == (effect, error)
    assert len(api.messages) == (mode in (DROP, LATE))


def test_a_limit_names_its_seconds(api: FlakyApi) -> None:
    api.modes[:] = [LIMIT]
    assert build_sender(api).post(DELIVERY, MESSAGE).wait == timedelta(seconds=2)


def test_without_a_connection_nothing_was_posted() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        outcome = SlackSender(lambda team_id: "xoxb-1", url).post(DELIVERY, MESSAGE)
    assert (outcome.effect, outcome.error) == (Effect.NOT_POSTED, "ConnectionRefusedError")


def test_without_a_token_for_the_workspace_nothing_is_asked_of_slack(api: FlakyApi) -> None:
    outcome = SlackSender(lambda team_id: "", api.url).post(DELIVERY, MESSAGE)
    assert (outcome.effect, outcome.error, api.messages) == (Effect.WORKSPACE_DEAD, "no_token", [])


def test_a_delivery_is_found_by_its_id_in_the_history(api: FlakyApi) -> None:
    sender = build_sender(api)
    posted = sender.post(DELIVERY, MESSAGE)
    assert sender.find(DELIVERY) == posted
    assert sender.find(replace(DELIVERY, id="other")).effect is Effect.ABSENT


def test_without_the_scope_nothing_can_be_said(api: FlakyApi) -> None:
    api.api.scopes.discard("channels:history")
    outcome = build_sender(api).find(DELIVERY)
    assert (outcome.effect, outcome.error) == (Effect.UNSURE, "missing_scope")


def test_slacks_clock_is_read_from_its_answers(api: FlakyApi) -> None:
    assert build_sender(api).slack_time() == DUE


def test_without_slack_there_is_no_clock() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert SlackSender(lambda team_id: "xoxb-1", url).slack_time() is None

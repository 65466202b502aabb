"""The sender against a local Web API: one request a post, and what each failure says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.outbox.models import Kind, OutboundMessage
from bot.outbox.outcomes import Effect, Outcome
from bot.outbox.sender import SlackSender
from bot.playground.methods.shared import ApiError
from bot.playground.workspace import Workspace
from tests.kill.flaky_api import DROP, ERROR, LATE, LIMIT, FlakyApi
from tests.support.local_slack import LocalSlack
from tests.unit.outbox.test_settlement import DUE, MESSAGE

CONTENT = {"text": "hello", "blocks": []}


@pytest.fixture
def api() -> Iterator[FlakyApi]:
    api = FlakyApi(now=DUE)
    yield api
    api.close()


def build_sender(api: FlakyApi) -> SlackSender:
    return SlackSender(lambda team_id: "xoxb-1", api.api_url, timeout=0.2)


def post(sender: SlackSender, message: OutboundMessage = MESSAGE) -> Outcome:
    return sender.post(message, CONTENT, "note")


def test_a_post_carries_the_delivery_id_in_its_metadata(api: FlakyApi) -> None:
    outcome = post(build_sender(api))
    [message] = api.messages
    assert (outcome.effect, outcome.ts) == (Effect.POSTED, message["ts"])
    assert message["metadata"] == {
        "event_type": "note", "event_payload": {"delivery_id": "d1"},
    }  # fmt: skip
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
    outcome = post(build_sender(api))
    assert (outcome.effect, outcome.error) == (effect, error)
    assert len(api.messages) == (mode in (DROP, LATE))


def test_a_limit_names_its_seconds(api: FlakyApi) -> None:
    api.modes[:] = [LIMIT]
    assert post(build_sender(api)).wait == timedelta(seconds=2)


def test_without_a_connection_nothing_was_posted() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        outcome = post(SlackSender(lambda team_id: "xoxb-1", url))
    assert (outcome.effect, outcome.error) == (Effect.NOT_POSTED, "ConnectionRefusedError")


def test_without_a_token_for_the_workspace_nothing_is_asked_of_slack(api: FlakyApi) -> None:
    outcome = post(SlackSender(lambda team_id: "", api.url))
    assert (outcome.effect, outcome.error, api.messages) == (Effect.WORKSPACE_DEAD, "no_token", [])


def test_a_delivery_is_found_by_its_id_in_the_history(api: FlakyApi) -> None:
    sender = build_sender(api)
    posted = post(sender)
    assert sender.find(MESSAGE) == posted
    assert sender.find(replace(MESSAGE, id="other")).effect is Effect.ABSENT


def test_without_the_scope_nothing_can_be_said(api: FlakyApi) -> None:
    api.api.scopes.discard("channels:history")
    outcome = build_sender(api).find(MESSAGE)
    assert (outcome.effect, outcome.error) == (Effect.UNSURE, "missing_scope")


def test_slacks_clock_is_read_from_its_answers(api: FlakyApi) -> None:
    assert build_sender(api).slack_time() == DUE


def test_without_slack_there_is_no_clock() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert SlackSender(lambda team_id: "xoxb-1", url).slack_time() is None


# Direct messages, threads, updates, tokens


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    slack = LocalSlack(lambda: DUE)
    yield slack
    slack.close()


@pytest.fixture
def sender(slack: LocalSlack) -> SlackSender:
    return SlackSender(lambda team_id: "xoxb-test", slack.api_url)


def to(channel_id: str, message_id: str = "p1") -> OutboundMessage:
    return replace(MESSAGE, id=message_id, channel_id=channel_id)


def test_a_direct_message_is_posted_in_the_conversation_that_is_opened_for_it(
    slack: LocalSlack, sender: SlackSender
) -> None:
    for message_id in ("p1", "p2"):
        assert post(sender, to("U2", message_id)).effect is Effect.POSTED
    assert [call["channel"] for call in slack.of("chat.postMessage")] == ["DU2", "DU2"]
    assert len(slack.of("conversations.open")) == 1, "it never moves"


def test_without_the_scope_to_open_one_the_persons_id_serves(
    slack: LocalSlack, sender: SlackSender
) -> None:
    slack.fail_next("conversations.open", "missing_scope")
    assert post(sender, to("U2")).effect is Effect.POSTED
    assert slack.of("chat.postMessage")[0]["channel"] == "U2"


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize("code", ["user_disabled", "cannot_dm_bot", "channel_not_found"])
def test_a_person_who_cannot_be_written_to_is_told_apart(
    slack: LocalSlack, sender: SlackSender, method: str, code: str
) -> None:
    slack.fail_next(method, code)
    assert post(sender, to("U2")).effect is Effect.CHANNEL_GONE


def test_a_conversation_that_was_not_opened_means_that_nothing_was_posted(
    slack: LocalSlack, sender: SlackSender
) -> None:
    slack.fail_next("conversations.open", "internal_error")
    assert post(sender, to("U2")).effect is Effect.NOT_POSTED
    assert slack.of("chat.postMessage") == []


def test_a_direct_message_is_looked_up_in_its_conversation(
    slack: LocalSlack, sender: SlackSender
) -> None:
    posted = post(sender, to("U2"))
    assert sender.find(to("U2")) == posted
    assert slack.of("conversations.history")[0]["channel"] == "DU2"
    assert sender.find(to("U3")).effect is Effect.ABSENT


def test_a_reply_is_looked_up_in_its_thread(slack: LocalSlack, sender: SlackSender) -> None:
    thread_ts = post(sender, to("C1")).ts
    reply = replace(to("C1", "p2"), thread_ts=thread_ts)
    assert sender.find(reply).effect is Effect.ABSENT
    posted = post(sender, reply)
    assert slack.of("chat.postMessage")[-1]["thread_ts"] == thread_ts
    assert sender.find(reply) == posted
    elsewhere = replace(reply, thread_ts="")
    assert sender.find(elsewhere).effect is Effect.ABSENT, "no part of the channel's history"


def test_a_look_up_that_is_told_to_wait_goes_on_where_it_was(
    slack: LocalSlack, sender: SlackSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for apps that are sold outside Slack's marketplace: 15 messages a page, one a minute."""
    monkeypatch.setattr("bot.outbox.sender.PAGE", 15)
    message = replace(MESSAGE, claimed_at=DUE)
    assert post(sender, message).effect is Effect.POSTED
    for number in range(40):
        post(sender, replace(message, id=f"later-{number}"))
    history, left = slack.api.methods["conversations.history"], [1]

    def once(workspace: Workspace, params: dict[str, object]) -> dict[str, object]:
        if not left:
            raise ApiError("ratelimited")
        left.pop()
        return history(workspace, params)

    slack.api.methods["conversations.history"] = once
    effects = []
    for _ in range(3):
        effects.append(sender.find(message).effect)
        left.append(1)
    assert effects == [Effect.LIMITED, Effect.LIMITED, Effect.POSTED]
    assert len(slack.of("conversations.history")) == 5


@pytest.mark.parametrize(
    ("code", "effect"), [("account_inactive", Effect.UNSURE), ("ratelimited", Effect.LIMITED)]
)
def test_where_it_may_not_look_nobody_can_know(
    slack: LocalSlack, sender: SlackSender, code: str, effect: Effect
) -> None:
    slack.fail_next("conversations.open", code)
    assert sender.find(to("U2")).effect is effect
    assert slack.of("conversations.history") == []


def test_a_message_that_nobody_claimed_cannot_be_looked_up(sender: SlackSender) -> None:
    assert sender.find(replace(to("C1"), claimed_at=None)).effect is Effect.UNSURE


def test_an_update_replaces_the_message_without_unfurling(
    slack: LocalSlack, sender: SlackSender
) -> None:
    ts = post(sender, to("C1")).ts
    update = replace(to("C1"), kind=Kind.UPDATE, ts=ts)
    outcome = sender.update(update, {"text": "x", "blocks": [], "unfurl_links": False})
    [call] = slack.of("chat.update")
    assert outcome.effect is Effect.POSTED
    assert (call["channel"], call["ts"]) == ("C1", ts)
    assert "unfurl_links" not in call


def test_a_token_is_tried(slack: LocalSlack, sender: SlackSender) -> None:
    assert sender.check("T1").effect is Effect.POSTED
    slack.fail_next("auth.test", "account_inactive")
    assert sender.check("T1") == Outcome(Effect.WORKSPACE_DEAD, error="account_inactive")

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.checklists.posts import Post, PostKind, build_list_post
from bot.checklists.sender import RunSender
from bot.tips.outcomes import Effect
from tests.support.fake_slack import FakeSlack
from tests.support.runs import NOW, build_run


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    slack = FakeSlack()
    yield slack
    slack.close()


@pytest.fixture
def sender(slack: FakeSlack) -> RunSender:
    return RunSender(lambda team_id: "xoxb-1", slack.api_url)


def post_to(channel_id: str) -> Post:
    run = build_run(channel_id=channel_id)
    return build_list_post(run, 1, NOW, "p1")


def test_an_update_goes_to_the_runs_message_without_unfurling(
    slack: FakeSlack, sender: RunSender
) -> None:
    run = replace(build_run(), message_ts="17.1")
    outcome = sender.update(run, {"text": "x", "blocks": [], "unfurl_links": False})
    [call] = slack.of("chat.update")
    assert outcome.effect is Effect.POSTED
    assert (call["channel"], call["ts"]) == ("C1", "17.1")
    assert "unfurl_links" not in call


def test_a_post_carries_its_id(slack: FakeSlack, sender: RunSender) -> None:
    sender.post(post_to("C1"), {"text": "x"})
    [call] = slack.of("chat.postMessage")
    assert call["metadata"] == {
        "event_type": "checklist_run", "event_payload": {"delivery_id": "p1"},
    }  # fmt: skip
    assert post_to("C1").kind is PostKind.LIST


@pytest.mark.parametrize("code", ["user_disabled", "cannot_dm_bot", "channel_not_found"])
def test_a_person_who_cannot_be_written_to_is_told_apart(
    slack: FakeSlack, sender: RunSender, code: str
) -> None:
    slack.fail_next("chat.postMessage", code)
    assert sender.post(post_to("U2"), {"text": "x"}).effect is Effect.CHANNEL_GONE


def test_a_direct_message_is_looked_up_in_its_conversation(
    slack: FakeSlack, sender: RunSender
) -> None:
    slack.bodies["conversations.open"] = {"channel": {"id": "D2"}}
    message = {"ts": "17.3", "metadata": {"event_payload": {"delivery_id": "p1"}}}
    slack.bodies["conversations.history"] = {"messages": [message]}
    found = sender.find(post_to("U2"))
    assert (found.effect, found.ts) == (Effect.POSTED, "17.3")
    assert slack.of("conversations.history")[0]["channel"] == "D2"


@pytest.mark.parametrize(
    ("code", "effect"), [("missing_scope", Effect.UNSURE), ("ratelimited", Effect.LIMITED)]
)
def test_where_it_may_not_look_nobody_can_know(
    slack: FakeSlack, sender: RunSender, code: str, effect: Effect
) -> None:
    slack.fail_next("conversations.open", code)
    assert sender.find(post_to("U2")).effect is effect
    assert slack.of("conversations.history") == []

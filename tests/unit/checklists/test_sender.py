from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bot.checklists.sender import RunSender
from bot.tips.outcomes import Effect

from bot.checklists.posts import Post, build_list_post
from tests.support.local_slack import NOW, TOKEN, LocalSlack
from tests.support.runs import build_run


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    slack = LocalSlack()
    yield slack
    slack.close()


@pytest.fixture
def sender(slack: LocalSlack) -> RunSender:
    return RunSender(lambda team_id: TOKEN, slack.api_url)


def post_to(channel_id: str) -> Post:
    run = build_run(channel_id=channel_id)
    return build_list_post(run, 1, NOW, "p1")


def post_list(sender: RunSender) -> str:
    """The ts of a list's message."""
    return sender.post(post_to("C1"), {"text": "x"}).ts


def test_an_update_goes_to_the_runs_message_without_unfurling(
    slack: LocalSlack, sender: RunSender
) -> None:
    run = replace(build_run(), message_ts=post_list(sender))
    outcome = sender.update(run, {"text": "x", "blocks": [], "unfurl_links": False})
    [call] = slack.of("chat.update")
    assert outcome.effect is Effect.POSTED
    assert (call["channel"], call["ts"]) == ("C1", run.message_ts)
    assert "unfurl_links" not in call


def test_a_post_carries_its_id(slack: LocalSlack, sender: RunSender) -> None:
    sender.post(post_to("C1"), {"text": "x"})
    [call] = slack.of("chat.postMessage")
    assert call["metadata"] == {
        "event_type": "checklist_run", "event_payload": {"delivery_id": "p1"},
    }  # fmt: skip


@pytest.mark.parametrize("code", ["user_disabled", "cannot_dm_bot", "channel_not_found"])
def test_a_person_who_cannot_be_written_to_is_told_apart(
    slack: LocalSlack, sender: RunSender, code: str
) -> None:
    slack.fail_next("chat.postMessage", code)
    assert sender.post(post_to("U2"), {"text": "x"}).effect is Effect.CHANNEL_GONE


def test_a_direct_message_is_looked_up_in_its_conversation(
    slack: LocalSlack, sender: RunSender
) -> None:
    posted = sender.post(post_to("U2"), {"text": "x"})
    assert sender.find(post_to("U2")) == posted
    assert slack.of("conversations.history")[0]["channel"] == "DU2"
    assert sender.find(post_to("U3")).effect is Effect.ABSENT


def test_a_reply_is_looked_up_in_its_thread(slack: LocalSlack, sender: RunSender) -> None:
    thread_ts = post_list(sender)
    summary = replace(post_to("C1"), id="p2", thread_ts=thread_ts)
    assert sender.find(summary).effect is Effect.ABSENT
    posted = sender.post(summary, {"text": "all done", "thread_ts": thread_ts})
    assert sender.find(summary) == posted
    elsewhere = replace(summary, thread_ts="")
    assert sender.find(elsewhere).effect is Effect.ABSENT, "no part of the channel's history"


@pytest.mark.parametrize(
    ("code", "effect"), [("missing_scope", Effect.UNSURE), ("ratelimited", Effect.LIMITED)]
)
def test_where_it_may_not_look_nobody_can_know(
    slack: LocalSlack, sender: RunSender, code: str, effect: Effect
) -> None:
    slack.fail_next("conversations.open", code)
    assert sender.find(post_to("U2")).effect is effect
    assert slack.of("conversations.history") == []

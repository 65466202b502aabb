from __future__ import annotations

import pytest

from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import TEAM


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    payload = payloads.mention("微调是什么")
    assert world.send(payload).status == 200
    (message,) = world.slack.of("chat.postMessage")
    assert message["thread_ts"] == payload["event"]["ts"]
    assert message["channel"] == "C1"
    assert message["unfurl_links"] is False
    assert message["text"].startswith("微调")


def test_a_mention_inside_a_thread_stays_there(world: World) -> None:
    world.send(payloads.mention("RAG", thread_ts="1700.1"))
    assert world.slack.of("chat.postMessage")[0]["thread_ts"] == "1700.1"


def test_a_missed_mention_is_shown_to_the_asker_alone(world: World) -> None:
    world.send(payloads.mention("who took my charger"))
    assert world.slack.of("chat.postMessage") == []
    (message,) = world.slack.of("chat.postEphemeral")
    assert message["user"] == "U1"


def test_a_direct_message_needs_no_mention(world: World) -> None:
    world.send(payloads.direct_message("define RAG"))
    (message,) = world.slack.of("chat.postMessage")
    assert message["channel"] == payloads.DM
    assert "thread_ts" not in message


def test_a_missed_direct_message_is_answered_there(world: World) -> None:
    world.send(payloads.direct_message("who took my charger"))
    (message,) = world.slack.of("chat.postMessage")
    assert "not in the handbook" in message["text"]


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_join"])
def test_edits_and_joins_are_no_questions(world: World, subtype: str) -> None:
    world.send(payloads.direct_message("RAG", subtype=subtype))
    assert world.slack.of("chat.postMessage") == []


def test_an_event_that_slack_sends_again_is_handled_once(world: World) -> None:
    payload = payloads.mention("RAG")
    world.send(payload)
    world.send(payload, HTTP_X_SLACK_RETRY_NUM="1", HTTP_X_SLACK_RETRY_REASON="http_timeout")
    assert len(world.slack.of("chat.postMessage")) == 1


def test_one_message_that_comes_as_two_events_is_answered_once(world: World) -> None:
    payload = payloads.mention("RAG")
    world.send(payload)
    again = payloads.mention("RAG")
    again["event"]["ts"] = payload["event"]["ts"]
    world.send(again)
    assert len(world.slack.of("chat.postMessage")) == 1


def test_other_bots_are_ignored(world: World) -> None:
    world.send(payloads.mention("RAG", bot_id="BOTHER"))
    world.send(payloads.direct_message("RAG", subtype="bot_message"))
    assert world.slack.of("chat.postMessage") == []


@pytest.mark.parametrize("kind", ["reaction_added", "channel_rename", "some_new_event"])
def test_an_unknown_event_is_acknowledged(world: World, kind: str) -> None:
    assert world.send(payloads.event(kind)).status == 200


def test_the_home_tab_is_published_in_the_persons_language(world: World) -> None:
    world.slack.change_user("U1", locale="zh-TW")
    world.send(payloads.open_home())
    (call,) = world.slack.of("views.publish")
    assert call["user_id"] == "U1"
    assert call["view"]["blocks"][0]["text"]["text"] == "大模型创业手册"


def test_the_messages_tab_publishes_nothing(world: World) -> None:
    world.send(payloads.open_home(tab="messages"))
    assert world.slack.of("views.publish") == []


def test_a_changed_locale_is_followed(world: World) -> None:
    world.bot.edge.languages.learn(TEAM, "U1", "en-GB")
    world.send(payloads.event("user_change", user={"id": "U1", "locale": "zh-CN"}))
    assert world.ask("RAG")["blocks"][0]["text"]["text"].startswith("检索")


def test_a_failed_answer_tells_the_asker_privately(world: World) -> None:
    world.slack.fail_next("chat.postMessage", "internal_error")
    world.send(payloads.mention("RAG"))
    (message,) = world.slack.wait_for("chat.postEphemeral")
    assert "reference" in message["text"]


def test_a_channel_that_the_bot_left_gets_a_direct_message(world: World) -> None:
    world.slack.fail_next("chat.postEphemeral", "not_in_channel")
    world.send(payloads.mention("who took my charger"))
    (message,) = world.slack.of("chat.postMessage")
    assert message["channel"] == "U1"


def test_a_slack_that_is_out_of_reach_loses_no_later_question(world: World) -> None:
    for method in ("chat.postMessage", "chat.postEphemeral"):
        world.slack.fail_next(method, "service_unavailable", status=503)
    world.send(payloads.mention("RAG"))
    world.send(payloads.mention("微调"))
    assert world.slack.of("chat.postMessage")[-1]["text"].startswith("微调")

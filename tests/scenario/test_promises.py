"""A process that dies right after its ack: what needs nothing of Slack is stored by then, and of
the rest the user hears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import ADMIN, CHANNEL, OTHER, STARTER, RunWorld


@pytest.fixture
def die(runs: RunWorld, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    """Send a payload to a process that does nothing more after its ack."""

    def send(payload: dict[str, Any]) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(runs.bot.edge.background, "run", lambda task, on_error: None)
            assert payloads.send(runs.wsgi, runs.slack.stamp(payload)).status == 200

    return send


def test_typed_lines_about_tips_are_stored_before_the_ack(
    runs: RunWorld, die: Callable[[dict[str, Any]], None]
) -> None:
    runs.type("tips on mon 9:30 Asia/Shanghai")
    find = runs.bot.storage.subscriptions.find
    first = find(TEAM, CHANNEL)
    for text, changed in (
        ("tips skip", lambda sub: sub.rotation != first.rotation),
        ("tips pause 2 weeks", lambda sub: sub.paused_until is not None),
        ("tips resume", lambda sub: sub.paused_until is None),
        ("周报 关闭", lambda sub: not sub.on),
    ):
        die(payloads.command(text, user=STARTER, channel=CHANNEL))
        assert changed(find(TEAM, CHANNEL)), text
    runs.later(minutes=5)
    assert not runs.direct(STARTER)


def test_buttons_of_ones_own_are_stored_before_the_ack(
    runs: RunWorld, die: Callable[[dict[str, Any]], None]
) -> None:
    run = runs.start()

    def press(action_id: str, user: str = STARTER) -> None:
        element = {"type": "button", "action_id": action_id, "value": f"{run.id}|0"}
        die(payloads.click(element, user=user, message_ts=run.message_ts, ephemeral=False))

    press("run_close")
    assert runs.run.is_closed
    press("run_reopen")
    assert not runs.run.is_closed
    press("run_mute", OTHER)
    assert runs.bot.storage.mutes.is_muted(TEAM, OTHER)
    press("run_delete")
    assert runs.bot.storage.runs.find(TEAM, run.id) is None
    die(payloads.click({"type": "button", "action_id": "helpful", "value": "en|rag"}, user=OTHER))
    assert runs.bot.storage.feedback.counts(TEAM, "rag") == (1, 0)


def test_who_waits_for_what_needs_slack_first_hears_that_it_may_not_be_done(
    runs: RunWorld, die: Callable[[dict[str, Any]], None]
) -> None:
    run = runs.start()
    close = {"type": "button", "action_id": "run_close", "value": f"{run.id}|0"}
    runs.slack.add_channel("C2")
    mention = payloads.mention("tips on tue 10:00", user=OTHER)
    for payload, user, said in (
        (payloads.command("tips on 9:30", user=STARTER), STARTER, "“tips on 9:30” in <#C1>"),
        (payloads.command("tips off <#C2>", user=STARTER), STARTER, "“tips off” in <#C2>"),
        (mention, OTHER, "“tips on tue 10:00” in <#C1>"),
        (payloads.click(close, user=ADMIN, message_ts=run.message_ts, ephemeral=False), ADMIN,
         "“Close: Agent launch” in <#C1>"),
    ):  # fmt: skip
        die(payload)
        runs.later(seconds=100)
        assert not [m for m in runs.direct(user) if said in m["text"]], "it may be under way"
        runs.later(seconds=21)
        [told] = [m for m in runs.direct(user) if said in m["text"]]
        assert "may not have been done" in told["text"]
    runs.send(mention)  # Slack sends it again
    runs.later(minutes=5)
    assert len(runs.direct(OTHER)) == 1


def test_who_got_an_answer_hears_nothing_more(runs: RunWorld) -> None:
    run = runs.start()
    runs.type("tips on mon 9:30")
    runs.send(payloads.mention("tips pause", user=OTHER))
    close = {"type": "button", "action_id": "run_close", "value": f"{run.id}|0"}
    runs.click(close, user=ADMIN)
    assert runs.run.is_closed
    runs.click({**close, "action_id": "run_reopen"}, user=OTHER)
    assert "Only <@U1>" in runs.told()
    runs.later(minutes=5)
    assert not any(runs.direct(user) for user in (STARTER, OTHER, ADMIN))


@pytest.mark.parametrize(
    ("text", "found", "said"),
    [
        ("define RAG in <#C2|sales>", "Retrieval", "The channel you named was not used"),
        ("search pricing <#C2>", "pricing", "The channel you named was not used"),
        ("定义 RAG 在 <#C2> 里", "检索", "没有用到你写的频道"),
    ],
)
def test_a_channel_in_a_question_is_read_past_and_that_is_said(
    runs: RunWorld, text: str, found: str, said: str
) -> None:
    plain = runs.type(text.partition(" <#")[0].removesuffix(" in").removesuffix(" 在")).json()
    answer = runs.type(text).json()
    assert found in str(answer["blocks"])
    assert answer["blocks"][:-1] == plain["blocks"], "the same answer, with one grey line"
    assert answer["blocks"][-1]["type"] == "context"
    assert said in str(answer["blocks"][-1])
    assert buttons(answer["blocks"], "open") == buttons(plain["blocks"], "open")

"""Running checklists where something is odd: no channel of ours, a form sent twice, an answer that
was lost."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.checklists.models import ItemState
from bot.storage.run_tables import run_posts
from bot.tips.ports import StorageError
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.runs import CHANNEL, OTHER, STARTER, RunWorld, submission

PAIR = "D7"  # two people's conversation, without the bot


@pytest.fixture
def pair(runs: RunWorld) -> RunWorld:
    runs.slack.add_channel(PAIR).members = {STARTER, OTHER}
    return runs


@pytest.mark.parametrize("text", ["checklist running", "checklist log", "tips", "lang zh"])
def test_in_a_conversation_without_the_bot_the_asker_is_answered(pair: RunWorld, text: str) -> None:
    pair.type(text, channel=PAIR)
    assert pair.slack.of("response_url") or pair.slack.of("views.open")


def test_a_list_that_cannot_be_posted_there_leaves_no_run_and_is_explained(pair: RunWorld) -> None:
    pair.type("checklist start agent launch", channel=PAIR)
    pair.submit(pair.slack.of("views.open")[-1]["view"])
    assert pair.bot.services.storage.runs.list_running(TEAM, PAIR) == []
    assert "/invite @llm-startup" in pair.direct(STARTER)[-1]["text"]


def test_a_form_that_is_sent_twice_starts_one_run(runs: RunWorld) -> None:
    runs.type("checklist start agent launch")
    view = runs.slack.of("views.open")[-1]["view"]
    runs.submit(view)
    runs.submit(view)
    assert len(runs.bot.services.storage.runs.list_running(TEAM, CHANNEL)) == 1
    assert len(runs.slack.of("chat.postMessage")) == 1


def test_an_owner_whom_the_bot_never_met_is_written_to_in_their_language(runs: RunWorld) -> None:
    runs.slack.change_user(OTHER, locale="zh-CN")
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.later(seconds=1)
    assert "把这一条交给了你" in runs.direct(OTHER)[-1]["text"]


def test_after_a_restart_a_reminder_is_still_in_the_owners_language(runs: RunWorld) -> None:
    runs.slack.change_user(OTHER, locale="zh-CN")
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.submit(runs.choose("due"), run_due="2026-11-27")
    runs.bot.services.languages._known.clear()
    runs.later(days=2)
    assert "今天截止" in runs.direct(OTHER)[-1]["text"]


def test_whoever_only_clicks_is_answered_in_their_own_language(runs: RunWorld) -> None:
    runs.slack.change_user(OTHER, locale="zh-CN")
    runs.start()
    runs.press("run_close", user=OTHER)
    assert "只有发起人" in runs.told()
    view = runs.choose("note", user=OTHER)
    assert view["submit"]["text"] == "保存"


def test_a_reminder_in_the_bots_own_conversation_is_not_taken_for_the_list(runs: RunWorld) -> None:
    mine = f"D{OTHER}"
    runs.type("checklist start agent launch", user=OTHER, channel=mine)
    runs.submit(runs.slack.of("views.open")[-1]["view"], user=OTHER)
    run = runs.bot.services.storage.runs.list_running(TEAM, mine)[0]
    value = f"{run.id}|1"
    tick = {"type": "button", "action_id": "run_tick", "value": value, "block_id": "a1"}
    where = {"channel": mine, "message_ts": "17.5", "ephemeral": False}
    runs.send(payloads.click(tick, user=OTHER, **where))
    after = runs.bot.services.storage.runs.find(TEAM, run.id)
    assert after is not None
    assert (after.items[0].state, after.message_ts) == (ItemState.DONE, run.message_ts)
    assert runs.slack.of("chat.postMessage")[-1]["text"] == "Done: Agent launch, 1 / 12."


def test_a_list_with_replies_still_answers_in_the_channel(runs: RunWorld) -> None:
    """Slack gives a message that has replies its own ts as its thread's."""
    run = runs.start()
    message = {"ts": run.message_ts, "thread_ts": run.message_ts}
    runs.press("run_log", message=message)
    assert runs.slack.of("chat.postEphemeral") == []
    assert "log" in runs.told()


def test_what_a_partner_submits_is_kept_in_our_workspace(runs: RunWorld) -> None:
    runs.start()
    view = runs.choose("note") | {"app_installed_team_id": TEAM}
    payload = submission(view, run_note="from a partner")
    runs.send(payload | {"team": {"id": "TPARTNER"}})
    assert runs.run.items[0].note == "from a partner"


def test_a_summary_whose_answer_was_lost_is_found_in_its_thread_though_the_list_is_gone(
    runs: RunWorld,
) -> None:
    run = runs.start()
    runs.press("run_close")
    runs.later(seconds=1)
    [_, summary] = runs.slack.of("chat.postMessage")
    assert summary["thread_ts"] == run.message_ts
    posts = runs.bot.services.storage.run_posts
    with posts._database.write() as connection:  # as if the answer had been lost
        lost = {"state": "unconfirmed", "ts": "", "retry_at": runs.clock.now()}
        query = update(run_posts).where(run_posts.c.kind == "summary").values(**lost)
        connection.execute(query)
    runs.slack.fail_next("chat.update", "message_not_found")
    runs.later(minutes=10)
    assert len(runs.slack.of("chat.postMessage")) == 2, "not posted again"
    assert runs.slack.of("conversations.replies")[-1]["ts"] == run.message_ts


def test_posts_that_cannot_be_claimed_are_not_tried_without_rest(
    runs: RunWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)

    def fail(*args: object) -> object:
        raise StorageError("the disk is full")

    runs.submit(runs.choose("assign", 1), run_owner=OTHER)
    running = runs.bot.services.running
    queue = runs.bot.services.storage.run_posts
    monkeypatch.setattr(queue, "next_moment", runs.clock.now)
    monkeypatch.setattr(queue, "claim", fail)
    moment = running.deliver()
    assert moment is not None
    assert moment > runs.clock.now()

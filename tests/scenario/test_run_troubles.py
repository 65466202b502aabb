"""Running checklists where something is odd: no channel of ours, a form sent twice, an answer that
was lost."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.checklists.models import ItemState
from bot.database.errors import StorageError
from bot.outbox.tables import outbox
from bot.playground.limits import find_problems
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import ADMIN, CHANNEL, OTHER, STARTER, RunWorld, submission

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
    pair.slack.api.scopes.discard("channels:read")  # so that it is found out only by posting
    pair.type("checklist start agent launch", channel=PAIR)
    pair.submit(pair.slack.of("views.open")[-1]["view"])
    assert pair.bot.storage.runs.list_running(TEAM, PAIR) == []
    assert "not in this conversation" in pair.direct(STARTER)[-1]["text"]


def test_nobody_fills_in_a_form_where_the_bot_cannot_post(runs: RunWorld) -> None:
    runs.slack.remove_bot()
    runs.type("checklist start agent launch")
    assert runs.slack.of("views.open") == []
    assert "/invite @llm-startup" in runs.told()


def test_a_form_that_is_sent_twice_starts_one_run(runs: RunWorld) -> None:
    runs.type("checklist start agent launch")
    view = runs.slack.of("views.open")[-1]["view"]
    runs.submit(view)
    runs.submit(view)
    assert len(runs.bot.storage.runs.list_running(TEAM, CHANNEL)) == 1
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
    runs.bot.edge.languages._known.clear()
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
    run = runs.bot.storage.runs.list_running(TEAM, mine)[0]
    value = f"{run.id}|1"
    tick = {"type": "button", "action_id": "run_tick", "value": value, "block_id": "a1"}
    where = {"channel": mine, "message_ts": "17.5", "ephemeral": False}
    runs.send(payloads.click(tick, user=OTHER, **where))
    after = runs.bot.storage.runs.find(TEAM, run.id)
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
    database = runs.bot.storage.database
    with database.write() as connection:  # as if the answer had been lost
        lost = {"state": "unconfirmed", "ts": "", "next_at": runs.clock.now()}
        query = update(outbox).where(outbox.c.key.like("%:summary:%")).values(**lost)
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
    queue = runs.bot.storage.outbox
    monkeypatch.setattr(queue, "next_moment", lambda features: runs.clock.now())
    monkeypatch.setattr(queue, "claim", fail)
    moment = runs.bot.worker.work()
    assert moment is not None
    assert moment > runs.clock.now()


# Modals that are out of date


def test_a_modal_of_a_run_that_went_keeps_what_was_typed(runs: RunWorld) -> None:
    run = runs.start()
    view = runs.choose("note")
    runs.press("run_close")
    answer = runs.submit(view, run_note="long and dear").json()
    assert "has closed this checklist" in answer["errors"]["run_note"]
    runs.bot.storage.runs.delete(TEAM, run.id)
    answer = runs.submit(view, run_note="long and dear").json()
    assert answer["errors"]["run_note"] == "This checklist has been deleted."


def test_a_note_that_somebody_else_wrote_meanwhile_is_shown_before_it_is_replaced(
    runs: RunWorld,
) -> None:
    runs.start()
    first, second = runs.choose("note"), runs.choose("note", user=OTHER)
    runs.submit(first, run_note="call Anna")
    answer = runs.submit(second, user=OTHER, run_note="ok").json()
    assert answer["response_action"] == "update"
    again = answer["view"]
    assert find_problems(again, "modal") == []
    assert "call Anna" in str(again["blocks"])
    assert runs.run.items[0].note == "call Anna"
    assert runs.submit(again, user=OTHER).body == ""
    assert runs.run.items[0].note == "ok"


def test_a_tick_meanwhile_does_not_concern_a_note_but_a_reason(runs: RunWorld) -> None:
    runs.start()
    note, exclude = runs.choose("note"), runs.choose("exclude")
    runs.press("run_tick", user=OTHER)
    assert runs.submit(note, run_note="n").body == ""
    answer = runs.submit(exclude, run_reason="not ours").json()
    assert answer["response_action"] == "update"
    assert runs.run.items[0].state is ItemState.DONE


@pytest.mark.parametrize("reason", ["   ", "\u200b"])
def test_a_reason_that_nobody_can_read_is_none(runs: RunWorld, reason: str) -> None:
    runs.start()
    answer = runs.submit(runs.choose("exclude"), run_reason=reason).json()
    assert answer["errors"]["run_reason"] == "Please write a reason."


def test_an_own_item_that_is_too_long_is_named_and_not_cut(runs: RunWorld) -> None:
    runs.type("checklist start agent launch")
    view = runs.slack.of("views.open")[-1]["view"]
    answer = runs.submit(view, run_add="short\n" + "long " * 50).json()
    assert "249 characters, 200 at most: long" in answer["errors"]["run_add"]


def test_a_double_click_is_not_scolded(runs: RunWorld) -> None:
    runs.start()
    tick = buttons(runs.message()["blocks"], "run_tick")[0]
    runs.click(tick)
    runs.slack.calls.clear()
    runs.click(tick)
    assert runs.slack.of("response_url") == []
    runs.click(tick, user=OTHER)
    assert "has ticked this one off already" in runs.told()


# Channels that end, people who go


def test_who_leaves_a_private_channel_has_none_of_its_items(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    left = {"channel": CHANNEL, "user": OTHER}
    runs.send(payloads.event("member_left_channel", **left, channel_type="C"))
    assert runs.run.items[0].owner == OTHER, "a public one they can still read"
    runs.send(payloads.event("member_left_channel", **left, channel_type="G"))
    assert runs.run.items[0].owner == ""
    assert runs.bot.storage.runs.list_assigned(TEAM, OTHER) == []


def test_an_old_button_in_a_direct_message_gives_no_rights(runs: RunWorld) -> None:
    """Of whoever left the private channel, and of whoever's item is another's now."""
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.later(seconds=2)
    [done] = buttons(runs.direct(OTHER)[-1]["blocks"], "run_tick")
    pressed = {"user": OTHER, "channel": f"D{OTHER}", "message_ts": "1700000000.000017"}
    left = {"channel": CHANNEL, "user": OTHER, "channel_type": "G"}
    runs.send(payloads.event("member_left_channel", **left))
    runs.click(done, **pressed)
    assert runs.run.items[0].state is ItemState.OPEN
    assert "nobody's now" in runs.slack.of("chat.postMessage")[-1]["text"]
    runs.submit(runs.choose("assign"), run_owner=ADMIN)
    runs.click(done, **pressed)
    assert runs.run.items[0].state is ItemState.OPEN
    assert f"<@{ADMIN}>'s now" in runs.slack.of("chat.postMessage")[-1]["text"]
    runs.press("run_tick", user=OTHER)
    assert runs.run.items[0].state is ItemState.DONE, "on the list itself everybody may tick"


def test_nobody_is_reminded_of_an_archived_channels_items_until_it_is_back(
    runs: RunWorld,
) -> None:
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.later(seconds=1)
    runs.submit(runs.choose("due"), run_due="2026-11-27")
    runs.later(seconds=1)
    runs.slack.workspace.channels[CHANNEL].is_archived = True
    runs.send(payloads.event("channel_archive", channel=CHANNEL))
    runs.later(days=3)
    assert len(runs.direct(OTHER)) == 1, "of the assignment"
    runs.slack.workspace.channels[CHANNEL].is_archived = False
    runs.send(payloads.event("channel_unarchive", channel=CHANNEL))
    runs.later(seconds=2)
    assert runs.run.problem == ""
    assert "overdue" in str(runs.message()["blocks"])


def test_an_export_to_an_archived_channel_says_so(runs: RunWorld) -> None:
    runs.start()
    runs.slack.workspace.channels[CHANNEL].is_archived = True
    runs.press("run_export")
    assert "It cannot be exported here: the channel is archived." in runs.told()


def test_a_message_that_somebody_deleted_can_be_posted_again(runs: RunWorld) -> None:
    run = runs.start()
    workspace = runs.slack.workspace
    workspace.messages.clear()
    runs.later(seconds=2)
    runs.type("checklist running")
    offer = runs.slack.of("response_url")[-1]
    [again] = buttons(offer["blocks"], "run_post_again")
    runs.send(payloads.click(again))
    runs.later(seconds=2)
    assert runs.run.message_ts not in ("", run.message_ts)
    assert workspace.messages[-1]["ts"] == runs.run.message_ts


def test_a_reminder_follows_its_owner_to_another_time_zone(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.later(seconds=1)
    runs.submit(runs.choose("due"), run_due="2026-11-27")
    user = {"id": OTHER, "tz": "America/New_York", "locale": "en-US"}
    runs.send(payloads.event("user_change", user=user))
    runs.clock.moment = runs.clock.moment.replace(day=27, hour=14, minute=29)
    runs.later()
    assert len(runs.direct(OTHER)) == 1, "it is 09:29 in New York"
    runs.later(minutes=1)
    runs.later(hours=6)
    assert [m["text"].splitlines()[0] for m in runs.direct(OTHER)][1:] == ["This is due today"]
    runs.type("checklist log")
    assert "moved to another time zone" in str(runs.slack.of("response_url")[-1]["blocks"])


def test_who_flies_east_past_half_past_nine_is_told_at_once_and_once(runs: RunWorld) -> None:
    runs.slack.change_user(OTHER, tz="America/New_York")
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    runs.later(seconds=1)
    runs.submit(runs.choose("due"), run_due="2026-11-27")
    runs.clock.moment = runs.clock.moment.replace(day=27, hour=11)  # 06:00 there, 11:00 in London
    user = {"id": OTHER, "tz": "Europe/London", "locale": "en-US"}
    for _ in range(2):
        runs.send(payloads.event("user_change", user=user))
        runs.later(seconds=2)
    runs.later(hours=12)
    assert [m["text"].splitlines()[0] for m in runs.direct(OTHER)][1:] == ["This is due today"]


def test_a_person_who_is_back_can_be_written_to_again(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.choose("assign"), run_owner=OTHER)
    for deleted, shown in ((True, True), (False, False)):
        user = {"id": OTHER, "deleted": deleted, "locale": "en-US"}
        runs.send(payloads.event("user_change", user=user))
        runs.later(seconds=2)
        assert ("cannot be reached" in str(runs.message()["blocks"])) is shown
    runs.type("checklist log")
    log = str(runs.slack.of("response_url")[-1]["blocks"])
    assert "by direct message: the account is deactivated" in log
    assert "can be reached by direct message again" in log

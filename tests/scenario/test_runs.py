"""Checklists that a team ticks off together, through the real app, by whole payloads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.checklists.in_tips import find_progress
from bot.checklists.models import ChangeKind, ItemState
from bot.database.errors import StorageError
from bot.i18n import Lang
from bot.playground.limits import find_problems
from bot.playground.methods.chat import post_message
from bot.search.library import Library
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import (
    ADMIN,
    CHANNEL,
    NOW,
    OTHER,
    SHANGHAI,
    STARTER,
    RunWorld,
    run_world,
)

START: dict[Lang, str] = {"en": "checklist start agent launch", "zh": "清单 开始 智能体上线"}


@pytest.fixture
def world(runs: RunWorld) -> RunWorld:
    return runs


def texts_of(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


def texts_in(value: Any) -> Iterator[dict[str, Any]]:
    """All text objects of a message."""
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts_in(part)


# Starting


def test_start_opens_a_modal_with_all_items_and_posts_the_list(world: RunWorld) -> None:
    run = world.start(run_for="v2 launch")
    [message] = world.slack.of("chat.postMessage")
    assert message["channel"] == CHANNEL
    assert message["metadata"]["event_payload"]["delivery_id"]
    assert message["blocks"][0]["text"]["text"] == "Agent launch · v2 launch"
    assert "0 / 12" in texts_of(message)
    assert len(buttons(message["blocks"], "run_tick")) == 12
    assert run.message_ts == world.slack.workspace.messages[-1]["ts"]
    assert (run.zone, run.started_by) == (SHANGHAI, STARTER)
    assert world.slack.of("response_url") == [], "the list itself is the answer"


def test_start_in_chinese(world: RunWorld) -> None:
    world.slack.change_user(locale="zh-CN")
    world.send(payloads.open_home(STARTER))
    run = world.start("清单 开始 智能体上线", run_for="v2 上线")
    assert run.lang == "zh"
    assert "智能体上线检查 · v2 上线" in texts_of(world.message())
    assert "证明固定流程不够用" in texts_of(world.message())


def test_items_may_be_removed_and_added_for_this_run_alone(world: RunWorld) -> None:
    world.type(START["en"])
    view = world.slack.of("views.open")[-1]["view"]
    values = {"run_items:0": ["1", "3"], "run_items:10": []}
    world.submit(view, run_add="Tell the board\n\n  Book <!channel> a room  ", **values)
    english = [item.text.en for item in world.run.items]
    assert len(english) == 4
    assert english[2:] == ["Tell the board", "Book <!channel> a room"]
    live = [t for t in texts_in(world.message()) if t["type"] == "mrkdwn"]
    assert not any("<!channel>" in t["text"] for t in live), "what people type is never live"
    handbook = world.bot.content.current.handbook.entries["cl-agent-launch"]
    assert len(handbook.items) == 12  # type: ignore[attr-defined]  # it is a Checklist


def test_a_list_without_items_is_refused_in_the_modal(world: RunWorld) -> None:
    world.type(START["en"])
    view = world.slack.of("views.open")[-1]["view"]
    response = world.submit(view, **{"run_items:0": [], "run_items:10": []})
    assert response.json()["response_action"] == "errors"
    assert world.slack.of("chat.postMessage") == []


def test_the_start_button_stands_on_checklists_alone(world: RunWorld) -> None:
    answer = world.type("checklist agent launch").json()
    [start] = buttons(answer["blocks"], "run_start")
    assert buttons(world.type("RAG").json()["blocks"], "run_start") == []
    world.send(payloads.click(start))
    assert len(world.slack.of("views.open")) == 1


def test_an_unclear_name_offers_a_choice_that_starts(world: RunWorld) -> None:
    world.type("checklist start")
    [offer] = world.slack.of("response_url")
    select = buttons(offer["blocks"], "run_pick")[0]
    chosen = {"type": "static_select", "action_id": "run_pick",
              "selected_option": select["options"][3]}  # fmt: skip
    world.send(payloads.click(chosen))
    assert len(world.slack.of("views.open")) == 1


def test_a_name_that_is_no_checklist_says_so(world: RunWorld) -> None:
    world.type("checklist start zzqqxx")
    assert "is not in the handbook" in world.told()


def test_a_mention_has_no_trigger_and_gets_a_button(world: RunWorld) -> None:
    world.send(payloads.mention("checklist start agent launch"))
    [offer] = world.slack.of("chat.postEphemeral")
    [start] = buttons(offer["blocks"], "run_start")
    world.send(payloads.click(start))
    assert len(world.slack.of("views.open")) == 1


def test_a_question_that_begins_alike_stays_a_question(world: RunWorld) -> None:
    assert world.type("checklist running costs").body != ""
    assert world.type("checklist agent launch").body != ""


def test_a_channel_without_the_bot_says_how_to_invite_it_and_has_no_run(world: RunWorld) -> None:
    world.type(START["en"])
    world.slack.remove_bot()
    world.submit(world.slack.of("views.open")[-1]["view"])
    assert "/invite @llm-startup" in world.told_anyhow()
    assert world.bot.storage.runs.list_running(TEAM, CHANNEL) == []


def test_a_rate_limit_holds_the_list_back_and_it_comes(world: RunWorld) -> None:
    world.type(START["en"])
    world.slack.fail_next("chat.postMessage", "ratelimited", status=429, retry_after=7)
    world.submit(world.slack.of("views.open")[-1]["view"])
    assert "is on its way" in world.told_anyhow()
    world.later(seconds=8)
    assert world.run.message_ts


# Ticking


def test_anyone_ticks_and_the_message_shows_who(world: RunWorld) -> None:
    run = world.start()
    world.press("run_tick", 0, user=STARTER)
    world.later(seconds=1)
    world.press("run_tick", 0, user=OTHER)  # the first is an Undo button now
    world.later(seconds=1)
    done = [i for i in world.run.items if i.state is ItemState.DONE]
    assert [(i.no, i.changed_by) for i in done] == [(1, STARTER), (2, OTHER)]
    message = world.message()
    assert message["ts"] == run.message_ts
    assert "2 / 12" in message["text"]
    assert f"<@{OTHER}>" in texts_of(message)


def test_every_update_has_new_block_ids(world: RunWorld) -> None:
    world.start()
    seen = {b["block_id"] for b in world.message()["blocks"]}
    for _ in range(3):
        world.press("run_tick")
        world.later(seconds=1)
        new = {b["block_id"] for b in world.message()["blocks"]}
        assert not seen & new
        seen |= new


def test_two_who_tick_the_same_item_do_the_same_thing(world: RunWorld) -> None:
    world.start()
    tick = buttons(world.message()["blocks"], "run_tick")[0]
    world.click(tick, user=STARTER)
    world.click(tick, user=OTHER)
    assert world.run.items[0].changed_by == STARTER
    assert f"<@{STARTER}> has ticked this one off already" in world.told()


def test_undo(world: RunWorld) -> None:
    world.start()
    world.press("run_tick")
    world.later(seconds=1)
    world.press("run_untick", user=OTHER)
    assert world.run.items[0].is_open


def test_a_tick_is_stored_before_the_click_is_acknowledged(world: RunWorld) -> None:
    world.start()
    tick = buttons(world.message()["blocks"], "run_tick")[0]
    world.bot.edge.background.run = lambda *a: None  # type: ignore[method-assign]  # the process dies here
    payloads.send(
        world.wsgi,
        payloads.click(tick, ephemeral=False, message_ts=world.run.message_ts),
    )
    assert world.run.items[0].state is ItemState.DONE


def test_ticks_come_faster_than_updates_and_the_last_one_is_shown(world: RunWorld) -> None:
    world.start()
    ticks = buttons(world.message()["blocks"], "run_tick")
    for tick in ticks[:5]:
        world.click(tick)
    assert len(world.slack.of("chat.update")) == 1
    world.later(seconds=1)
    assert len(world.slack.of("chat.update")) == 2
    assert "5 / 12" in world.message()["text"]
    world.later(seconds=30)
    assert len(world.slack.of("chat.update")) == 2, "nothing new, nothing sent"


def test_a_rate_limit_delays_an_update_and_a_restart_does_not_lose_it(
    world: RunWorld, library: Library, sqlite_url: str
) -> None:
    world.start()
    world.slack.fail_next("chat.update", "ratelimited", status=429, retry_after=30)
    world.press("run_tick")
    world.later(seconds=29)
    assert len(world.slack.of("chat.update")) == 1
    with run_world(library, sqlite_url, world.clock, world.slack) as restarted:
        restarted.later(seconds=2)
        _, update = world.slack.of("chat.update")
        assert "1 / 12" in update["text"]


# An item's menu


def test_assigning_tells_the_owner_once_and_not_oneself(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign", 0), run_owner=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("assign", 1), run_owner=STARTER)
    world.later(minutes=5)
    [told] = world.direct(OTHER)
    assert f"<@{STARTER}> assigned this to you" in told["text"]
    assert world.direct(STARTER) == []
    assert find_problems({"text": told["text"], "blocks": told["blocks"]}, "message") == []
    assert f"👤 <@{OTHER}>" in texts_of(world.message())


def test_the_owner_ticks_in_the_direct_message(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign", 2), run_owner=OTHER)
    world.later(seconds=1)
    [told] = world.direct(OTHER)
    [tick] = buttons(told["blocks"], "run_tick")
    world.click(tick, user=OTHER, channel=f"D{OTHER}", message_ts="17.5")
    assert world.run.items[2].changed_by == OTHER
    answer = world.slack.of("chat.postMessage")[-1]
    assert (answer["channel"], answer["text"]) == (f"D{OTHER}", "Done: Agent launch, 1 / 12.")
    assert world.run.message_ts != "17.5"


def test_a_deactivated_person_or_an_app_cannot_be_chosen(world: RunWorld) -> None:
    world.start()
    view = world.choose("assign")
    for change, said in (("is_deactivated", "deactivated"), ("is_bot", "an app")):
        world.slack.change_user(OTHER, **{change: True})
        response = world.submit(view, run_owner=OTHER)
        assert said in response.json()["errors"]["run_owner"]
        world.slack.change_user(OTHER, **{change: False})
    assert world.run.items[0].owner == ""


def test_the_due_day_is_told_once_at_half_past_nine_in_the_owners_zone(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("due"), run_due="2026-11-27")
    world.clock.moment = NOW.replace(day=27, hour=1, minute=29)  # 09:29 in Shanghai
    world.later()
    assert len(world.direct(OTHER)) == 1  # of the assignment
    world.later(minutes=1)
    world.later(hours=1)
    assert [m["text"].splitlines()[0] for m in world.direct(OTHER)][1:] == ["This is due today"]


def test_a_ticked_item_reminds_nobody(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("due"), run_due="2026-11-27")
    world.later(seconds=1)
    world.press("run_tick", user=OTHER)
    world.later(days=2)
    assert len(world.direct(OTHER)) == 1


def test_reminders_may_be_switched_off_and_on_again(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign", 0), run_owner=OTHER)
    world.later(seconds=1)
    [told] = world.direct(OTHER)
    world.click(buttons(told["blocks"], "run_mute")[0], user=OTHER, channel=f"D{OTHER}")
    world.submit(world.choose("assign", 1), run_owner=OTHER)
    world.later(seconds=1)
    assert len(world.direct(OTHER)) == 1
    home = home_of(world, OTHER)
    world.send(payloads.click_in_view(buttons(home["blocks"], "run_unmute")[0], user=OTHER))
    world.submit(world.choose("assign", 2), run_owner=OTHER)
    world.later(seconds=1)
    assert len(world.direct(OTHER)) == 2


def test_overdue_items_say_so_without_a_click(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("due"), run_due="2026-11-26")
    world.later(seconds=1)
    assert "due Thu 26 Nov" in texts_of(world.message())
    assert "overdue" not in texts_of(world.message())
    world.clock.moment = NOW.replace(day=26, hour=16)  # midnight in Shanghai
    world.later(seconds=1)
    assert "overdue (was due Thu 26 Nov)" in texts_of(world.message())
    assert "1 overdue" in texts_of(world.message())


def test_a_note_and_a_reason_are_shown_and_never_live(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("note", 0), run_note="ask <!here> *now*\nplease")
    world.later(seconds=1)
    world.submit(world.choose("exclude", 1), run_reason="no <@U5> agents")
    world.later(seconds=1)
    shown = texts_of(world.message())
    assert "&lt;!here&gt;" in shown
    assert "&lt;@U5&gt;" in shown
    assert "0 / 11" in world.message()["text"]
    assert world.run.items[1].state is ItemState.NOT_APPLICABLE
    world.press("run_untick")
    assert world.run.items[1].is_open


def test_why_is_private_and_names_linked_terms(world: RunWorld) -> None:
    world.start()
    world.pick("why", 7)  # "Isolate memory per user …"
    [said] = world.slack.of("response_url")
    assert said["response_type"] == "ephemeral"
    assert "guards against poisoning and leaks" in said["text"]
    assert buttons(said["blocks"], "open")


def test_a_menu_opened_too_late_asks_to_click_again(world: RunWorld) -> None:
    world.start()
    world.slack.fail_next("views.open", "expired_trigger_id")
    world.pick("note")
    assert "click again" in world.told()


# The end


def test_the_last_tick_finishes_the_run_and_its_thread_gets_one_summary(world: RunWorld) -> None:
    world.type(START["en"])
    view = world.slack.of("views.open")[-1]["view"]
    world.submit(view, **{"run_items:0": ["0", "1"], "run_items:10": []})
    world.press("run_tick", 0, user=STARTER)
    world.later(days=2)
    world.press("run_tick", 0, user=OTHER)
    world.later(seconds=9)
    assert summaries(world) == []
    world.later(seconds=2)
    world.later(minutes=10)
    [summary] = summaries(world)
    assert summary["thread_ts"] == world.run.message_ts
    assert "all done" in summary["text"]
    assert "2 of 2 done · 2 days" in summary["text"]
    assert f"<@{STARTER}>: 1\n<@{OTHER}>: 2" in summary["text"]


def test_a_slip_on_the_last_item_posts_no_summary(world: RunWorld) -> None:
    world.type(START["en"])
    view = world.slack.of("views.open")[-1]["view"]
    world.submit(view, **{"run_items:0": ["0"], "run_items:10": []})
    world.press("run_tick")
    world.later(seconds=2)
    world.press("run_done")
    [undo] = buttons(world.slack.of("response_url")[-1]["blocks"], "run_untick")
    world.click(undo, ephemeral=True)
    world.later(minutes=1)
    assert summaries(world) == []


def summaries(world: RunWorld) -> list[dict[str, Any]]:
    return [m for m in world.slack.of("chat.postMessage") if m.get("thread_ts")]


def test_only_the_starter_and_admins_close_reopen_and_delete(world: RunWorld) -> None:
    world.start()
    for action_id in ("run_close", "run_delete"):
        world.press(action_id, user=OTHER)
        assert f"Only <@{STARTER}>, who started it" in world.told()
    assert not world.run.is_closed
    world.press("run_close", user=STARTER)
    assert world.run.is_closed
    world.later(seconds=1)
    assert buttons(world.message()["blocks"], "run_tick") == []
    [summary] = summaries(world)
    assert "closed by <@U1>" in summary["text"]
    world.press("run_reopen", user=ADMIN)
    assert not world.run.is_closed
    world.later(seconds=1)
    world.press("run_delete", user=ADMIN)
    assert world.bot.storage.runs.list_recent(TEAM, CHANNEL, 5) == []
    assert len(world.slack.of("chat.delete")) == 1


def test_a_stale_button_of_a_closed_or_deleted_run_gets_a_plain_answer(world: RunWorld) -> None:
    world.start()
    tick = buttons(world.message()["blocks"], "run_tick")[0]
    where = {"message_ts": world.run.message_ts, "ephemeral": False}
    world.press("run_close")
    world.click(tick, user=OTHER)
    assert f"<@{STARTER}> has closed this checklist" in world.told()
    assert world.run.items[0].is_open
    world.press("run_delete")
    for element in (tick, {"action_id": "run_page:1", "value": "x|1", "type": "button"},
                    {"action_id": "run_export", "value": "x|0", "type": "button"},
                    {"action_id": "run_log", "value": "", "type": "button"}):  # fmt: skip
        world.slack.calls.clear()
        world.send(payloads.click(element, **where))
        assert world.told() == "This checklist has been deleted."


def test_an_old_copy_of_the_message_still_ticks_and_says_where_the_current_one_is(
    world: RunWorld,
) -> None:
    world.start()
    tick = buttons(world.message()["blocks"], "run_tick")[0]
    world.click(tick, message_ts="1600000000.000001")
    assert world.run.items[0].state is ItemState.DONE
    assert "an old copy" in world.told()
    assert "/archives/C1/p" in world.told()


# What goes wrong


def test_a_deleted_message_keeps_the_data_and_can_be_posted_again(world: RunWorld) -> None:
    run = world.start()
    world.slack.fail_next("chat.update", "message_not_found")
    world.press("run_tick")
    assert (world.run.message_ts, world.run.problem) == ("", "message_not_found")
    world.type("checklist running")
    [said] = world.slack.of("response_url")
    assert "the message was deleted" in texts_of(said)
    world.send(payloads.click(buttons(said["blocks"], "run_post_again")[0]))
    assert "refused" not in world.told_anyhow()
    world.later(seconds=1)
    assert world.run.message_ts not in ("", run.message_ts)
    assert "1 / 12" in world.slack.of("chat.postMessage")[-1]["text"]


def test_an_archived_channel_is_named_and_a_tick_from_home_is_kept(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    world.later(seconds=1)
    world.slack.fail_next("chat.update", "is_archived")
    tick = buttons(home_of(world, OTHER)["blocks"], "run_tick")[0]
    world.send(payloads.click_in_view(tick, user=OTHER))
    assert world.run.items[0].state is ItemState.DONE
    world.type("checklist running")
    assert "the channel is archived" in texts_of(world.slack.of("response_url")[-1])


def test_an_owner_who_cannot_be_written_to_is_shown(world: RunWorld) -> None:
    world.start()
    view = world.choose("assign")
    world.slack.fail_next("chat.postMessage", "user_disabled")
    world.submit(view, run_owner=OTHER)
    world.later(seconds=1)
    assert "cannot be reached by direct message" in texts_of(world.message())
    assert world.run.items[0].owner == OTHER
    assert world.direct(OTHER) != []
    world.later(minutes=10)
    assert len(world.direct(OTHER)) == 1, "not tried for ever"


def test_a_database_that_is_away_is_said_wherever_it_was_needed(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    [tick] = buttons(home_of(world, OTHER)["blocks"], "run_tick")
    note = world.choose("note", 1)

    def fail(*args: Any) -> Any:
        raise StorageError("the disk is full")

    world.bot.storage.runs.change = fail  # type: ignore[method-assign]  # as if it were
    world.press("run_tick", user=OTHER)
    assert "may not have been saved" in world.told()
    world.slack.calls.clear()
    world.slack.fail_next("chat.postEphemeral", "channel_not_found")
    world.send(payloads.click_in_view(tick, user=OTHER))
    assert "may not have been saved" in world.direct(OTHER)[-1]["text"]
    response = world.submit(note, run_note="what I typed is not lost")
    assert "may not have been saved" in response.json()["errors"]["run_note"]


def test_a_deactivated_owner_is_shown_at_once(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    world.later(seconds=1)
    user = {"id": OTHER, "deleted": True, "locale": "en-US"}
    world.send(payloads.event("user_change", user=user))
    assert "cannot be reached by direct message" in texts_of(world.message())


def test_a_list_whose_post_was_never_confirmed_takes_the_message_that_is_pressed(
    world: RunWorld,
) -> None:
    world.type(START["en"])
    world.slack.fail_next("chat.postMessage", "internal_error")
    world.submit(world.slack.of("views.open")[-1]["view"])
    assert "did not confirm the checklist" in world.told_anyhow()
    assert world.run.message_ts == ""
    [sent] = world.slack.of("chat.postMessage")
    ts = post_message(world.slack.workspace, sent)["ts"]  # Slack had taken it all the same
    tick = buttons(sent["blocks"], "run_tick")[0]
    world.send(payloads.click(tick, ephemeral=False, message_ts=ts))
    assert (world.run.message_ts, world.run.problem) == (ts, "")
    assert world.slack.of("chat.update")[-1]["ts"] == ts


# Lists, log, Home, export


def test_running_lists_the_channels_runs_with_links(world: RunWorld) -> None:
    world.type("checklist running")
    assert "No checklist is running" in world.told()
    world.start(run_for="one")
    world.later(seconds=1)
    world.start(run_for="two")
    world.type("checklist running")
    said = texts_of(world.slack.of("response_url")[-1])
    assert said.index("two") < said.index("one")
    assert "/archives/C1/p" in said


def test_the_log_says_who_did_what(world: RunWorld) -> None:
    world.type("checklist log")
    assert "No checklist has been run" in world.told()
    world.start()
    world.press("run_tick", user=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("due", 1), run_due="2026-12-01")
    world.submit(world.choose("due", 1), run_due=None)
    world.type("checklist log")
    said = world.slack.of("response_url")[-1]
    assert find_problems({"text": said["text"], "blocks": said["blocks"]}, "message") == []
    lines = said["blocks"][1]["text"]["text"].splitlines()
    expected = ["took the due date off", "due Tue 1 Dec", "ticked off", "started the checklist"]
    assert [part in line for part, line in zip(expected, lines, strict=True)] == [True] * 4
    assert f"<@{OTHER}> ticked off" in lines[2]


def home_of(world: RunWorld, user: str) -> dict[str, Any]:
    world.send(payloads.open_home(user))
    view: dict[str, Any] = world.slack.of("views.publish")[-1]["view"]
    assert find_problems(view, "home") == []
    return view


def test_the_home_tab_lists_my_items_of_all_channels_and_ticks_them(world: RunWorld) -> None:
    world.start(run_for="alpha")
    world.submit(world.choose("assign"), run_owner=OTHER)
    home = home_of(world, OTHER)
    assert "Assigned to me" in texts_of(home)
    assert "<#C1>" in texts_of(home)
    [tick] = buttons(home["blocks"], "run_tick")
    world.send(payloads.click_in_view(tick, user=OTHER))
    assert world.run.items[0].changed_by == OTHER
    assert buttons(world.slack.of("views.publish")[-1]["view"]["blocks"], "run_tick") == []
    world.later(seconds=1)
    assert "1 / 12" in world.message()["text"]


def test_a_stale_home_tab_gets_a_plain_answer_over_it(world: RunWorld) -> None:
    world.start()
    world.submit(world.choose("assign"), run_owner=OTHER)
    [tick] = buttons(home_of(world, OTHER)["blocks"], "run_tick")
    world.press("run_close")
    world.send(payloads.click_in_view(tick, user=OTHER))
    view = world.slack.of("views.open")[-1]["view"]
    assert "has closed this checklist" in texts_of(view)
    assert buttons(world.slack.of("views.publish")[-1]["view"]["blocks"], "run_tick") == []


def test_pages_are_turned_in_place_for_everybody(world: RunWorld) -> None:
    world.type(START["en"])
    more = "\n".join(f"Own item {n}" for n in range(1, 20))
    world.submit(world.slack.of("views.open")[-1]["view"], run_add=more)
    assert len(world.run.items) == 31
    assert len(world.message()["blocks"]) <= 50
    world.press("run_page")
    world.later(seconds=1)
    assert "Page 2 of 3" in texts_of(world.message())
    assert world.slack.of("chat.update")[-1]["ts"] == world.run.message_ts


def test_export_uploads_both_files_to_the_thread(world: RunWorld) -> None:
    run = world.start(run_for="v2")
    world.press("run_export", user=OTHER)
    [done] = world.slack.of("files.completeUploadExternal")
    assert (done["channel_id"], done["thread_ts"]) == (CHANNEL, run.message_ts)
    names = [call["filename"] for call in world.slack.of("files.getUploadURLExternal")]
    assert names == ["cl-agent-launch-2026-11-25.md", "cl-agent-launch-2026-11-25.csv"]


def test_without_the_file_scope_export_posts_text(world: RunWorld) -> None:
    run = world.start()
    world.slack.api.scopes.discard("files:write")
    world.press("run_export")
    posted = world.slack.of("chat.postMessage")[1:]
    assert {m["thread_ts"] for m in posted} == {run.message_ts}
    assert "- [ ] 1. Prove" in texts_of(posted[0])
    for message in posted:
        assert (
            find_problems({"text": message["text"], "blocks": message["blocks"]}, "message") == []
        )


def test_a_tip_can_say_how_far_its_checklist_is(world: RunWorld) -> None:
    storage = world.bot.storage

    def progress(channel: str, *checklists: str) -> str:
        return find_progress(storage.runs, TEAM, channel, checklists, "en", NOW)

    assert progress(CHANNEL, "cl-agent-launch") == ""
    world.start(run_for="v2")
    world.press("run_tick")
    assert (
        progress(CHANNEL, "cl-other", "cl-agent-launch")
        == "Running here: Agent launch · v2, 1 / 12"
    )
    assert progress("C2", "cl-agent-launch") == ""
    assert progress(CHANNEL) == ""


def test_a_channel_that_gets_another_id_keeps_its_runs(world: RunWorld) -> None:
    world.start()
    world.send(payloads.event("channel_id_changed", old_channel_id="C1", new_channel_id="C5"))
    assert len(world.bot.storage.runs.list_running(TEAM, "C5")) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_life_of_a_list(world: RunWorld, lang: Lang) -> None:
    for user in (STARTER, OTHER):
        world.slack.change_user(user, locale="zh-CN" if lang == "zh" else "en-GB")
        world.send(payloads.open_home(user))
    world.start(START[lang], run_for="v2")
    world.press("run_tick", 0, user=STARTER)
    world.later(seconds=1)
    world.press("run_tick", 0, user=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("assign", 3), run_owner=OTHER)
    world.later(seconds=1)
    world.submit(world.choose("due", 3), run_due="2026-11-30")
    world.later(days=5)
    world.press("run_close")
    world.later(seconds=1)
    world.press("run_export")
    run = world.run
    assert (run.lang, run.items[3].due, run.closed_by) == (lang, date(2026, 11, 30), STARTER)
    whats = [line.change.what for line in world.bot.storage.runs.log(TEAM, run.id)]
    assert whats == [
        ChangeKind.CLOSED,
        ChangeKind.DUE,
        ChangeKind.ASSIGNED,
        ChangeKind.TICKED,
        ChangeKind.TICKED,
        ChangeKind.STARTED,
    ]
    for message in world.slack.of("chat.postMessage"):
        assert (
            find_problems({"text": message["text"], "blocks": message["blocks"]}, "message") == []
        )
        chinese = any("一" <= c <= "鿿" for c in message["text"])
        assert chinese == (lang == "zh"), message["text"]

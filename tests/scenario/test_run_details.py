"""The one modal of an item, and what is done behind one line."""

from __future__ import annotations

from datetime import date

import pytest

from bot.playground.limits import find_problems
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import CHANNEL, OTHER, SHANGHAI, STARTER, RunWorld


def test_all_of_an_item_is_set_in_one_form(runs: RunWorld) -> None:
    runs.start()
    view = runs.details(3)
    runs.submit(view, run_owner=OTHER, run_due="2026-12-01", run_note="see the plan")
    item = runs.run.items[2]
    assert (item.owner, item.zone, item.due) == (OTHER, SHANGHAI, date(2026, 12, 1))
    assert item.note == "see the plan"
    runs.later(seconds=1)
    assert "assigned this to you" in runs.direct(OTHER)[0]["text"]


def test_what_was_not_touched_is_not_changed(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.details(3), run_note="one")
    changes = runs.run.changes
    runs.submit(runs.details(3))
    assert runs.run.changes == changes


def test_an_item_is_made_not_applicable_and_applicable_again(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.details(1), run_reason="no agents here")
    assert runs.run.items[0].reason == "no agents here"
    runs.submit(runs.details(1), run_reason=None)
    assert runs.run.items[0].is_open


def test_what_somebody_else_changed_meanwhile_is_shown_and_what_was_typed_stays(
    runs: RunWorld,
) -> None:
    runs.start()
    view = runs.details(2)
    runs.submit(runs.details(2, user=OTHER), user=OTHER, run_note="mine")
    again = runs.submit(view, run_note="yours", run_due="2026-12-01").json()["view"]
    assert find_problems(again, "modal") == []
    assert "📝 mine" in again["blocks"][0]["text"]["text"]
    runs.submit(again)
    assert (runs.run.items[1].note, runs.run.items[1].due) == ("yours", date(2026, 12, 1))


def test_another_field_that_was_changed_meanwhile_is_no_conflict(runs: RunWorld) -> None:
    runs.start()
    view = runs.details(2)
    runs.submit(runs.details(2, user=OTHER), user=OTHER, run_note="mine")
    assert runs.submit(view, run_due="2026-12-01").body == ""
    assert (runs.run.items[1].note, runs.run.items[1].due) == ("mine", date(2026, 12, 1))


def test_an_owner_who_cannot_be_one_is_said_at_the_field(runs: RunWorld) -> None:
    runs.start()
    runs.slack.change_user(OTHER, is_deactivated=True)
    answer = runs.submit(runs.details(1), run_owner=OTHER, run_note="kept").json()
    assert "deactivated" in answer["errors"]["run_owner"]
    assert runs.run.items[0].note == ""


def test_why_and_the_log_stand_in_it(runs: RunWorld) -> None:
    runs.start()
    runs.submit(runs.details(8), run_note="by user")
    shown = str(runs.details(8)["blocks"])
    assert "guards against poisoning and leaks" in shown
    assert "noted on" in shown
    assert "Terms: " in shown


@pytest.mark.parametrize("action_id", ["run_details", "run_done"])
def test_a_checklist_that_is_gone_says_so(runs: RunWorld, action_id: str) -> None:
    run = runs.start()
    runs.bot.storage.runs.delete(TEAM, run.id)
    element = {"action_id": action_id, "value": f"{run.id}|1", "type": "button"}
    runs.send(payloads.click(element, channel=CHANNEL))
    assert "has been deleted" in runs.told()


def test_a_closed_one_opens_no_form_and_keeps_none(runs: RunWorld) -> None:
    run = runs.start()
    view = runs.details(1)
    runs.press("run_close")
    assert "closed this checklist" in str(runs.submit(view, run_note="x").json()["errors"])
    element = {"action_id": "run_details", "value": f"{run.id}|1", "type": "button"}
    runs.send(payloads.click(element, channel=CHANNEL))
    assert "closed this checklist" in runs.told()


def test_what_is_done_is_shown_to_whoever_asks_and_undone_there(runs: RunWorld) -> None:
    runs.start()
    for _ in range(7):
        runs.press("run_tick")
        runs.later(seconds=5)
    assert len(buttons(runs.message()["blocks"], "run_untick")) == 0
    runs.press("run_done", user=OTHER)
    shown = runs.slack.of("response_url")[-1]
    assert shown["response_type"] == "ephemeral"
    undo = buttons(shown["blocks"], "run_untick")
    assert len(undo) == 7
    runs.click(undo[0], user=STARTER, ephemeral=True)
    assert runs.run.items[0].is_open
    runs.later(seconds=5)
    assert len(buttons(runs.message()["blocks"], "run_untick")) == 6

"""Due dates counted back from a day, and a checklist that is done again."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checklists.start import start_run
from bot.handbook import Checklist, Handbook, Tip
from bot.handbook.models import Item
from bot.i18n import Text
from bot.playground.limits import find_problems
from bot.slack.action_ids import Target, split_day, with_day
from bot.tips.blocks import build_weekly_tip
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import CHANNEL, NOW, STARTER, RunWorld

LAUNCH = date(2027, 1, 12)


def test_items_get_their_due_dates_from_the_target_day(runs: RunWorld) -> None:
    run = runs.start(run_target="2027-01-12")
    checklist = runs.bot.checklists.library.handbook.entries["cl-agent-launch"]
    assert isinstance(checklist, Checklist)
    leads = [(LAUNCH - item.due).days for item in run.items if item.due]
    assert leads == [item.lead_days for item in checklist.items]
    assert "📅" in str(runs.message()["blocks"])


def test_without_a_day_nothing_is_due(runs: RunWorld) -> None:
    assert not any(item.due for item in runs.start().items)


@pytest.mark.parametrize(
    ("zone", "first"), [("UTC", date(2026, 11, 25)), ("Pacific/Auckland", date(2026, 11, 26))]
)
def test_no_item_is_due_before_today(zone: str, first: date) -> None:
    items = tuple(Item(Text("一", "One"), Text("因", "Why"), lead) for lead in (30, 1, None))
    checklist = Checklist(id="cl-x", file="x", title=Text("单", "List"), items=items)
    run = start_run(
        checklist, run_id="r", team_id="T", channel_id="C", by="U", now=NOW, lang="en", zone=zone,
        target=date(2026, 12, 1),
    )  # fmt: skip
    assert [item.due for item in run.items] == [first, date(2026, 11, 30), None]


def test_a_finished_one_is_done_again_with_what_was_chosen(runs: RunWorld) -> None:
    first = runs.start(run_for="v2", run_add="Tell the board", **{"run_items:0": ["0", "2"],
                       "run_items:10": []})  # fmt: skip
    assert buttons(runs.message()["blocks"], "run_again") == []
    runs.press("run_close")
    runs.later(seconds=5)
    runs.press("run_again")
    view = runs.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    runs.clock.advance(seconds=60)
    runs.submit(view, run_target="2027-01-12")
    again = runs.run
    assert again.id != first.id
    assert again.label == "v2"
    assert [item.text for item in again.items] == [item.text for item in first.items]
    assert again.items[0].due
    assert all(item.is_open for item in again.items)


def test_one_whose_run_is_gone_says_so(runs: RunWorld) -> None:
    run = runs.start()
    runs.bot.storage.runs.delete(TEAM, run.id)
    element = {"action_id": "run_again", "value": f"{run.id}|0", "type": "button"}
    runs.send(payloads.click(element, channel=CHANNEL, user=STARTER))
    assert "has been deleted" in runs.told()


def test_a_dated_tip_starts_its_checklist_for_its_last_day(
    runs: RunWorld, handbook: Handbook
) -> None:
    tip = handbook.entries["tip-631-02"]
    assert isinstance(tip, Tip)
    reply = build_weekly_tip(handbook, tip, "en", day=date(2026, 11, 25), number=1, total=60)
    kinds = [block["type"] for block in reply.blocks]
    assert kinds == ["header", "rich_text", "context", "actions"], "the act first"
    [start] = buttons(list(reply.blocks), "run_start")
    assert split_day(start["value"])[1] == date(2026, 12, 2)
    value = with_day(Target("cl-agent-launch", "en"), LAUNCH)
    runs.send(payloads.click({**start, "value": value}))
    view = runs.slack.of("views.open")[-1]["view"]
    runs.submit(view)
    assert runs.run.items[0].due == date(2026, 12, 29)


@pytest.mark.parametrize("value", ["en|x@", "en|x@soon", "en|x"])
def test_a_value_without_a_day_names_the_checklist_alone(value: str) -> None:
    assert split_day(value) == ("en|x", None)

"""A checklist that repeats, as people meet it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.playground.limits import find_problems
from tests.support import payloads
from tests.support.payloads import buttons
from tests.support.runs import CHANNEL, OTHER, STARTER, RunWorld


def started(runs: RunWorld) -> list[dict[str, object]]:
    """The lists that were posted."""
    return [m for m in runs.slack.of("chat.postMessage") if buttons(m["blocks"], "run_details")]


def test_a_monthly_checklist_starts_by_itself_until_a_member_stops_it(runs: RunWorld) -> None:
    first = runs.start("checklist start agent launch every month", run_target="2026-12-30")
    assert "repeats every month" in str(runs.message()["blocks"])
    view = runs.details(2)
    runs.submit(view, run_owner=OTHER)
    runs.press("run_tick", 0)
    runs.later(days=29, hours=13, minutes=29)  # 25 December, 9:29 in Shanghai
    assert len(started(runs)) == 1
    runs.later(minutes=1)
    assert len(started(runs)) == 2

    second = runs.bot.storage.runs.list_running(first.team_id, CHANNEL)
    assert [run.series_id for run in second] == [first.id], "the one before is closed"
    run = second[0]
    checklist = runs.bot.checklists.library.handbook.entries["cl-agent-launch"]
    leads = [item.lead_days for item in checklist.items]  # type: ignore[attr-defined]
    target, today = date(2027, 1, 30), date(2026, 12, 25)
    expected = [lead if lead is None else max((target - today).days - lead, 0) for lead in leads]
    assert [item.due and (item.due - today).days for item in run.items] == expected
    assert [item.owner for item in run.items][:3] == ["", OTHER, ""]
    posted = started(runs)[-1]
    assert "11 left open in the round before" in str(posted["blocks"])
    assert "11 left open in the round before" in str(posted["text"])
    assert find_problems({"text": posted["text"], "blocks": posted["blocks"]}, "message") == []

    old = {"action_id": "run_tick", "type": "button", "value": f"{first.id}|3"}
    runs.click({**old, "block_id": "run:1:3"}, message_ts=first.message_ts)
    assert "The next round has started" in runs.told()

    runs.type("checklist running", user=OTHER)
    listed = runs.slack.of("response_url")[-1]["blocks"]
    assert "Started by itself" in str(listed)
    stop = buttons(listed, "run_stop")
    assert len(stop) == 1
    runs.click(stop[0], user=OTHER, ephemeral=True, message_ts="")
    assert "no longer starts by itself" in runs.told()
    runs.later(seconds=2)
    assert "repeats every month" not in str(runs.message()["blocks"])
    runs.later(days=70)
    assert len(started(runs)) == 2


def test_whoever_set_it_up_sees_and_stops_it_on_home(runs: RunWorld) -> None:
    runs.start("清单 开始 智能体上线 每周")
    runs.send(payloads.open_home(STARTER))
    home = runs.slack.of("views.publish")[-1]["view"]
    assert find_problems(home, "home") == []
    stop = buttons(home["blocks"], "run_stop")[0]
    runs.send(payloads.click_in_view(stop, user=STARTER))
    assert not buttons(runs.slack.of("views.publish")[-1]["view"]["blocks"], "run_stop")
    runs.later(days=8)
    assert len(started(runs)) == 1


def test_the_channel_goes_and_whoever_set_it_up_is_told(runs: RunWorld) -> None:
    runs.start("checklist start agent launch weekly")
    runs.slack.workspace.channels[CHANNEL].is_archived = True
    runs.send(payloads.event("channel_archive", channel=CHANNEL))
    runs.later(seconds=2)
    assert "no longer starts by itself: the channel is archived" in runs.direct(STARTER)[-1]["text"]
    runs.later(days=8)
    assert len(started(runs)) == 1


def test_a_list_that_cannot_be_posted_leaves_no_series(runs: RunWorld) -> None:
    runs.type("checklist start agent launch weekly")
    view = runs.slack.of("views.open")[-1]["view"]
    runs.slack.remove_bot()
    runs.submit(view)
    assert runs.bot.storage.series.next_moment() is None
    runs.later(seconds=2)
    assert ["/invite" in m["text"] for m in runs.direct(STARTER)] == [True], "told once"


@pytest.mark.parametrize(
    ("typed", "said", "example"),
    [
        ("checklist start launch every day", "not “every day”", "start launch every week"),
        ("清单 开始 上线 每两周", "不能按“每两周”重复", "开始 上线 每周"),
    ],
)
def test_a_rhythm_that_there_is_not_is_refused_with_an_example(
    runs: RunWorld, typed: str, said: str, example: str
) -> None:
    runs.type(typed)
    assert said in runs.told()
    assert example in runs.told()


def test_a_mention_keeps_the_rhythm_for_its_button(runs: RunWorld) -> None:
    runs.send(payloads.mention("checklist start agent launch every quarter", user=STARTER))
    start = buttons(runs.slack.of("chat.postEphemeral")[-1]["blocks"], "run_start")[0]
    runs.send(payloads.click(start, user=STARTER))
    view = runs.slack.of("views.open")[-1]["view"]
    assert runs.submit(view).body == ""
    assert "repeats every quarter" in str(runs.message()["blocks"])

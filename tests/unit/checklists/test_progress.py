from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.checklists.changes import apply
from bot.checklists.models import ChangeKind, Run
from bot.checklists.progress import (
    PAGE_ITEMS,
    count_progress,
    is_overdue,
    next_overdue,
    page_of,
    summarise,
)
from tests.support.runs import NOW, OTHER, SHANGHAI, STARTER, build_run, line


def with_due(day: date, zone: str = "") -> Run:
    run = build_run(1)
    return replace(run, items=(replace(run.items[0], due=day, zone=zone),))


def test_what_does_not_apply_is_left_out_of_the_total() -> None:
    run = build_run(4)
    for entry in (line(ChangeKind.TICKED, item=1), line(ChangeKind.EXCLUDED, item=2, text="no")):
        run = apply(run, entry)
    progress = count_progress(run, NOW)
    assert (progress.done, progress.total, progress.excluded) == (1, 3, 1)


def test_an_item_is_overdue_from_midnight_in_its_owners_zone() -> None:
    run = with_due(date(2026, 11, 26), SHANGHAI)
    midnight = datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert next_overdue(run, NOW) == midnight
    assert not is_overdue(run, run.items[0], midnight - timedelta(seconds=1))
    assert is_overdue(run, run.items[0], midnight)
    assert next_overdue(run, midnight) is None


def test_without_an_owner_the_starters_zone_counts() -> None:
    run = replace(with_due(date(2026, 11, 25)), zone=SHANGHAI)
    assert is_overdue(run, run.items[0], datetime(2026, 11, 25, 16, tzinfo=UTC))


@pytest.mark.parametrize("what", [ChangeKind.TICKED, ChangeKind.EXCLUDED])
def test_what_is_settled_is_not_overdue(what: ChangeKind) -> None:
    run = apply(with_due(date(2020, 1, 1)), line(what, item=1))
    assert count_progress(run, NOW).overdue == 0


def test_nothing_of_a_closed_run_is_overdue() -> None:
    run = replace(with_due(date(2020, 1, 1)), closed_at=NOW)
    assert count_progress(run, NOW).overdue == 0
    assert next_overdue(replace(with_due(date(2030, 1, 1)), closed_at=NOW), NOW) is None


def test_the_last_day_that_there_is_never_passes() -> None:
    assert next_overdue(with_due(date.max), NOW) is None


@pytest.mark.parametrize("count", [1, 15, 16, 31, 60])
def test_pages_are_about_the_same_length_and_show_everything_once(count: int) -> None:
    run = build_run(count)
    pages = [page_of(run, n) for n in range(page_of(run).count)]
    assert [i.no for page in pages for i in page.items] == list(range(1, count + 1))
    lengths = [len(page.items) for page in pages]
    assert max(lengths) <= PAGE_ITEMS
    assert min(lengths) >= 1


@pytest.mark.parametrize(("asked", "got"), [(-1, 0), (0, 0), (1, 1), (99_999, 1)])
def test_a_page_that_is_not_there_is_the_nearest(asked: int, got: int) -> None:
    assert page_of(build_run(20), asked).number == got


def test_a_summary_says_who_did_what_and_the_days_by_the_calendar() -> None:
    run = build_run(4)
    for number, (item, by) in enumerate([(2, OTHER), (1, STARTER), (4, OTHER)], 2):
        run = apply(run, line(ChangeKind.TICKED, number, by=by, item=item))
    run = replace(run, closed_at=NOW + timedelta(hours=13))
    summary = summarise(run, NOW)
    assert summary.done_by == {STARTER: (1,), OTHER: (2, 4)}
    assert (summary.days, summary.left) == (1, (3,))

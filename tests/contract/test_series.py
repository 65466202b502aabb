"""A checklist that starts by itself: each round once, on its day, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.checklists.messages import SeriesPlanner
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.posts import FEATURE, PostKind, kind_of
from bot.checklists.rhythm import Rhythm
from bot.checklists.series import Series, next_start, start_round, start_series
from bot.outbox.models import GRACE, RESTORED, Kind, OutboundMessage, State
from bot.restoring import doubt_what_was_due
from bot.storage import Storage, open_storage
from bot.tips.rotation import Pool
from tests.support.databases import FAST
from tests.support.local_slack import TEAM
from tests.support.runs import CHANNEL, NOW, OTHER, SHANGHAI, STARTER, build_checklist, build_run

DUE = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)  # a week after NOW


def begin(storage: Storage, rhythm: Rhythm = Rhythm.WEEK) -> Series:
    run = build_run()
    series = start_series(run, build_checklist(), rhythm, None)
    storage.runs.create(replace(run, rhythm=rhythm, series_id=series.id), series)
    return series


def posts(storage: Storage, kind: PostKind) -> list[OutboundMessage]:
    found = storage.outbox.history(TEAM, FEATURE, limit=100)
    return [m for m in found if m.kind is Kind.POST and kind_of(m) is kind]


def rounds(storage: Storage) -> list[Run]:
    """The newest first."""
    return sorted(storage.runs.list_recent(TEAM, CHANNEL, 100), key=lambda r: r.started_at)[::-1]


def change(storage: Storage, run: Run, what: ChangeKind, item: int = 1, **fields: str) -> None:
    wanted = Change(what=what, item=item, **fields)  # type: ignore[arg-type]
    storage.runs.change(TEAM, run.id, wanted, STARTER, NOW)


def test_a_round_starts_once_with_its_owners_and_ends_the_one_before(storage: Storage) -> None:
    planner = SeriesPlanner(storage.series)
    series = begin(storage)
    first = rounds(storage)[0]
    change(storage, first, ChangeKind.ASSIGNED, 2, user_id=OTHER, zone=SHANGHAI)
    change(storage, first, ChangeKind.TICKED, 1)
    assert (planner.next_moment(), planner.enqueue_due(DUE - timedelta(seconds=1))) == (DUE, False)

    assert planner.enqueue_due(DUE)
    assert not planner.enqueue_due(DUE)
    following, before = rounds(storage)
    assert [(i.owner, i.zone, i.is_open) for i in following.items] == [
        ("", "", True), (OTHER, SHANGHAI, True), ("", "", True)]  # fmt: skip
    assert (following.left_open, following.rhythm) == (2, Rhythm.WEEK)
    assert (before.is_closed, before.closed_by, before.rhythm) == (True, "", Rhythm.ONCE)
    lists = posts(storage, PostKind.LIST)
    assert [(p.due_at, p.expires_at) for p in lists if p.subject == following.id] == [
        (DUE, DUE + GRACE)]  # fmt: skip
    assert not posts(storage, PostKind.SUMMARY), "nobody is nagged about the round before"
    told = {post.subject for post in posts(storage, PostKind.ASSIGNED)}
    assert following.id not in told, "an owner is told once, not each round"
    found = storage.series.find(TEAM, series.id)
    assert found is not None
    assert next_start(found) == DUE + timedelta(days=7)


def test_of_two_processes_one_starts_the_round(storage: Storage, database_url: str) -> None:
    begin(storage)
    other = open_storage(database_url, FAST)
    due = storage.series.list_due(DUE)[0]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda s: s.series.start_next(due, DUE), [storage, other]))
    other.close()
    assert [one is None for one in made].count(True) == 1
    assert len(rounds(storage)) == 2
    assert len(posts(storage, PostKind.LIST)) == 2


def test_a_round_that_is_too_late_is_left_out_and_said(storage: Storage) -> None:
    planner = SeriesPlanner(storage.series)
    series = begin(storage)
    back = DUE + timedelta(days=14) + GRACE  # in time for the third alone
    while planner.enqueue_due(back):
        pass
    found = storage.series.find(TEAM, series.id)
    assert found is not None
    assert (len(rounds(storage)), found.number, found.skipped) == (2, 4, None)
    assert planner.enqueue_due(DUE + timedelta(days=21) + GRACE + timedelta(seconds=1))
    found = storage.series.find(TEAM, series.id)
    assert found is not None
    assert found.skipped == (DUE + timedelta(days=21)).date()
    assert len(rounds(storage)) == 2


def test_a_series_goes_on_without_a_deleted_round_and_ends_with_its_channel(
    storage: Storage,
) -> None:
    planner = SeriesPlanner(storage.series)
    series = begin(storage)
    storage.runs.delete(TEAM, series.id)
    storage.runs.move(TEAM, CHANNEL, "C2", NOW)
    assert planner.enqueue_due(DUE)
    [run] = storage.runs.list_running(TEAM, "C2")
    assert (run.left_open, run.series_id) == (0, series.id)

    storage.runs.suspend(TEAM, "C2", "is_archived", DUE)
    assert (storage.series.list_here(TEAM, "C2"), planner.next_moment()) == ([], None)
    [told] = posts(storage, PostKind.STOPPED)
    assert (told.channel_id, told.data["reason"]) == (STARTER, "is_archived")


@pytest.mark.parametrize("how", ["stopped", "uninstalled", "workspace stopped"])
def test_after_the_end_nothing_starts(storage: Storage, how: str) -> None:
    series = begin(storage)
    if how == "stopped":
        assert storage.series.stop(TEAM, series.id, OTHER, NOW)
        assert storage.series.stop(TEAM, series.id, OTHER, NOW) is None
        assert rounds(storage)[0].rhythm is Rhythm.ONCE
        assert storage.runs.log(TEAM, series.id)[0].by == OTHER
    elif how == "uninstalled":
        storage.workspaces.delete(TEAM)
    else:
        storage.workspaces.stop(TEAM, "account_inactive")
    assert storage.series.next_moment() is None
    assert not SeriesPlanner(storage.series).enqueue_due(DUE)


def test_who_leaves_or_moves_is_followed_in_later_rounds(storage: Storage) -> None:
    series = begin(storage)
    first = rounds(storage)[0]
    for item in (1, 2):
        change(storage, first, ChangeKind.ASSIGNED, item, user_id=OTHER, zone="UTC")
    change(storage, first, ChangeKind.TICKED, 1)
    storage.series.follow_zone(TEAM, OTHER, SHANGHAI)
    found = storage.series.find(TEAM, series.id)
    assert found is not None
    assert [k.item.zone for k in found.items] == [SHANGHAI, SHANGHAI, ""]
    storage.runs.unassign(TEAM, CHANNEL, OTHER, NOW)
    found = storage.series.find(TEAM, series.id)
    assert found is not None
    assert not any(k.item.owner for k in found.items), "also of what was done"


def test_after_a_restore_a_round_of_since_the_backup_is_looked_up(storage: Storage) -> None:
    series = begin(storage)
    storage.workspaces.stop(TEAM, "account_inactive")  # as the backup has it
    doubt_what_was_due(storage, lambda: Pool(()), DUE + timedelta(hours=1))
    posted = start_round(series, DUE, left_open=0)  # by the bot that ran until then
    again = [post for post in posts(storage, PostKind.LIST) if post.subject == posted.id]
    assert [(p.id, p.state, p.error, p.due_at) for p in again] == [
        (posted.id, State.UNCONFIRMED, RESTORED, DUE)]  # fmt: skip
    storage.workspaces.resume(TEAM)
    assert not SeriesPlanner(storage.series).enqueue_due(DUE + timedelta(hours=1))

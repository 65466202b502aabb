"""Series of runs: what is set, and starting the next round. A run is locked before its series
everywhere, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from bot.checklists.changes import Changed
from bot.checklists.models import Change, ChangeKind, Item, Run
from bot.checklists.repository.kept import (
    change_owned_items,
    find_series,
    forget_series,
    lock_series,
    save_series,
)
from bot.checklists.repository.reading import lock_run
from bot.checklists.repository.rows import to_series
from bot.checklists.repository.runs import RunRepository
from bot.checklists.series import (
    Series,
    is_too_late,
    next_start,
    pass_round,
    skip_round,
    start_round,
    without_owner,
)
from bot.checklists.tables import series as SERIES
from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.outbox.claiming import ALIVE
from bot.outbox.repository import Outbox

BATCH = 100  # series at a time
NEXT_MOMENT = (  # built once: the worker asks often
    select(func.min(SERIES.c.next_at))
    .join_from(SERIES, TEAMS, SERIES.c.team_id == TEAMS.c.team_id)
    .where(ALIVE)
)


class SeriesRepository:
    def __init__(self, database: Database, outbox: Outbox, runs: RunRepository) -> None:
        self._database = database
        self._outbox = outbox
        self._runs = runs

    def find(self, team_id: str, series_id: str) -> Series | None:
        found = self._list(SERIES.c.team_id == team_id, SERIES.c.id == series_id)
        return found[0] if found else None

    def list_here(self, team_id: str, channel_id: str) -> list[Series]:
        """A channel's, the next to start first."""
        return self._list(SERIES.c.team_id == team_id, SERIES.c.channel_id == channel_id)

    def list_by_user(self, team_id: str, user_id: str) -> list[Series]:
        """The series that a person set up, the next to start first."""
        return self._list(SERIES.c.team_id == team_id, SERIES.c.started_by == user_id)

    def stop(self, team_id: str, series_id: str, by: str, now: datetime) -> Series | None:
        """No more rounds; the run of now stays as it is. What the series was; None if there is
        none any more."""
        known = self.find(team_id, series_id)
        if known is None:
            return None
        with self._outbox.write() as connection:
            change = Change(what=ChangeKind.UNREPEATED)
            self._runs.change_within(connection, team_id, known.run_id, change, by, now)
            forget_series(connection, team_id, series_id)
        return known

    def follow_zone(self, team_id: str, user_id: str, zone: str) -> None:
        """A person moved to another time zone: their items of later rounds follow."""
        self._change_owned(team_id, user_id, lambda item: replace(item, zone=zone))

    def mark_unreachable(self, team_id: str, user_id: str, error: str) -> None:
        self._change_owned(team_id, user_id, lambda item: replace(item, unreachable=error))

    def unassign(self, team_id: str, user_id: str) -> None:
        """In later rounds, whatever the channel, nothing is this person's."""
        self._change_owned(team_id, user_id, without_owner)

    # For the planner

    def refresh(self) -> int:
        """Compute all due moments again, at a start: governments change clocks. How many moved."""
        with self._database.write() as connection:
            rows = connection.execute(select(SERIES).with_for_update()).mappings().all()
            moved = [
                {"series_id": row["id"], "next": moment}
                for row in rows
                if (moment := next_start(to_series(row))) != row["next_at"]
            ]
            if moved:
                query = update(SERIES).where(SERIES.c.id == bindparam("series_id"))
                connection.execute(query.values(next_at=bindparam("next")), moved)
        return len(moved)

    def next_moment(self) -> datetime | None:
        """When the next round is due, in all workspaces; None if never."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_MOMENT)
        return found

    def list_due(self, now: datetime, *, everywhere: bool = False) -> list[Series]:
        """All series whose round is due; `everywhere`: those of stopped workspaces too."""
        query = (
            select(SERIES)
            .join(TEAMS, SERIES.c.team_id == TEAMS.c.team_id)
            .where(SERIES.c.next_at <= now, *(() if everywhere else (ALIVE,)))
            .order_by(SERIES.c.next_at, SERIES.c.id)
            .limit(BATCH)
        )
        with self._database.read() as connection:
            return [to_series(row) for row in connection.execute(query).mappings()]

    def start_next(self, due: Series, now: datetime) -> Series | None:
        """Start the round that is due, with its post, and end the one before it, or leave out one
        that is too late: all at once, and once, whoever else tries. The series after that; None
        if another process was faster."""
        with self._outbox.write() as connection:
            before = lock_run(connection, due.team_id, due.run_id)
            found = lock_series(connection, due.team_id, due.id)
            if found is None or (found.number, found.run_id) != (due.number, due.run_id):
                return None
            if is_too_late(found, now):
                after = skip_round(found)
            else:
                left = self._end(connection, before, now)
                run = start_round(found, now, left)
                self._runs.create_within(connection, run, next_start(found))
                after = pass_round(found, run)
            save_series(connection, after)
        return after

    def _end(self, connection: Connection, run: Run | None, now: datetime) -> int:
        """The round before: how many of its items were open."""
        if run is None:
            return 0
        change = Change(what=ChangeKind.FOLLOWED)
        made = self._runs.change_within(connection, run.team_id, run.id, change, "", now)
        was_open = isinstance(made, Changed) and not made.before.is_closed
        return sum(item.is_open for item in run.items) if was_open else 0

    def _change_owned(self, team_id: str, user_id: str, change: Callable[[Item], Item]) -> None:
        with self._database.write() as connection:
            change_owned_items(connection, team_id, user_id, change)

    def _list(self, *conditions: ColumnElement[bool]) -> list[Series]:
        with self._database.read() as connection:
            return find_series(connection, *conditions)

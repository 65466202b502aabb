"""Which messages of running checklists show less than their run, and who updates them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, or_, select, update

from bot.checklists.models import Run
from bot.checklists.refresh import LEASE
from bot.checklists.repository.reading import instant, load_runs
from bot.checklists.tables import runs
from bot.database.engine import Database
from bot.database.tables import workspaces
from bot.tips.repository.claiming import ALIVE

TEAMS = workspaces
HAS_MESSAGE = runs.c.message_ts != ""


class RefreshRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, now: datetime) -> tuple[Run, int] | None:
        """A run whose message may be updated now, for one caller until it is settled or its lease
        is over, and how often it was tried in vain, this time included."""
        due = (
            select(runs.c.id)
            .join(TEAMS, runs.c.team_id == TEAMS.c.team_id)
            .where(runs.c.refresh_at <= now, HAS_MESSAGE, ALIVE)
            .order_by(runs.c.refresh_at)
            .limit(1)
        )
        with self._database.read() as connection:  # mostly there is nothing, and no need to lock
            if connection.scalar(due) is None:
                return None
        with self._database.write() as connection:
            run_id = connection.scalar(due.with_for_update(skip_locked=True, of=runs))
            if run_id is None:
                return None
            until = now + LEASE
            # What changes by itself, an item that is overdue, is a new revision as well.
            revision = case((runs.c.shown == runs.c.revision, runs.c.revision + 1),
                            else_=runs.c.revision)  # fmt: skip
            values = {"refresh_at": until, "not_before": until, "revision": revision,
                      "tries": runs.c.tries + 1}  # fmt: skip
            claimed = update(runs).where(runs.c.id == run_id).values(**values)
            tries = connection.scalar(claimed.returning(runs.c.tries))
            [run] = load_runs(connection, runs.c.id == run_id)
        return run, tries or 1

    def mark(self, team_id: str, channel_id: str, now: datetime) -> None:
        """Have the messages of a channel's open runs updated, though nothing changed."""
        here = (
            runs.c.team_id == team_id, runs.c.channel_id == channel_id, runs.c.closed_at.is_(None),
        )  # fmt: skip
        later = case((runs.c.not_before > now, runs.c.not_before), else_=instant(now))
        with self._database.write() as connection:
            connection.execute(update(runs).where(*here).values(refresh_at=later))

    def settle(
        self,
        run: Run,
        *,
        shown: bool,
        after: datetime,
        problem: str = "",
        lost: bool = False,
        look_again: datetime | None = None,
    ) -> None:
        """What came of an update to `run` as it was claimed. If it has changed since, or was not
        `shown`, it comes again at `after`; else at `look_again`."""
        current = runs.c.revision == run.revision
        values: dict[str, object] = {"not_before": after, "refresh_at": after}
        if shown:
            values |= {"shown": run.revision, "tries": 0, "problem": problem}
            values["refresh_at"] = case((current, instant(look_again)), else_=instant(after))
        if lost:
            values["message_ts"] = ""
        query = update(runs).where(runs.c.id == run.id, runs.c.message_ts == run.message_ts)
        with self._database.write() as connection:
            connection.execute(query.values(**values))

    def hold(self, team_id: str, until: datetime) -> None:
        """Update nothing of the workspace before `until`."""
        here = (
            runs.c.team_id == team_id,
            or_(runs.c.not_before.is_(None), runs.c.not_before < until),
        )
        later = case((runs.c.refresh_at < until, instant(until)), else_=runs.c.refresh_at)
        query = update(runs).where(*here).values(not_before=until, refresh_at=later)
        with self._database.write() as connection:
            connection.execute(query)

    def next_moment(self) -> datetime | None:
        """When there is something to update; None if nothing is."""
        query = (
            select(func.min(runs.c.refresh_at))
            .join_from(runs, TEAMS, runs.c.team_id == TEAMS.c.team_id)
            .where(runs.c.refresh_at.is_not(None), HAS_MESSAGE, ALIVE)
        )
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query)
        return found

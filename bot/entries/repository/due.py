"""Entries by the moment when somebody is to be asked about them, of all workspaces: the only calls
about entries that take no workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.entries.models import TeamEntry
from bot.entries.posts import PostKind, build_asked
from bot.entries.repository.rows import to_entry
from bot.entries.reviews import AGAIN, OWNER_ASKED
from bot.entries.tables import entries as ENTRIES
from bot.outbox.claiming import ALIVE
from bot.outbox.repository import Outbox

BATCH = 200  # in one transaction
A_DAY = 5  # questions to one owner; the rest come on the next day
NOBODY = timedelta(days=30)  # until somebody may have been named curator
NEXT_MOMENT = (  # built once: the worker asks often
    select(func.min(ENTRIES.c.ask_at))
    .join_from(ENTRIES, TEAMS, ENTRIES.c.team_id == TEAMS.c.team_id)
    .where(ALIVE)
)

FindCurators = Callable[[str], Sequence[str]]  # of a workspace: a channel, or people


class DueReviews:
    """A planner of the outbox. Any number of processes may run it."""

    def __init__(self, database: Database, outbox: Outbox, find_curators: FindCurators) -> None:
        self._database = database
        self._outbox = outbox
        self._find_curators = find_curators

    def next_moment(self) -> datetime | None:
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_MOMENT)
        return found

    def enqueue_due(self, now: datetime) -> bool:
        moment = self.next_moment()
        if moment is None or moment > now:  # mostly, and no need to write
            return False
        query = (
            select(ENTRIES)
            .join(TEAMS, ENTRIES.c.team_id == TEAMS.c.team_id)
            .where(ENTRIES.c.ask_at <= now, ALIVE)
            .order_by(ENTRIES.c.ask_at, ENTRIES.c.team_id, ENTRIES.c.entry_id)
            .limit(BATCH)
            .with_for_update(skip_locked=True, of=ENTRIES)
        )
        asked: Counter[tuple[str, str]] = Counter()
        with self._outbox.write() as connection:
            found = [to_entry(row) for row in connection.execute(query).mappings()]
            for entry in found:
                key = (entry.team_id, entry.owner)
                asked[key] += 1
                self._ask(connection, entry, now, is_too_much=asked[key] > A_DAY)
        return bool(found)

    def _ask(
        self, connection: Connection, entry: TeamEntry, now: datetime, *, is_too_much: bool
    ) -> None:
        later: datetime | None = now + AGAIN
        if entry.asked >= OWNER_ASKED or not entry.owner:  # imported, without a name
            curators = self._find_curators(entry.team_id)
            posts = build_asked(entry, PostKind.ASKED_CURATORS, curators, now)
            later = None if posts else now + NOBODY
        elif is_too_much:
            posts, later = [], now + timedelta(days=1)
        else:
            posts = build_asked(entry, PostKind.ASKED, [entry.owner], now)
        self._outbox.add(connection, posts)
        after = replace(entry, asked=entry.asked + 1 if posts else entry.asked)
        here = (ENTRIES.c.team_id == entry.team_id, ENTRIES.c.entry_id == entry.entry_id)
        connection.execute(update(ENTRIES).where(*here).values(asked=after.asked, ask_at=later))

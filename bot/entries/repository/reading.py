"""What search and export read of the entries, and how a process hears of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.database.changes import last_change
from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import INSTALLED, is_installed
from bot.entries.models import EntryState, TeamEntry, Wording
from bot.entries.repository.rows import to_entry
from bot.entries.tables import entries as ENTRIES
from bot.entries.tables import wordings as WORDINGS


@dataclass(frozen=True, slots=True)
class EntryChanges:
    """What changed up to the change number `change`. `complete`: what is not named is not there."""

    change: int
    entries: Sequence[TeamEntry]  # retired ones too, unless complete
    wordings: Sequence[Wording]
    complete: bool


class EntryReader:
    def __init__(self, database: Database) -> None:
        self._database = database

    def last_change(self) -> int:
        """A number that grows with every change, and whenever a workspace comes or goes."""
        with self._database.read() as connection:
            return last_change(connection, "entries", "workspaces")

    def counters(self) -> dict[str, int]:
        """Workspace -> the number of its last change, where there has been any, and the app is
        still installed."""
        query = select(TEAMS.c.team_id, TEAMS.c.entry_changes).where(
            TEAMS.c.entry_changes > 0, INSTALLED
        )
        with self._database.read() as connection:
            return {row.team_id: row.entry_changes for row in connection.execute(query)}

    def list_large(self, least: int) -> dict[str, int]:
        """Workspaces with at least so many published entries, and their number."""
        number = func.count().label("number")
        query = (
            select(ENTRIES.c.team_id, number)
            .where(ENTRIES.c.state == EntryState.PUBLISHED, is_installed(ENTRIES.c.team_id))
            .group_by(ENTRIES.c.team_id)
            .having(number >= least)
        )
        with self._database.read() as connection:
            return {row.team_id: row.number for row in connection.execute(query)}

    def changes(self, team_id: str, after: int) -> EntryChanges:
        """What changed after the change `after`; all, if the workspace was deleted since."""
        counted = select(TEAMS.c.entry_changes).where(TEAMS.c.team_id == team_id)
        with self._database.read() as connection:
            change = connection.scalar(counted) or 0
            complete = after == 0 or change < after
            if not complete and change == after:
                return EntryChanges(change, (), (), complete=False)
            here, seen = ENTRIES.c.team_id == team_id, 0 if complete else after
            entries = select(ENTRIES).where(here, ENTRIES.c.change > seen)
            if complete:
                entries = entries.where(ENTRIES.c.state == EntryState.PUBLISHED)
            wordings = select(WORDINGS.c.text, WORDINGS.c.entry_id).where(
                WORDINGS.c.team_id == team_id, WORDINGS.c.change > seen
            )
            found = [to_entry(row) for row in connection.execute(entries).mappings()]
            said = [Wording(row.text, row.entry_id) for row in connection.execute(wordings)]
        return EntryChanges(change, found, said, complete)

    def list_entries(self, team_id: str) -> list[TeamEntry]:
        """All of a workspace, retired ones too, the oldest change first."""
        query = select(ENTRIES).where(ENTRIES.c.team_id == team_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(ENTRIES.c.change, ENTRIES.c.entry_id))
            return [to_entry(row) for row in rows.mappings()]

    def list_wordings(self, team_id: str) -> list[Wording]:
        query = select(WORDINGS.c.text, WORDINGS.c.entry_id).where(WORDINGS.c.team_id == team_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(WORDINGS.c.change, WORDINGS.c.key))
            return [Wording(row.text, row.entry_id) for row in rows]

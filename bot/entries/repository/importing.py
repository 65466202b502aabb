"""An import: its changes in transactions of a second, so that others write in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.database.changes import count_change
from bot.database.deadline import each_within
from bot.database.engine import Database
from bot.database.workspaces import require_workspace
from bot.entries.models import Change, Refusal, Wording
from bot.entries.repository.entries import EntryRepository
from bot.entries.repository.writing import Prepared, prepare, save

BATCH = 200  # changes in one transaction: all that a form can hold, and more
SECONDS = 60  # that a transaction may wait for its turn


class ImportRepository:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries = EntryRepository(database)

    def apply(
        self, team_id: str, changes: Sequence[Change], wordings: Sequence[Wording], now: datetime
    ) -> dict[str, Refusal]:
        """Entry id -> why it was not changed: somebody else did meanwhile, or there are too many.
        Done twice, it is done once: an import that broke off is repeated. Raises StorageError."""
        refused: dict[str, Refusal] = {}
        with each_within(SECONDS):
            for start in range(0, len(changes), BATCH):
                with self._database.write() as connection:
                    require_workspace(connection, team_id)
                    for change in changes[start : start + BATCH]:
                        made = prepare(connection, change, now)
                        if isinstance(made, Prepared):
                            save(connection, self._database, made)
                        elif isinstance(made, Refusal) and made is not Refusal.SAME:
                            refused[change.entry_id] = made
                    count_change(self._database, connection, "entries")
            for wording in wordings:
                if wording.entry_id not in refused:
                    self._entries.add_wording(team_id, wording.text, wording.entry_id)
        return refused

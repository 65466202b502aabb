"""The library of one workspace, for a program that serves no other."""

from __future__ import annotations

from collections.abc import Callable

from bot.entries.repository.reading import EntryReader
from bot.entries.shelves import TeamShelves
from bot.search.library import Library


class OneLibrary:
    """The handbook with what the workspace has published, as of the last `refresh`."""

    def __init__(self, reader: EntryReader, team_id: str, find_base: Callable[[], Library]) -> None:
        """`find_base` gives the handbook's library. Raises StorageError."""
        self._reader = reader
        self._team_id = team_id
        self._find_base = find_base
        self._shelves = TeamShelves(find_base())
        self.refresh()

    @property
    def current(self) -> Library:
        return self._shelves.library

    def refresh(self) -> None:
        """Take over what was published since, and a changed handbook. Raises StorageError."""
        base = self._find_base()
        change = self._reader.counters().get(self._team_id)
        if change is None:  # no entries; or the app was removed, and they are nobody's to read
            self._shelves = TeamShelves(base)
        elif change != self._shelves.change or base is not self._shelves.base:
            changes = self._reader.changes(self._team_id, self._shelves.change)
            self._shelves.apply(changes, base)

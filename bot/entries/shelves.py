"""One workspace's own entries as far as they were read, and the library made of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.entries.found import build_entry, build_found
from bot.entries.models import EntryState, Wording
from bot.entries.repository.reading import EntryChanges
from bot.handbook.models import Entry
from bot.search.joined import Shelf, join
from bot.search.library import Library, warm_up
from bot.search.normalize import key_of

# Entries that may have changed since the large shelf was built: so many, or this share of it. A
# new entry is then found after the time that its small shelf takes, some 0.1 s.
FEW, SHARE = 200, 0.125


class TeamShelves:
    """Changed by one thread at a time; `library` is swapped in one assignment."""

    def __init__(self, base: Library) -> None:
        self.base = self.library = base
        self.change = 0
        self._published: dict[str, tuple[str, Entry]] = {}  # with what it replaces
        self._wordings: dict[str, Wording] = {}
        self._whole = Shelf({})

    def __len__(self) -> int:
        """Entries that are kept in memory."""
        return len(self._published)

    def apply(self, changes: EntryChanges, base: Library) -> None:
        """Take over what changed, and build what has to be built anew. Until that is done, the
        library is the one before."""
        published = {} if changes.complete else dict(self._published)
        wordings = {} if changes.complete else dict(self._wordings)
        for record in changes.entries:
            published.pop(record.entry_id, None)
            if record.state is EntryState.PUBLISHED:
                published[record.entry_id] = record.draft.replaces, build_entry(record)
        wordings |= {key_of(wording.text): wording for wording in changes.wordings}
        found = build_found(base.handbook.entries, published.values(), wordings.values())
        whole, shelves = self._arrange(found.entries)
        library = base
        if found.entries:
            library = warm_up(join(base, found.entries, shelves, found.replaced, found.wordings))
        self._published, self._wordings, self._whole = published, wordings, whole
        self.base, self.library, self.change = base, library, changes.change

    def _arrange(
        self, entries: Mapping[str, Entry]
    ) -> tuple[Shelf, list[tuple[Shelf, frozenset[str]]]]:
        """The large shelf, and all shelves, each with those of its entries that are hidden."""
        before = self._whole.entries
        recent = {i: entry for i, entry in entries.items() if not _is_same(before.get(i), entry)}
        hidden = frozenset(i for i in before if i in recent or i not in entries)
        if len(recent) + len(hidden) > max(FEW, SHARE * len(before)):
            whole = Shelf(entries)
            return whole, [(whole, frozenset())]
        shelves = [(self._whole, hidden)] if before else []
        return self._whole, [*shelves, (Shelf(recent), frozenset())] if recent else shelves


def _is_same(one: Entry | None, other: Entry) -> bool:
    return one is other or one == other

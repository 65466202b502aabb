"""A handbook and a workspace's own entries as one library: found together, the workspace's first.

The workspace's entries stand on shelves of their own beside the handbook's index, which all
workspaces share. What changes often is a small shelf, so that one new entry costs no more than
itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from threading import Lock

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.indexes import Indexes, Searched
from bot.search.joined_names import JoinedNames
from bot.search.joined_topics import JoinedTopics
from bot.search.library import Library
from bot.search.matcher import Matcher
from bot.search.names import NameIndex
from bot.search.normalize import clean_query, key_of
from bot.search.results import Answer, How, Match, Result
from bot.search.topic_index import TopicIndex
from bot.search.topics import Topics


class Shelf:
    """Entries with their indexes, to be joined with a handbook's. Built once, then only read."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.handbook = Handbook(entries)
        self.names = NameIndex.build(self.handbook)
        self._topics: TopicIndex | None = None
        self._lock = Lock()

    @property
    def entries(self) -> Mapping[str, Entry]:
        return self.handbook.entries

    def topics(self, mean_length: float) -> TopicIndex:
        """Built when first asked for. `mean_length`: of the handbook's texts."""
        with self._lock:
            if self._topics is None:
                self._topics = TopicIndex(self.handbook, mean_length=mean_length, all_meant=True)
            return self._topics


class JoinedEntries(Mapping[str, Entry]):
    """The entries by id. Who asks for one that another one replaces gets that."""

    def __init__(
        self, base: Mapping[str, Entry], own: Mapping[str, Entry], replaced: Mapping[str, str]
    ) -> None:
        self._base, self._own, self._replaced = base, own, replaced

    def __getitem__(self, entry_id: str) -> Entry:
        entry_id = self._replaced.get(entry_id, entry_id)
        found = self._own.get(entry_id)
        return self._base[entry_id] if found is None else found

    def __iter__(self) -> Iterator[str]:
        """The workspace's first; what is replaced is passed over."""
        yield from (entry_id for entry_id in self._own if entry_id not in self._base)
        yield from (entry_id for entry_id in self._base if entry_id not in self._replaced)

    def __len__(self) -> int:
        added = sum(entry_id not in self._base for entry_id in self._own)
        return len(self._base) - len(self._replaced) + added


class JoinedIndexes:
    """The handbook's indexes with those of shelves."""

    def __init__(
        self,
        base: Indexes,
        shelves: Collection[tuple[Shelf, frozenset[str]]],
        hidden: frozenset[str],
    ) -> None:
        """`hidden` are the entries of the handbook that a shelf has, or replaces. Each shelf comes
        with those of its own that a later one has, or that are no more."""
        self.names = JoinedNames(
            [(base.names, hidden), *((shelf.names, ids) for shelf, ids in shelves)]
        )
        self.comparisons = base.comparisons
        self._base, self._shelves, self._hidden = base, shelves, hidden
        self._joined: Topics | None = None
        self._topics_lock = Lock()

    @property
    def topics(self) -> Topics:
        with self._topics_lock:
            if self._joined is None:
                base = self._base.topics
                own = [(shelf.topics(base.mean_length), ids) for shelf, ids in self._shelves]
                self._joined = JoinedTopics([(base, self._hidden), *own])
            return self._joined


class JoinedMatcher(Matcher):
    """A text that people said an entry answers is answered with it."""

    def __init__(self, handbook: Handbook, indexes: Searched, wordings: Mapping[str, str]) -> None:
        """`wordings`: the key of such a text -> the entry's id."""
        super().__init__(handbook, indexes)
        self._wordings = wordings

    def find(self, query: str, kinds: Collection[Kind] = ()) -> Result:
        if self._wordings:
            text = clean_query(query)
            entry = self.handbook.entries.get(self._wordings.get(key_of(text), ""))
            if entry and (not kinds or entry.kind in kinds):
                return Answer((Match(entry, 1.0, text, How.EXACT),))
        return super().find(query, kinds)


def join(
    base: Library,
    own: Mapping[str, Entry],
    shelves: Collection[tuple[Shelf, frozenset[str]]],
    replaced: Mapping[str, str],
    wordings: Mapping[str, str],
) -> Library:
    """`own` are the entries on the shelves, without those that are hidden there; `replaced`: the
    handbook's entries that one of them stands for, and which."""
    entries = JoinedEntries(base.handbook.entries, own, replaced)
    handbook = Handbook(entries, base.handbook.headings, base.handbook.collisions)
    hidden = frozenset(replaced) | (own.keys() & base.handbook.entries.keys())
    under = base.matcher.indexes
    if not isinstance(under, Indexes):
        raise TypeError("a library that is joined already")
    indexes = JoinedIndexes(under, shelves, hidden)
    return Library(handbook, JoinedMatcher(handbook, indexes, wordings))

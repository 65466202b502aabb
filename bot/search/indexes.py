"""Everything that is built from a handbook to search it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol, cast

from bot.handbook.models import Handbook
from bot.search.comparisons import ComparisonIndex
from bot.search.names import NameIndex, Names, name_sources
from bot.search.topic_index import Counts, TopicIndex, count_entries
from bot.search.topics import Topics

Keep = Callable[[str, Callable[[], Any]], Any]


class Searched(Protocol):
    """What a matcher looks into: the indexes of one handbook, or of several that are joined."""

    @property
    def names(self) -> Names: ...
    @property
    def comparisons(self) -> ComparisonIndex: ...
    @property
    def topics(self) -> Topics: ...


class Indexes:
    """Built once, then only read, from several threads."""

    def __init__(
        self,
        handbook: Handbook,
        keep: Keep = lambda part, build: build(),
        before: Indexes | None = None,
    ) -> None:
        """`keep` may take an index from a snapshot instead of building it. Of entries that were
        the same `before`, the work done then is taken over."""
        self.handbook = handbook
        self._keep = keep
        self._before = before
        self.names: NameIndex = keep("names", lambda: _build_names(handbook, before))
        self.comparisons = ComparisonIndex(handbook)
        self._topics: TopicIndex | None = None
        self._topics_lock = Lock()

    @property
    def topics(self) -> TopicIndex:
        """Built when first asked for: a name is found without it."""
        with self._topics_lock:
            if self._topics is None:
                self._topics = self._keep("topics", self._build_topics)
                self._before = None  # each would keep its own alive, back to the first
            return self._topics

    def _build_topics(self) -> TopicIndex:
        before = self._before
        if before is None:
            return TopicIndex(self.handbook, self._counts())
        return TopicIndex(self.handbook, self._counts(), before.topics, self._same_as(before))

    def _counts(self) -> Counts:
        """Needed again only when the content changes, so they wait in the snapshot."""
        return cast(Counts, self._keep("counts", self._count_entries))

    def _count_entries(self) -> Counts:
        before = self._before
        if before is None:
            return count_entries(self.handbook)
        return count_entries(self.handbook, before._counts(), self._same_as(before))

    def _same_as(self, before: Indexes) -> set[str]:
        """The ids of the entries that have not changed."""
        old = before.handbook.entries
        return {name for name, e in self.handbook.entries.items() if old.get(name) == e}


def _build_names(handbook: Handbook, before: Indexes | None) -> NameIndex:
    """A change of an entry's text leaves all names as they were."""
    if before and list(name_sources(handbook)) == list(name_sources(before.handbook)):
        return before.names
    return NameIndex.build(handbook)

"""What questions are compared with, of several indexes as if they were one: the handbook's, shared
by all workspaces, and a workspace's own."""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap
from collections.abc import Mapping, Sequence
from itertools import chain

from bot.search.joined_names import starts_of
from bot.search.topic_index import TopicIndex
from bot.search.topics import Topics
from bot.search.vectors import Asked


class JoinedTopics(Topics):
    """Indexes by ascending precedence, each with the entries that it passes over since a later one
    has them; the first is the handbook's.

    A word is at most as rare as it is in the handbook, and ten thousand entries count as much as
    the handbook itself: the points and their limits were fitted on a collection of its size.
    """

    def __init__(self, shelves: Sequence[tuple[TopicIndex, frozenset[str]]]) -> None:
        indexes = [index for index, _ in shelves]
        self._starts = starts = starts_of([len(index.ids) for index in indexes])
        self._hidden = frozenset(
            start + index.numbers[entry_id]
            for start, (index, ids) in zip(starts, shelves, strict=True)
            for entry_id in ids
            if entry_id in index.numbers
        )
        self._indexes = indexes
        self.ids = list(chain.from_iterable(index.ids for index in indexes))
        self.kinds = list(chain.from_iterable(index.kinds for index in indexes))
        own = [
            {entry_id: start + number for entry_id, number in index.numbers.items()}
            for start, index in zip(starts[1:], indexes[1:], strict=True)
        ]
        self.numbers = ChainMap(*own[::-1], indexes[0].numbers)
        self.total = indexes[0].total
        added = len(self.ids) - len(indexes[0].ids)
        self._share = min(1.0, self.total / added) if added else 1.0
        self.texts = self
        self.meanings = self

    def count(self, feature: str) -> float:
        """In how many texts the feature stands, or would stand."""
        first, *own = self._indexes
        added = sum(index.texts.count(feature) for index in own) * self._share
        return first.texts.count(feature) + added

    def holders(self, feature: str) -> set[int]:
        return {
            number
            for start, index in zip(self._starts, self._indexes, strict=True)
            for held in index.texts.holders(feature)
            if (number := start + held) not in self._hidden
        }

    def score(self, query: Mapping[str, float]) -> dict[int, float]:
        return {
            number: score
            for start, index in zip(self._starts, self._indexes, strict=True)
            for found, score in index.texts.score(query).items()
            if (number := start + found) not in self._hidden
        }

    def score_one(self, number: int, query: Mapping[str, float]) -> float:
        index, place = self._find(number)
        return index.texts.score_one(place, query)

    def centres(self, asked: Asked) -> dict[int, float]:
        return {
            number: like
            for start, index in zip(self._starts, self._indexes, strict=True)
            for found, like in index.meanings.centres(asked).items()
            if (number := start + found) not in self._hidden
        }

    def centre(self, number: int, asked: Asked) -> float:
        index, place = self._find(number)
        return index.meanings.centre(place, asked)

    def nearest(self, number: int, asked: Asked) -> tuple[float, str]:
        index, place = self._find(number)
        return index.meanings.nearest(place, asked)

    def _find(self, number: int) -> tuple[TopicIndex, int]:
        """The index that a number belongs to, and its number there."""
        place = bisect_right(self._starts, number) - 1
        return self._indexes[place], number - self._starts[place]

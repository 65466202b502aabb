"""The names of several indexes, looked up as if they stood in one: a workspace's own before the
handbook's. The handbook's index is shared by all workspaces, and nothing of it is copied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from bot.search.names import Counted, Items, Name, NameIndex, Nearest, Numbers

T = TypeVar("T")


class JoinedNames:
    """Indexes by ascending precedence, each with the entries that it passes over since a later one
    has them: what a later one has is found first."""

    def __init__(self, shelves: Sequence[tuple[NameIndex, frozenset[str]]]) -> None:
        indexes = [index for index, _ in shelves]
        starts = starts_of([len(index.names) for index in indexes])
        hidden = frozenset(
            start + number
            for start, (index, ids) in zip(starts, shelves, strict=True)
            if ids
            for number, name in enumerate(index.names)
            if name.entry_id in ids
        )

        def numbers(get: Callable[[NameIndex], Numbers]) -> _Numbers:
            return _Numbers(list(zip(starts, map(get, indexes), strict=True)), hidden)

        self.names: Items[Name] = _Names(_Parts([index.names for index in indexes]), hidden)
        self.by_key = numbers(lambda index: index.by_key)
        self.by_stem = numbers(lambda index: index.by_stem)
        self.by_form = numbers(lambda index: index.by_form)
        self.by_part = numbers(lambda index: index.by_part)
        self.by_sound = numbers(lambda index: index.by_sound)
        self.by_folded_sound = numbers(lambda index: index.by_folded_sound)
        self.by_initials = numbers(lambda index: index.by_initials)
        self.names_with = numbers(lambda index: index.names_with)
        self.first_units: Counted = _Longest([index.first_units for index in indexes])
        self.word_uses: Counted = _Sum([index.word_uses for index in indexes])
        letters, han = (
            _Parts([index.letter_names for index in indexes]),
            _Parts([index.han_names for index in indexes]),
        )
        self.letter_names: Items[tuple[str, int]] = _LetterNames(letters, starts)
        self.han_names: Items[int] = _HanNames(han, starts)
        self.letters: Nearest = _Nearest(
            [index.letters for index in indexes],
            letters.starts,
            lambda found: self.letter_names[found][1] not in hidden,
        )
        self.han: Nearest = _Nearest(
            [index.han for index in indexes],
            han.starts,
            lambda found: self.han_names[found] not in hidden,
        )


def starts_of(sizes: Sequence[int]) -> list[int]:
    """Where each part's numbers begin, when all are counted through."""
    return list(accumulate(sizes[:-1], initial=0))


class _Parts(Generic[T]):
    """Lists that are counted through."""

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        self.parts = parts
        self.starts = starts_of([len(part) for part in parts])

    def find(self, number: int) -> tuple[int, T]:
        """The part that a number stands in, and what stands there."""
        place = bisect_right(self.starts, number) - 1
        return place, self.parts[place][number - self.starts[place]]


class _Names:
    def __init__(self, parts: _Parts[Name], hidden: frozenset[int]) -> None:
        self._parts, self._hidden = parts, hidden

    def __getitem__(self, number: int) -> Name:
        return self._parts.find(number)[1]

    def __iter__(self) -> Iterator[Name]:
        for start, part in zip(self._parts.starts, self._parts.parts, strict=True):
            for number, name in enumerate(part, start):
                if number not in self._hidden:
                    yield name


class _LetterNames:
    def __init__(self, parts: _Parts[tuple[str, int]], starts: Sequence[int]) -> None:
        self._parts, self._starts = parts, starts

    def __getitem__(self, number: int) -> tuple[str, int]:
        place, (letters, name) = self._parts.find(number)
        return letters, self._starts[place] + name

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for start, part in zip(self._starts, self._parts.parts, strict=True):
            yield from ((letters, start + name) for letters, name in part)


class _HanNames:
    def __init__(self, parts: _Parts[int], starts: Sequence[int]) -> None:
        self._parts, self._starts = parts, starts

    def __getitem__(self, number: int) -> int:
        place, name = self._parts.find(number)
        return self._starts[place] + name

    def __iter__(self) -> Iterator[int]:
        for start, part in zip(self._starts, self._parts.parts, strict=True):
            yield from (start + name for name in part)


class _Numbers:
    def __init__(self, tables: Sequence[tuple[int, Numbers]], hidden: frozenset[int]) -> None:
        self._tables, self._hidden = tables[::-1], hidden

    def get(self, key: str) -> Sequence[int] | None:
        found: list[int] = []
        for start, table in self._tables:
            if numbers := table.get(key):
                found += [start + number for number in numbers]
        if found and self._hidden:
            found = [number for number in found if number not in self._hidden]
        return found or None


class _Longest:
    def __init__(self, tables: Sequence[Counted]) -> None:
        self._tables = tables

    def get(self, key: str, default: int) -> int:
        return max(table.get(key, default) for table in self._tables)


class _Sum:
    def __init__(self, tables: Sequence[Counted]) -> None:
        self._tables = tables

    def get(self, key: str, default: int) -> int:
        return sum(table.get(key, 0) for table in self._tables) or default


class _Nearest:
    def __init__(
        self,
        parts: Sequence[Nearest],
        starts: Sequence[int],
        is_shown: Callable[[int], bool],
    ) -> None:
        self._parts = list(zip(starts, parts, strict=True))[::-1]
        self._is_shown = is_shown

    def nearest(self, features: Iterable[str], limit: int) -> Sequence[int]:
        features = list(features)
        return [
            found
            for start, part in self._parts
            for number in part.nearest(features, limit)
            if self._is_shown(found := start + number)
        ]

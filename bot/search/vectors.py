"""The vectors of all entries' asks: which entries a question's meaning is near to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from bot.search.meaning import DIM, Vector, likeness, likenesses, mean, vector_of

NEAREST = 3  # asks whose mean likeness counts
# A number of a vector takes two bytes in a snapshot; the floats that these stand for exist once.
STEPS = 2_000
LEVELS = tuple(level / STEPS for level in range(-STEPS, STEPS + 1))

Meant = tuple[tuple[str, ...], tuple[Vector, ...]]


class Meanings(Protocol):
    """Entries by their meaning: of one index, or of several that are joined."""

    def centres(self, vector: Vector, /) -> dict[int, float]: ...
    def centre(self, number: int, vector: Vector, /) -> float: ...
    def nearest(self, number: int, vector: Vector, /) -> tuple[float, str]: ...


class VectorIndex:
    """Entry number -> its texts, their vectors, and the mean of these.

    Of an entry that shares a word with the question anyway (a line of a team's own list), the
    texts alone are kept, so that a hundred thousand of them cost nothing.
    """

    def __init__(self) -> None:
        self._texts: dict[int, tuple[str, ...]] = {}
        self._packed: dict[int, array[int]] = {}
        self._centres: dict[int, Vector] = {}
        self._unpacked: dict[int, tuple[Vector, ...]] = {}  # of the entries that were compared

    def add(self, number: int, texts: Iterable[str]) -> None:
        """Index an entry's texts; it can be near to a question without sharing a word."""
        with_meaning, vectors = _meant(texts)
        if centre := mean(vectors):
            self._texts[number] = with_meaning
            self._packed[number] = array("H", map(_level, chain.from_iterable(vectors)))
            self._centres[number] = centre

    def add_texts(self, number: int, texts: Iterable[str]) -> None:
        """Keep an entry's texts, to be compared when its words have been found."""
        self._texts[number] = tuple(texts)

    def copy(self, number: int, other: VectorIndex, other_number: int) -> None:
        """Take over an entry as another index has it."""
        if other_number in other._texts:
            self._texts[number] = other._texts[other_number]
        if other_number in other._packed:
            self._packed[number] = other._packed[other_number]
            self._centres[number] = other._centres[other_number]

    def centres(self, vector: Vector) -> dict[int, float]:
        """Entry -> cosine to its centre."""
        return dict(zip(self._centres, likenesses(vector, self._centres.values()), strict=True))

    def centre(self, number: int, vector: Vector) -> float:
        centre = self._centres.get(number)
        return likeness(vector, centre) if centre else 0.0

    def nearest(self, number: int, vector: Vector) -> tuple[float, str]:
        """Mean cosine to the nearest of an entry's texts, and the nearest text."""
        texts, vectors = self._meant(number)
        if not vectors:
            return 0.0, ""
        likes = likenesses(vector, vectors)
        nearest = sorted(likes, reverse=True)[:NEAREST]
        return sum(nearest) / NEAREST, texts[likes.index(nearest[0])]

    def _meant(self, number: int) -> Meant:
        """An entry's texts that have a vector, and their vectors."""
        if number not in self._packed:
            return _meant(self._texts.get(number, ()))
        if number not in self._unpacked:
            self._unpacked[number] = tuple(_unpack(self._packed[number]))
        return self._texts[number], self._unpacked[number]


def _meant(texts: Iterable[str]) -> Meant:
    meant = [(text, vector) for text in texts if (vector := vector_of(text))]
    return tuple(text for text, _ in meant), tuple(vector for _, vector in meant)


def _level(number: float) -> int:
    return round(number * STEPS) + STEPS


def _unpack(packed: array[int]) -> Iterator[Vector]:
    for start in range(0, len(packed), DIM):
        yield tuple(map(LEVELS.__getitem__, packed[start : start + DIM]))

"""The vectors of all entries' asks: which entries a question's meaning is near to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from bot.search.meaning import Vector, likeness, likenesses, mean, vector_of
from bot.search.packed import NONE, pack, sketches_of, unpack
from bot.search.sketches import nearest_sketches, sketch

NEAREST = 3  # asks whose mean likeness counts
COMPARED = 12  # asks of an entry whose likeness is computed: those whose sketches are nearest
CENTRES = 64  # the same of the centres of all entries


class Asked(NamedTuple):
    """What a question means: its vector, and that as a sketch."""

    vector: Vector
    sketch: int

    @classmethod
    def of(cls, text: str) -> Asked | None:
        """None for a text without a word that is known."""
        vector = vector_of(text)
        return cls(vector, sketch(vector)) if vector else None


class Meant(NamedTuple):
    """Texts with their vectors as sketches, and the vectors, which may be packed: of an entry's
    hundred, those that are compared are unpacked one by one."""

    texts: tuple[str, ...]
    sketches: tuple[int, ...]
    unpacked: dict[int, Vector]
    packed: array[int] = NONE

    @classmethod
    def of(cls, texts: Iterable[str], vectors: Iterable[Vector]) -> Meant:
        vectors = tuple(vectors)
        return cls(tuple(texts), tuple(map(sketch, vectors)), dict(enumerate(vectors)))

    @classmethod
    def kept(cls, texts: tuple[str, ...], packed: array[int]) -> Meant:
        return cls(texts, sketches_of(packed), {}, packed)

    def vector(self, place: int) -> Vector:
        if place not in self.unpacked:
            self.unpacked[place] = unpack(self.packed, place)
        return self.unpacked[place]


class Meanings(Protocol):
    """Entries by their meaning: of one index, or of several that are joined."""

    def centres(self, asked: Asked, /) -> dict[int, float]: ...
    def centre(self, number: int, asked: Asked, /) -> float: ...
    def nearest(self, number: int, asked: Asked, /) -> tuple[float, str]: ...


class VectorIndex:
    """Entry number -> its texts, their vectors, and the mean of these.

    Of an entry that shares a word with the question anyway (a line of a team's own list), the
    texts alone are kept, so that a hundred thousand of them cost nothing.
    """

    def __init__(self) -> None:
        self._texts: dict[int, tuple[str, ...]] = {}
        self._packed: dict[int, array[int]] = {}
        self._centres: dict[int, Vector] = {}
        self._sketches: dict[int, int] = {}  # of the centres
        self._compared: dict[int, Meant] = {}

    def add(self, number: int, texts: Iterable[str]) -> None:
        """Index an entry's texts; it can be near to a question without sharing a word."""
        with_meaning, vectors = _with_vectors(texts)
        if centre := mean(vectors):
            self._texts[number] = with_meaning
            self._packed[number] = pack(vectors)
            self._centres[number] = centre
            self._sketches[number] = sketch(centre)

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
            self._sketches[number] = other._sketches[other_number]

    def centres(self, asked: Asked) -> dict[int, float]:
        """Entry -> cosine to its centre; of the nearest CENTRES entries."""
        numbers, sketches = list(self._sketches), list(self._sketches.values())
        near = [numbers[place] for place in nearest_sketches(asked.sketch, sketches, CENTRES)]
        centres = map(self._centres.__getitem__, near)
        return dict(zip(near, likenesses(asked.vector, centres), strict=True))

    def centre(self, number: int, asked: Asked) -> float:
        centre = self._centres.get(number)
        return likeness(asked.vector, centre) if centre else 0.0

    def nearest(self, number: int, asked: Asked) -> tuple[float, str]:
        """Mean cosine to the nearest of an entry's texts, and the nearest text."""
        meant = self._meant(number)
        if not meant.texts:
            return 0.0, ""
        places = nearest_sketches(asked.sketch, meant.sketches, COMPARED)
        likes = likenesses(asked.vector, map(meant.vector, places))
        nearest = sorted(likes, reverse=True)[:NEAREST]
        return sum(nearest) / NEAREST, meant.texts[places[likes.index(nearest[0])]]

    def _meant(self, number: int) -> Meant:
        """An entry's texts that have a vector, and their vectors."""
        if number not in self._packed:
            return Meant.of(*_with_vectors(self._texts.get(number, ())))
        if number not in self._compared:
            self._compared[number] = Meant.kept(self._texts[number], self._packed[number])
        return self._compared[number]


def _with_vectors(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[Vector, ...]]:
    """The texts that have a vector, and the vectors."""
    meant = [(text, vector) for text in texts if (vector := vector_of(text))]
    return tuple(text for text, _ in meant), tuple(vector for _, vector in meant)

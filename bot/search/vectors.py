"""The vectors of all entries' asks: which entries a question's meaning is near to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from heapq import nlargest
from operator import mul

from bot.search.meaning import Vector, likeness, mean, vector_of

NEAREST = 3  # asks whose mean likeness counts
# The numbers of a vector fall in what they tell, so a few of them choose whom to compare in full.
ROUGH_DIM = 16
ROUGH_CENTRES, ROUGH_ASKS = 64, 8
Meant = tuple[str, Vector]  # a text and what it means


class VectorIndex:
    """Entry number -> the vectors of its texts, and their mean.

    Of an entry that shares a word with the question anyway (a line of a team's own list), the
    texts alone are kept, so that a hundred thousand of them cost nothing.
    """

    def __init__(self) -> None:
        self._vectors: dict[int, tuple[Meant, ...]] = {}
        self._centres: dict[int, Vector] = {}
        self._texts: dict[int, tuple[str, ...]] = {}

    def add(self, number: int, texts: Iterable[str]) -> None:
        """Index an entry's texts; it can be near to a question without sharing a word."""
        meant = _vectors(texts)
        if centre := mean([vector for _, vector in meant]):
            self._vectors[number] = meant
            self._centres[number] = centre

    def add_texts(self, number: int, texts: Iterable[str]) -> None:
        """Keep an entry's texts, to be compared when its words have been found."""
        self._texts[number] = tuple(texts)

    def copy(self, number: int, other: VectorIndex, other_number: int) -> None:
        """Take over an entry as another index has it."""
        if other_number in other._texts:
            self._texts[number] = other._texts[other_number]
        elif other_number in other._centres:
            self._vectors[number] = other._vectors[other_number]
            self._centres[number] = other._centres[other_number]

    def centres(self, vector: Vector, found: Collection[int]) -> dict[int, float]:
        """Entry -> cosine to its centre: for the nearest, and for those in `found`."""
        start = vector[:ROUGH_DIM]
        rough = {number: sum(map(mul, start, head)) for number, head in self._heads}
        near = nlargest(ROUGH_CENTRES, rough, key=rough.__getitem__)
        return {number: self.centre(number, vector) for number in {*near, *found}}

    def centre(self, number: int, vector: Vector) -> float:
        centre = self._centres.get(number)
        return likeness(vector, centre) if centre else 0.0

    def nearest(self, number: int, vector: Vector) -> tuple[float, str]:
        """Mean cosine to the nearest of an entry's texts, and the nearest text."""
        texts = self._vectors.get(number) or _vectors(self._texts.get(number, ()))
        if len(texts) > ROUGH_ASKS:
            start = vector[:ROUGH_DIM]
            rough = [sum(map(mul, start, text_vector)) for _, text_vector in texts]
            least = sorted(rough)[-ROUGH_ASKS]
            texts = tuple(text for text, like in zip(texts, rough, strict=True) if like >= least)
        likes = sorted(((likeness(vector, other), text) for text, other in texts), reverse=True)
        nearest = likes[:NEAREST]
        return sum(like for like, _ in nearest) / NEAREST, nearest[0][1] if nearest else ""

    @cached_property
    def _heads(self) -> list[tuple[int, Vector]]:
        return [(number, centre[:ROUGH_DIM]) for number, centre in self._centres.items()]


def _vectors(texts: Iterable[str]) -> tuple[Meant, ...]:
    return tuple((text, vector) for text in texts if (vector := vector_of(text)))

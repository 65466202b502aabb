"""What a text is about, as a vector: the sum of its words' vectors.

`vectors.bin` holds a row for each everyday word of either language and for each word of the
handbook, so that texts of one meaning lie near each other whatever their language and wording.
scripts/build_vectors.py makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from math import dist, sqrt
from operator import add, mul

from bot.search.normalize import HAN, fold
from bot.search.segment import segment
from bot.search.words import DATA, everyday_ranks, everyday_words

DIM = 64
STRETCH = re.compile(f"[{HAN}]+|[a-z]+")
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er")  # of a word that has no row of its own
LEAST_STEM = 3  # letters left before an ending
Vector = tuple[float, ...]


@lru_cache(maxsize=64)  # of one question it is asked for several times
def vector_of(text: str) -> Vector | None:
    """DIM numbers of length 1, or None for a text without a word that is known."""
    table = _table()
    total: Sequence[float] = (0,) * DIM
    for row in word_rows(text):
        total = list(map(add, total, table[row * DIM : row * DIM + DIM]))
    return scaled(total)


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return likenesses(one, (other,))[0]


def likenesses(vector: Vector, others: Iterable[Vector]) -> list[float]:
    """The cosine of a vector to each of the others, all of length 1. The distance tells it, and
    is computed in C: five times as fast as a sum of products."""
    return [1 - far * far / 2 for far in map(dist, repeat(vector), others)]


def domain_odds(vector: Vector) -> float:
    """Log-odds that a text speaks of the handbook's subject at all, and is not everyday chat."""
    *direction, offset = _domain()
    odds: float = sum(map(mul, vector, direction)) + offset
    return odds


def odds_of(text: str) -> float:
    """The domain_odds of a text; 0 where it has no known word."""
    vector = vector_of(text)
    return domain_odds(vector) if vector else 0.0


def mean(vectors: Iterable[Vector]) -> Vector | None:
    """The direction that vectors have in common."""
    return scaled([sum(numbers) for numbers in zip(*vectors, strict=True)])


def scaled(vector: Sequence[float]) -> Vector | None:
    """A vector scaled to length 1; None if it has no length."""
    norm = sqrt(sum(map(mul, vector, vector)))
    return tuple(number / norm for number in vector) if norm else None


def word_rows(text: str) -> Iterator[int]:
    """The rows of a text's words that have one, in order."""
    for stretch in STRETCH.findall(fold(text)):
        for word in (stretch,) if stretch.isascii() else segment(stretch):
            if (row := _row(word)) is not None:
                yield row


@lru_cache(maxsize=16_384)
def _row(word: str) -> int | None:
    if (row := _own_row(word)) is not None or not word.isascii():
        return row
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < LEAST_STEM:
            continue
        doubled = stem[:-1] if stem[-1] == stem[-2] else stem  # "shipped"
        for form in (stem, stem + "e", doubled):
            if (row := _own_row(form)) is not None:
                return row
    return None


def _own_row(word: str) -> int | None:
    rank = everyday_ranks().get(word)
    if rank is None:
        return _more_rows().get(word)
    return rank if word.isascii() else len(everyday_words("en")) + rank


@cache
def _more_rows() -> dict[str, int]:
    """Rows after those of the everyday words: the handbook's words, single Han characters."""
    first = len(everyday_words("en")) + len(everyday_words("zh"))
    return {word: first + number for number, word in enumerate(more_words())}


def more_words() -> list[str]:
    """The words of vectors.bin that are not everyday words, in the order of its rows."""
    return (DATA / "more_words.txt").read_text("utf-8").split()


@cache
def _domain() -> tuple[float, ...]:
    return tuple(map(float, (DATA / "domain.txt").read_text("utf-8").split()))


@cache
def _table() -> memoryview:
    return memoryview((DATA / "vectors.bin").read_bytes()).cast("b")

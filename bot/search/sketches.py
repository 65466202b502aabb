"""A vector roughly, as one whole number: which of many vectors may be near is told by counting
bits, which is cheaper than computing each cosine.

Each number of the vector becomes seven bits, set from the left as it grows (a thermometer): the
bits in which two sketches differ count the steps between them, summed over all numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import repeat
from operator import xor

from bot.search.meaning import Vector

# Of a vector of length 1 with 64 numbers, two thirds lie between -0.125 and 0.125.
WIDTH = 0.07  # between two borders
BORDERS = tuple(WIDTH * number for number in range(-3, 4))
CODES = tuple((1 << passed) - 1 for passed in range(len(BORDERS) + 1))


def sketch(vector: Vector) -> int:
    return int.from_bytes(map(code_of, vector))


def code_of(number: float) -> int:
    """The bits of one number of a vector, a byte of its sketch."""
    return CODES[bisect_right(BORDERS, number)]


def nearest_sketches(sketched: int, others: Sequence[int], limit: int) -> list[int]:
    """The places of the `limit` sketches that differ least, and of those that differ as little."""
    if len(others) <= limit:
        return list(range(len(others)))
    far = list(map(int.bit_count, map(xor, repeat(sketched), others)))
    border = sorted(far)[limit - 1]
    return [place for place, differing in enumerate(far) if differing <= border]

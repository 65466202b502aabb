"""Vectors kept in two bytes a number. The first of the two tells the bits of its sketch, so that
the sketches of a hundred vectors are read at once."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from itertools import chain

from bot.search.meaning import DIM, Vector
from bot.search.sketches import WIDTH, code_of

STEPS = 256 / WIDTH  # levels of a number between two borders of sketches: a first byte each
ZERO = 16 * 256  # the level at which positive numbers begin; -1 stays above 0
LEVELS = tuple((level + 0.5 - ZERO) / STEPS for level in range(2 * ZERO))  # each float once
CODES = bytes(code_of(LEVELS[min(first, 31) * 256]) for first in range(256))
FIRST = 1 if sys.byteorder == "little" else 0

NONE = array("H")


def pack(vectors: Iterable[Vector]) -> array[int]:
    """The level of each number, row by row."""
    return array("H", [int(number * STEPS + ZERO) for number in chain.from_iterable(vectors)])


def unpack(packed: array[int], row: int) -> Vector:
    """One of the vectors."""
    return tuple(map(LEVELS.__getitem__, packed[row * DIM : (row + 1) * DIM]))


def sketches_of(packed: array[int]) -> tuple[int, ...]:
    """The sketches of all of them."""
    codes = packed.tobytes()[FIRST::2].translate(CODES)
    return tuple(int.from_bytes(codes[at : at + DIM]) for at in range(0, len(codes), DIM))

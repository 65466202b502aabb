"""The word of a short list that a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.words import is_everyday

LEAST_LETTERS = 4
TWO_EDITS_FROM = 7  # letters


def closest(word: str, choices: Collection[str]) -> str | None:
    """`word` itself, or the one nearest choice within one edit (two in long words), or None; a
    word of another script is no slip.

    A correctly spelt everyday word is not a slip: "chase" is not "case".
    """
    if word in choices:
        return word
    if len(word) < LEAST_LETTERS or not word.isascii() or is_everyday(word):
        return None
    edits = 2 if len(word) >= TWO_EDITS_FROM else 1
    near = process.extract(word, [*choices], scorer=OSA.distance, score_cutoff=edits, limit=2)
    if not near or (len(near) == 2 and near[0][1] == near[1][1]):
        return None
    return str(near[0][0])

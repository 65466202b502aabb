"""The word of a short list that a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz.distance import OSA

from bot.search.words import is_everyday

LEAST_LETTERS = 4
TWO_EDITS_FROM = 7  # letters


def closest(word: str, choices: Collection[str]) -> str | None:
    """`word` itself, or the one nearest choice within one edit (two in long words), or None.

    A correctly spelt everyday word is not a slip: "chase" is not "case".
    """
    if word in choices:
        return word
    if len(word) < LEAST_LETTERS or is_everyday(word):
        return None
    edits = 2 if len(word) >= TWO_EDITS_FROM else 1
    distances = sorted((OSA.distance(word, choice), choice) for choice in choices)
    (nearest, choice), *others = distances
    unique = not others or others[0][0] > nearest
    return choice if nearest <= edits and unique else None

"""Chinese text cut into words: the cheapest way through it, a commoner word being cheaper."""

from __future__ import annotations

from functools import cache
from math import log

from bot.search.words import everyday_words

RANK_OFFSET = 60  # the first ranks are nearly equally common
WORD_COST = 4.0  # of each word, so that one long word beats two short ones
CHAR_COST = 10.5  # of a lone character that no word takes


def segment(text: str) -> list[str]:
    """The words of a run of Han characters, in order; joined, they are the text."""
    costs, longest = _costs()
    total = len(text)
    best = [0.0, *[float("inf")] * total]
    start_of = [0] * (total + 1)
    for start in range(total):
        so_far = best[start]
        for end in range(start + 1, min(total, start + longest) + 1):
            cost = costs.get(text[start:end]) if end > start + 1 else CHAR_COST
            if cost is not None and so_far + cost < best[end]:
                best[end] = so_far + cost
                start_of[end] = start
    words = []
    end = total
    while end:
        words.append(text[start_of[end] : end])
        end = start_of[end]
    return words[::-1]


@cache
def _costs() -> tuple[dict[str, float], int]:
    """Word -> cost, and the length of the longest word."""
    words = everyday_words("zh")
    costs = {word: log(rank + RANK_OFFSET) + WORD_COST for rank, word in enumerate(words)}
    return costs, max(map(len, words))

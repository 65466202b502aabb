"""Names half in each language: "联邦 learning", "prompt 注入"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.search.names import Names
from bot.search.normalize import Unit
from bot.search.postings import han_features, letter_features
from bot.search.results import How
from bot.search.similar import CANDIDATES, script_runs
from bot.search.spans import Span

COVER = (0.75, 1.45)  # of one name, by both halves together
HAN_CANDIDATES = 4 * CANDIDATES  # 模型 alone stands in some hundred names
REACH = 5  # units looked at on each side
SIM = 0.95


def mixed_spans(index: Names, units: Sequence[Unit]) -> Iterator[Span]:
    """One name half in each language ("联邦 learning"): together the halves cover it.

    Where letters meet Han characters, a few words on one side stand in an English name of the
    entry and a few characters on the other in a Chinese one.
    """
    for (start, middle, _), (_, end, _) in pairwise(script_runs(units)):
        han_first = units[start].is_han
        lefts = range(middle - 1, max(start, middle - REACH) - 1, -1)
        rights = range(middle + 1, min(end, middle + REACH) + 1)
        best: dict[str, tuple[float, Span]] = {}
        for left in lefts:
            for right in rights:
                first = "".join(unit.text for unit in units[left:middle])
                second = "".join(unit.text for unit in units[middle:right])
                halves = (first, second) if han_first else (second, first)
                for entry_id, cover, number in _covered(index, *halves):
                    if cover > best.get(entry_id, (COVER[0],))[0]:
                        span = Span(left, right, (number,), How.MIXED, SIM)
                        best[entry_id] = (cover, span)
        yield from (span for _, span in best.values())


def _covered(index: Names, han: str, letters: str) -> Iterator[tuple[str, float, int]]:
    """(entry id, share of its names that both halves cover, its Chinese name) where both fit."""
    if len(han) < 2 or len(letters) < 2:
        return
    shares: dict[str, tuple[float, int]] = {}
    for candidate in index.han.nearest(han_features(han), HAN_CANDIDATES):
        number = index.han_names[candidate]
        name = index.names[number]
        if han in name.key:
            found = (len(han) / len(name.key), number)
            shares[name.entry_id] = max(found, shares.get(name.entry_id, (0.0, 0)))
    if not shares:
        return
    for candidate in index.letters.nearest(letter_features(letters), CANDIDATES):
        key, number = index.letter_names[candidate]
        name = index.names[number]
        if name.entry_id in shares and not name.han and letters in key:
            share, han_number = shares[name.entry_id]
            cover = share + len(letters) / len(key)
            if cover <= COVER[1]:
                yield name.entry_id, cover, han_number

"""What the evidence tells once it is in order: how far the first is ahead, what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.certainty import is_specific
from bot.search.evidence import Evidence
from bot.search.normalize import Unit
from bot.search.results import MAX_MATCHES

CLEAR_POINTS, CLEAR_LEAD = 10.0, 4.0  # for an answer of a kind that the person named
# Points, or share of the question's words that it holds, from which `search` lists an entry.
FITS, FITS_COVER = 10.0, 0.1
STRONGEST = 3  # entries that are shown whatever else is named


def shown(found: Sequence[Evidence], units: Sequence[Unit]) -> list[Evidence]:
    """The strongest; behind the first ones, what the question names goes before what it may mean.
    "Can vLLM get faster, I saw INT4" lists vLLM too."""
    places = range(len(found))
    named = [i for i in places if (name := found[i].named) and is_specific(name, units)]
    chosen = dict.fromkeys((*places[:STRONGEST], *named, *places))
    return [found[place] for place in sorted(list(chosen)[:MAX_MATCHES])]


def lead(found: Sequence[Evidence]) -> float:
    """Points of the first ahead of all others; below 0 where prominence alone puts it first."""
    return found[0].points - max((other.points for other in found[1:]), default=0.0)


def is_clear(found: Sequence[Evidence]) -> bool:
    """Whether one entry stands out where the person named the kind, which most doubts are about."""
    return found[0].points >= CLEAR_POINTS and lead(found) >= CLEAR_LEAD


def fits(evidence: Evidence) -> bool:
    """Whether `search` lists it: of that name, about it, or with much of what was typed."""
    held = evidence.topic.cover if evidence.topic else 0.0
    return bool(evidence.named) or evidence.points >= FITS or held >= FITS_COVER

"""How sure the match of a name is, by itself. Figures set on tests/data/queries.jsonl."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.search.names import Counted, Name
from bot.search.normalize import Unit
from bot.search.results import How
from bot.search.sound import syllables
from bot.search.spans import Span
from bot.search.stem import stem
from bot.search.words import everyday_ranks

COVERED_FULLY = 0.985
SPECIFIC_PHRASE = 0.97  # a name of several words is on topic wherever it stands
LATIN_SLOPE = 1.9  # confidence lost by dissimilarity, Latin letters
LONG_NAME_BONUS = 0.02  # for each letter over 8, up to 20
WHOLE = 0.9  # share of the content from which a name is the whole query
SLIP_INSIDE = 0.8  # factor on a misspelt Chinese name inside a longer text: likely chance
# A wrong character in a short Chinese name leaves little to go by: caps by length 2, 3, 4, 5+.
HAN_CAPS = (0.42, 0.60, 0.80, 0.92)
HAN_CAPS_SOUND = (0.80, 0.92, 0.95, 0.95)  # the same if it sounds alike


def span_confidence(
    units: Sequence[Unit], span: Span, name: Name, share: float, uses: int, everyday: bool
) -> float:
    """How likely it is that the query asks for `name`. `share`: of the content it explains."""
    spec = _specificity(units[span.start : span.end], name, uses, everyday)
    base = COVERED_FULLY * (share + (1 - share) * spec * (0.55 + 0.45 * min(1.0, 4 * share)))
    slip = SLIP_INSIDE if span.how is How.TYPO and share < WHOLE and name.han else 1.0
    return base * slip * _likeness_confidence(units[span.start : span.end], span, name)


def _specificity(window: Sequence[Unit], name: Name, uses: int, everyday: bool) -> float:
    """How surely the span alone is on topic: phrases and rare words yes, everyday words hardly."""
    if everyday:
        return 0.25
    han = sum(unit.is_han for unit in window)
    latin = [unit for unit in window if not unit.is_han and not unit.is_digit]
    if han >= 4 or len(latin) >= 2 or (han and latin):
        return SPECIFIC_PHRASE
    if any(unit.caps for unit in latin):
        return 0.94
    rank = everyday_ranks().get("".join(unit.text for unit in window))
    if rank is None:
        return 0.92 if uses < 4 else 0.80
    return min(0.9, 0.30 + rank / 30_000 * 0.6)


def _likeness_confidence(window: Sequence[Unit], span: Span, name: Name) -> float:
    if span.how is not How.TYPO:
        return span.sim
    if window[0].is_han:
        length = min(max(len(name.key), 2), 5) - 2
        alike = _syllable_likeness(window, name) > 0.99
        return min(span.sim + 0.12, (HAN_CAPS_SOUND if alike else HAN_CAPS)[length])
    letters = len(name.key)
    loss = LATIN_SLOPE * (1 - span.sim) - LONG_NAME_BONUS * (min(letters, 20) - 8)
    return max(0.0, min(0.97, 1 - loss))


def _syllable_likeness(window: Sequence[Unit], name: Name) -> float:
    text = "".join(unit.text for unit in window)
    return OSA.normalized_similarity(syllables(text), syllables(name.key))


def word_uses(units: Sequence[Unit], span: Span, uses: Counted) -> int:
    """In how many names the span's only word stands."""
    return uses.get(stem(units[span.start].text), 0) if span.end - span.start == 1 else 0

"""A question with its misspelt name put right, so that what it is about is read from the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.search.named import Named
from bot.search.normalize import Unit
from bot.search.results import How

SURE = 0.5  # how sure a misspelt name must be
MISSPELT = frozenset({How.SOUND, How.TYPO, How.INITIALS})


def correct(units: Sequence[Unit], named: Iterable[Named]) -> str | None:
    """The question with the surest misspelt name replaced; None if there is none."""
    slips = [n for n in named if n.how in MISSPELT and n.score >= SURE and not n.doubtful]
    if not slips:
        return None
    slip = max(slips, key=lambda name: name.score)
    first, last = slip.places[0], slip.places[-1]
    before = [unit.text for unit in units[:first]]
    after = [unit.text for unit in units[last + 1 :]]
    return " ".join((_join(before), slip.name, _join(after)))


def _join(texts: Sequence[str]) -> str:
    """Words with spaces, Chinese characters without."""
    joined = " ".join(texts)
    return joined if joined.isascii() else "".join(f" {t} " if t.isascii() else t for t in texts)

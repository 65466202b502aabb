"""Where the person named the kind: the entries of that kind whose names hold all that was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.handbook.models import Handbook, Kind
from bot.search.names import Names
from bot.search.normalize import Unit
from bot.search.results import How, Match
from bot.search.stem import stem

SCORE = 0.9


def find_holders(
    handbook: Handbook,
    index: Names,
    units: Sequence[Unit],
    weights: Sequence[float],
    kinds: Collection[Kind],
) -> list[Match]:
    """`checklist eval set`: "Build an eval set". `weights`: what each unit says."""
    said = [unit for unit, weight in zip(units, weights, strict=True) if weight]
    words = {stem(unit.text) for unit in said if not unit.is_han}
    runs = "".join(unit.text if unit.is_han else " " for unit in said).split()
    found: dict[str, Match] = {}
    for name in index.names if said else ():
        entry = handbook.entries[name.entry_id]
        held = words <= set(map(stem, name.parts)) and all(run in name.key for run in runs)
        if held and entry.kind in kinds and entry.id not in found:
            found[entry.id] = Match(entry, SCORE, name.text, How.PART)
    return list(found.values())

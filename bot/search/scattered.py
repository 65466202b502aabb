"""Names whose words all stand in the query in their order, but apart: "LLM 当 judge"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.search.names import Names, content_words
from bot.search.normalize import Unit
from bot.search.stem import stem

REACH = 8  # units between the first and the last word of the name


def scattered_names(index: Names, units: Sequence[Unit]) -> Iterator[tuple[int, list[int]]]:
    """(name number, positions of its words) for each name of two words or more."""
    positions: dict[str, int] = {}
    for position, unit in enumerate(units):
        if not unit.is_han:
            positions.setdefault(stem(unit.text), position)
    found = Counter(n for word in positions for n in index.names_with.get(word) or ())
    for number, count in found.items():
        if count < 2:
            continue
        words = content_words(map(stem, index.names[number].parts))
        if len(words) == count:
            places = [positions[word] for word in words]
            if places == sorted(places) and places[-1] - places[0] <= REACH:
                yield number, places

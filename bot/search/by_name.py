"""Outcomes that a name alone decides: the whole question is one, or holds one of a named kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.handbook.models import Handbook, Kind
from bot.search.named import Named, preferred
from bot.search.names import Names
from bot.search.normalize import Unit, key_of
from bot.search.results import MAX_MATCHES, Answer, How, Match, Result, Suggestions
from bot.search.titles import find_holders
from bot.search.words import content_weights

# Of names that fit alike a term is meant most, a section least: its title joins terms.
OF_NAME: Mapping[Kind, float] = {
    Kind.TERM: 1.0,
    Kind.CHECKLIST: 0.97,
    Kind.CASE: 0.97,
    Kind.SECTION: 0.88,
    Kind.TIP: 0.8,
    Kind.COMPARISON: 1.0,
}
MARGIN = 0.06  # a second name this close to the first makes it a question: which is meant?


def find_whole(
    handbook: Handbook, index: Names, text: str, kinds: Collection[Kind]
) -> Answer | None:
    """The answer if the whole query is one entry's name: most queries, so the short way."""
    numbers = index.by_key.get(key_of(text))
    if not numbers:
        return None
    ranked = preferred(handbook, index, numbers)
    names = [index.names[number] for number, factor in ranked if factor == 1.0]
    entries = {name.entry_id for name in names}
    entry = handbook.entries[names[0].entry_id]
    if len(entries) > 1 or names[0].offered or (kinds and entry.kind not in kinds):
        return None
    return Answer((Match(entry, 1.0, names[0].text, How.EXACT),))


def of_names(handbook: Handbook, names: Mapping[str, Named]) -> Result:
    """Names that are the whole question: the surest, or several that may be meant."""
    matches = []
    for entry_id, name in names.items():
        entry = handbook.entries[entry_id]
        matches.append(Match(entry, name.score * OF_NAME[entry.kind], name.name, name.how))
    matches.sort(key=lambda match: match.score, reverse=True)
    best = tuple(matches[:MAX_MATCHES])
    if len(best) > 1 and best[1].score > best[0].score - MARGIN:
        least = best[0].score - MARGIN
        return Suggestions(
            tuple(sorted(best, key=lambda m: not (m.entry.team and m.score > least)))
        )
    return Answer(best)


def find_of_kind(
    handbook: Handbook, index: Names, units: Sequence[Unit], kinds: Collection[Kind]
) -> Result | None:
    """The one entry of a named kind whose names hold what was typed, or the few there are."""
    holders = find_holders(handbook, index, units, content_weights(units), kinds)
    if not holders or len(holders) > MAX_MATCHES:
        return None
    return Answer(tuple(holders)) if len(holders) == 1 else Suggestions(tuple(holders))

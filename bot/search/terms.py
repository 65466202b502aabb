"""The glossary terms that stand in a running text, as a message has them."""

from __future__ import annotations

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.named import preferred
from bot.search.names import Names
from bot.search.normalize import clean_query, split_units
from bot.search.spans import choose_spans, exact_spans
from bot.search.words import unit_weight

MAX_CHARS = 12_000


def find_terms(
    handbook: Handbook, names: Names, text: str, *, in_order: bool = False
) -> list[Entry]:
    """The terms that a text of any length names, longest name first, or in the text's order.

    Names only, no guesses; a name of one everyday word is left out, since in running text it is
    mostly that word.
    """
    units = split_units(clean_query(text, MAX_CHARS))
    base = [unit_weight(unit) for unit in units]
    terms: dict[str, int] = {}
    places: dict[str, int] = {}
    for span in choose_spans(list(exact_spans(names, units)), base):
        number, _ = next(preferred(handbook, names, span.names))
        name = names.names[number]
        entry = handbook.entries[name.entry_id]
        if entry.kind is Kind.TERM and not (entry.everyday and span.end - span.start == 1):
            terms[entry.id] = max(terms.get(entry.id, 0), len(name.key))
            places[entry.id] = min(places.get(entry.id, span.start), span.start)
    order = places if in_order else {name: -length for name, length in terms.items()}
    return [handbook.entries[i] for i in sorted(terms, key=lambda i: order[i])]

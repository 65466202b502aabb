"""names.toml: what entries are called in further languages, and what may mean them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.handbook.fields import Fields
from bot.handbook.models import Entry

FILE = "names.toml"
OFFERED = "offered"


def add_names(entries: Mapping[str, Entry], fields: Fields) -> dict[str, Entry]:
    """The entries with the names that the file gives them: lists by language, and `offered`."""
    found = dict(entries)
    for entry_id in fields.table:
        names = fields.sub(entry_id, required=False)
        if names is None:
            continue
        if entry_id not in entries:
            fields.fault(entry_id, "unknown", "the id of an entry")
            continue
        entry = entries[entry_id]
        more = tuple(n for lang in names.table if lang != OFFERED for n in names.strings(lang))
        found[entry_id] = replace(
            entry, aliases=(*entry.aliases, *more), offered_as=names.strings(OFFERED)
        )
    return found

"""Faults between entries: ids, links, names. A handbook with one of these is not used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.handbook.fields import Fault
from bot.handbook.models import Comparison, Entry, Handbook, Kind, Term

ID_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CHARS = 120  # the database keeps ids in columns of this width
SECTION_FORM = re.compile(r"\d(\.\d{1,2}){0,2}")


def find_faults(handbook: Handbook) -> list[Fault]:
    faults: list[Fault] = []
    for entry in handbook.entries.values():
        if entry.is_own:
            continue
        faults += _form(entry)
        faults += _links(handbook, entry)
    return faults + list(_names(handbook))


def _form(entry: Entry) -> Iterator[Fault]:
    if not ID_FORM.fullmatch(entry.id):
        yield Fault(entry.file, "id", f'is "{entry.id}"', "kebab-case, a-z, 0-9 and -")
    if len(entry.id) > ID_CHARS:
        yield Fault(entry.file, "id", f"has {len(entry.id)} characters", f"at most {ID_CHARS}")
    for no in entry.sections:
        if not SECTION_FORM.fullmatch(no):
            yield Fault(entry.file, "section", f'is "{no}"', "a number such as 4.2.2")


def _links(handbook: Handbook, entry: Entry) -> Iterator[Fault]:
    key = "links" if entry.kind in (Kind.CASE, Kind.TIP) else "related"
    targets = [(key, target) for target in entry.related]
    if isinstance(entry, Term):
        targets += [("checklist", target) for target in entry.checklists]
    if isinstance(entry, Comparison):
        targets += [("things", thing.entry_id) for thing in entry.things if thing.entry_id]
    for key, target in targets:
        if target == entry.id:
            yield Fault(entry.file, key, f'"{target}" is the entry itself', "another entry's id")
        elif target not in handbook.entries:
            yield Fault(entry.file, key, f'"{target}" is unknown', "the id of an entry")
        elif key == "checklist" and handbook.entries[target].kind is not Kind.CHECKLIST:
            yield Fault(entry.file, key, f'"{target}" is no checklist', "the id of a checklist")


def _names(handbook: Handbook) -> Iterator[Fault]:
    """A name that two entries claim, unless it is listed in collisions.toml.

    A section may be called like a term: its title is the source text's, and the term wins.
    """
    known = handbook.collisions or {}
    listed = {name_key(name): set(ids) for name, ids in known.items()}
    for name, ids in known.items():
        for entry_id in ids:
            if entry_id not in handbook.entries:
                fault = f'"{entry_id}" is unknown'
                yield Fault("collisions.toml", name, fault, "the id of an entry")
    owners: dict[str, Entry] = {}
    for entry in handbook.entries.values():
        if entry.is_own or entry.kind in (Kind.TIP, Kind.SECTION):
            continue
        for key_in_file, name in _named(entry):
            owner = owners.setdefault(name_key(name), entry)
            if owner is entry or {owner.id, entry.id} <= listed.get(name_key(name), set()):
                continue
            taken = f'"{name}" is also a name of {owner.id}'
            yield Fault(
                entry.file, key_in_file, taken, "another name, or a line in collisions.toml"
            )


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    for name in (entry.title.zh, entry.title.en):
        if name:
            yield ("name" if entry.kind is Kind.TERM else "title"), name
    for alias in entry.aliases:
        yield "aliases", alias


def name_key(name: str) -> str:
    """A name without case, width, spaces and hyphens: equal keys are one name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())

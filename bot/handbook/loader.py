"""A content folder -> Handbook, or every fault in it at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from bot.handbook.entries import read_entry
from bot.handbook.facts import FILE as FACTS_FILE
from bot.handbook.facts import read_facts
from bot.handbook.fields import Fault, Fields, HandbookError
from bot.handbook.files import (
    LISTS,
    find_files,
    find_strays,
    parse_toml,
    read_text,
    read_toml,
)
from bot.handbook.integrity import find_faults
from bot.handbook.models import Entry, Handbook, Heading, Kind, ReadFile
from bot.handbook.other_names import FILE as NAMES_FILE
from bot.handbook.other_names import add_names
from bot.handbook.own_terms import read_own_terms
from bot.i18n import Text

FOLDERS = {
    "glossary": Kind.TERM,
    "checklists": Kind.CHECKLIST,
    "cases": Kind.CASE,
    "sections": Kind.SECTION,
    "tips": Kind.TIP,
    "comparisons": Kind.COMPARISON,
}


def load_handbook(folder: Path, before: Handbook | None = None) -> Handbook:
    """Read every entry below `folder`; those whose file has not changed since `before` are taken
    from there. Raises HandbookError with all faults found."""
    handbook, faults = read_handbook(folder, before)
    if faults:
        raise HandbookError(faults)
    return handbook


def read_handbook(folder: Path, before: Handbook | None = None) -> tuple[Handbook, list[Fault]]:
    """Read what can be read, and list every fault: of form, of ids and of links. `before` had no
    fault."""
    faults: list[Fault] = []
    if not folder.is_dir():
        return Handbook({}), [
            Fault(str(folder), "folder", "not found", "a folder with glossary/: see CONTENT_DIR")
        ]
    entries: dict[str, Entry] = {}
    files = dict(_files(folder, faults, before.files if before else {}))
    lists = (
        entry
        for path in find_files(folder, LISTS, ".csv", [])
        for entry in read_own_terms(path, f"{LISTS}/{path.name}", faults)
    )
    for entry in chain((file.entry for file in files.values()), lists):
        if entry.id in entries:
            other = entries[entry.id].file
            faults.append(
                Fault(entry.file, "id", f'"{entry.id}" is taken by {other}', "an id of its own")
            )
        elif entry.id:
            entries[entry.id] = entry
    faults += find_strays(folder, tuple(FOLDERS))
    if table := _optional(folder, NAMES_FILE, faults):
        entries = add_names(entries, Fields(NAMES_FILE, table, faults))
    facts = read_facts(Fields(FACTS_FILE, _optional(folder, FACTS_FILE, faults) or {}, faults))
    headings, collisions = _headings(folder, faults), _collisions(folder, faults)
    handbook = Handbook(entries, headings, collisions, facts, files)
    if not entries and not faults:
        faults.append(Fault(str(folder), "folder", "holds no entry", "glossary/*.toml and others"))
    return handbook, sorted(faults + find_faults(handbook))


def _files(
    folder: Path, faults: list[Fault], before: Mapping[str, ReadFile]
) -> Iterator[tuple[str, ReadFile]]:
    """The files of one entry each, by name. Parsing them is most of the work of reading."""
    for name, kind in FOLDERS.items():
        for path in find_files(folder, name, ".toml", faults):
            file = f"{name}/{path.name}"
            text = read_text(path, file, faults)
            if text is None:
                continue
            digest, known = blake2b(text.encode(), digest_size=16).digest(), before.get(file)
            if known and known.digest == digest:
                yield file, known
                continue
            table = parse_toml(text, file, faults)
            if table is None:
                continue
            entry = read_entry(kind, Fields(file, table, faults))
            if entry.id and entry.id != path.stem:
                faults.append(Fault(file, "id", f'is "{entry.id}"', f'"{path.stem}", as the file'))
            yield file, ReadFile(digest, entry)


def _optional(folder: Path, name: str, faults: list[Fault]) -> dict[str, object] | None:
    """The table of a file that need not be there."""
    path = folder / name
    return read_toml(path, name, faults) if os.path.lexists(path) else None


def _headings(folder: Path, faults: list[Fault]) -> tuple[Heading, ...]:
    """Chapters and second-level headings; a team's own folder may have none."""
    file = "outline.toml"
    table = _optional(folder, file, faults)
    found = []
    for fields in Fields(file, table or {}, faults).tables("heading", required=bool(table)):
        text = Text(fields.string("zh"), fields.string("en"))
        found.append(Heading(fields.string("no"), text))
        fields.unknown()
    return tuple(found)


def _collisions(folder: Path, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """Names that rightly belong to several entries: the bot asks which is meant."""
    file = "collisions.toml"
    table = _optional(folder, file, faults) or {}
    fields = Fields(file, table, faults)
    return {name: fields.strings(name) for name in table}

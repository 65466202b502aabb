"""A content folder -> Handbook, or every fault in it at once."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.handbook.entries import read_entry
from bot.handbook.fields import Fault, Fields, HandbookError
from bot.handbook.integrity import find_faults
from bot.handbook.models import Entry, Handbook, Heading, Kind, Term
from bot.handbook.other_names import FILE as NAMES_FILE
from bot.handbook.other_names import add_names
from bot.i18n import Text

FOLDERS = {
    "glossary": Kind.TERM,
    "checklists": Kind.CHECKLIST,
    "cases": Kind.CASE,
    "sections": Kind.SECTION,
    "tips": Kind.TIP,
}
CSV_COLUMNS = ("id", "zh", "en", "aliases", "short_zh", "short_en", "section")


def load_handbook(folder: Path) -> Handbook:
    """Read every entry below `folder`. Raises HandbookError with all faults found."""
    handbook, faults = read_handbook(folder)
    if faults:
        raise HandbookError(faults)
    return handbook


def read_handbook(folder: Path) -> tuple[Handbook, list[Fault]]:
    """Read what can be read, and list every fault: of form, of ids and of links."""
    faults: list[Fault] = []
    if not folder.is_dir():
        return Handbook({}), [Fault(str(folder), "folder", "not found", "a folder with glossary/")]
    entries: dict[str, Entry] = {}
    for entry in _entries(folder, faults):
        if entry.id in entries:
            other = entries[entry.id].file
            faults.append(
                Fault(entry.file, "id", f'"{entry.id}" is taken by {other}', "an id of its own")
            )
        elif entry.id:
            entries[entry.id] = entry
    names = folder / NAMES_FILE
    if names.is_file() and (table := _toml(names, NAMES_FILE, faults)):
        entries = add_names(entries, Fields(NAMES_FILE, table, faults))
    handbook = Handbook(entries, _headings(folder, faults), _collisions(folder, faults))
    if not entries and not faults:
        faults.append(Fault(str(folder), "folder", "holds no entry", "glossary/*.toml and others"))
    return handbook, sorted(faults + find_faults(handbook))


def _entries(folder: Path, faults: list[Fault]) -> Iterator[Entry]:
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.toml")):
            file = f"{name}/{path.name}"
            table = _toml(path, file, faults)
            if table is None:
                continue
            entry = read_entry(kind, Fields(file, table, faults))
            if entry.id and entry.id != path.stem:
                faults.append(Fault(file, "id", f'is "{entry.id}"', f'"{path.stem}", as the file'))
            yield entry
    for path in sorted((folder / "glossary").glob("*.csv")):
        yield from _csv_terms(path, f"glossary/{path.name}", faults)


def _toml(path: Path, file: str, faults: list[Fault]) -> dict[str, object] | None:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "not UTF-8", "a file saved as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file, "TOML", str(error), "valid TOML"))
    return None


def _csv_terms(path: Path, file: str, faults: list[Fault]) -> Iterator[Term]:
    """Rows of a team's own list; one of `zh` and `en` is enough."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = set(reader.fieldnames or ())
            if "id" not in columns or not columns & {"zh", "en"}:
                expected = ",".join(CSV_COLUMNS)
                faults.append(Fault(file, "row 1", "columns not found", f"the header {expected}"))
                return
            for row in reader:
                where = f"row {reader.line_num}"
                cell = {c: (row.get(c) or "").strip() for c in CSV_COLUMNS}
                if None in row:
                    faults.append(Fault(file, where, "too many cells", "quotes around commas"))
                elif not cell["id"]:
                    faults.append(Fault(file, f"{where}, id", "is empty", "an id in kebab-case"))
                elif not (cell["zh"] or cell["en"]):
                    key = f"{where}, zh, en"
                    faults.append(Fault(file, key, "both empty", "at least one name"))
                else:
                    yield _csv_term(file, cell)
    except (UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(file, "file", str(error), "a CSV file saved as UTF-8"))


def _csv_term(file: str, cell: Mapping[str, str]) -> Term:
    return Term(
        id=cell["id"],
        file=file,
        title=Text(cell["zh"], cell["en"]),
        aliases=tuple(a.strip() for a in cell["aliases"].split(";") if a.strip()),
        short=Text(cell["short_zh"], cell["short_en"]),
        sections=(cell["section"],) if cell["section"] else (),
    )


def _headings(folder: Path, faults: list[Fault]) -> tuple[Heading, ...]:
    """Chapters and second-level headings; a team's own folder may have none."""
    path = folder / "outline.toml"
    table = _toml(path, path.name, faults) if path.is_file() else None
    found = []
    for fields in Fields(path.name, table or {}, faults).tables("heading", required=bool(table)):
        text = Text(fields.string("zh"), fields.string("en"))
        found.append(Heading(fields.string("no"), fields.string("slug"), text))
        fields.unknown()
    return tuple(found)


def _collisions(folder: Path, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """Names that rightly belong to several entries: the bot asks which is meant."""
    path = folder / "collisions.toml"
    table = (_toml(path, path.name, faults) if path.is_file() else None) or {}
    fields = Fields(path.name, table, faults)
    return {name: fields.strings(name) for name in table}

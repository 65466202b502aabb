"""A team's own terms from a CSV file: every row becomes a term or a fault with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from bot.handbook.fields import Fault
from bot.handbook.files import read_text
from bot.handbook.integrity import ID_CHARS
from bot.handbook.models import Term
from bot.i18n import Text

COLUMNS = ("id", "zh", "en", "aliases", "short_zh", "short_en", "section")
ONE_LINE = ("id", "zh", "en", "section")
ROW_LINES = 50  # a quoted text may have line breaks, but no more than this
SPLIT = re.compile("[;；、，\r\n]")  # a comma of English stays: "Acme, Inc."
# A line inside quotes that looks like a row, not prose: a word, a comma without a space, another.
SWALLOWED = re.compile(r'[\r\n]+[^\s,"。；，]+,(?! )[^\r\n]*,')

Row = tuple[int, list[str] | None]  # its first line, and its cells if the quotes are in order


def read_own_terms(path: Path, file: str, faults: list[Fault]) -> Iterator[Term]:
    """One of `zh` and `en` is enough; empty rows, as Excel leaves them, count for nothing."""
    text = read_text(path, file, faults)
    if text is None:
        return
    rows = _rows(list(io.StringIO(text, newline="")))
    header = next(((number, cells) for number, cells in rows if cells is None or any(cells)), None)
    columns = _columns(header[1] if header else None, file, faults)
    if not columns:
        return
    for number, cells in rows:
        where = f"row {number}"
        if cells is None:
            found = "a quote is opened and not closed in the row"
            faults.append(Fault(file, where, found, 'quotes in pairs; "" for one inside a cell'))
        elif any(cell.strip() for cell in cells):
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            cell = {column: row.get(column, "") for column in COLUMNS}
            fault = _fault(file, where, cell, extra=any(cells[len(columns) :]))
            if fault:
                faults.append(fault)
            else:
                yield _term(file, cell)


def _rows(lines: list[str]) -> Iterator[Row]:
    """Read strictly. After a row whose quotes are out of order, reading goes on with the next
    line: a quote that is never closed costs one row, not all that follow."""
    start = 0
    while start < len(lines):
        number, line = start + 1, lines[start]
        if '"' not in line:
            start += 1
            yield number, line.rstrip("\r\n").split(",")
            continue
        reader = csv.reader(islice(lines, start, start + ROW_LINES), strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            start += 1
            yield number, None
            continue
        taken = "".join(lines[start : start + reader.line_num])
        if SWALLOWED.search(taken):
            start += 1
            yield number, None
        else:
            start += reader.line_num
            yield number, cells


def _columns(cells: list[str] | None, file: str, faults: list[Fault]) -> list[str]:
    """The names of the columns, or none and a fault. Columns of the team's own are passed over,
    but for one that looks misspelt: what it holds would be missed."""
    columns = [cell.strip().casefold() for cell in cells or ()]
    if "id" not in columns or not {"zh", "en"} & set(columns):
        expected = f"the header {','.join(COLUMNS)}"
        faults.append(Fault(file, "row 1", "columns not found", expected))
        return []
    for name in columns:
        meant = [c for c in get_close_matches(name, COLUMNS, 1, 0.7) if c not in columns]
        if name not in COLUMNS and meant:
            faults.append(Fault(file, "row 1", f'unknown column "{name}"', meant[0]))
    return columns


def _fault(file: str, where: str, cell: dict[str, str], *, extra: bool) -> Fault | None:
    if extra:
        return Fault(file, where, "too many cells", "quotes around commas")
    if not cell["id"]:
        return Fault(file, f"{where}, id", "is empty", "an id in kebab-case")
    if len(cell["id"]) > ID_CHARS:
        found = f"has {len(cell['id'])} characters"
        return Fault(file, f"{where}, id", found, f"at most {ID_CHARS}")
    for column in ONE_LINE:
        if any(not char.isprintable() for char in cell[column]):
            found = "holds a line break or a control character"
            return Fault(file, f"{where}, {column}", found, "one line of text")
    if not (cell["zh"] or cell["en"]):
        return Fault(file, f"{where}, zh, en", "both empty", "at least one name")
    return None


def _term(file: str, cell: dict[str, str]) -> Term:
    return Term(
        id=cell["id"],
        file=file,
        title=Text(cell["zh"], cell["en"]),
        aliases=tuple(a.strip() for a in SPLIT.split(cell["aliases"]) if a.strip()),
        short=Text(cell["short_zh"], cell["short_en"]),
        sections=(cell["section"],) if cell["section"] else (),
    )

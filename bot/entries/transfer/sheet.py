"""Rows as CSV, for spreadsheets, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.entries.transfer import words
from bot.entries.transfer.rows import COLUMNS, LISTS, OTHER_NAMES, Fault, Row, Value
from bot.slack.spreadsheets import BOM, make_safe, read_safe

SEPARATORS = ",;\t"  # Excel takes that of its country
IN_ONE_LINE = re.compile("[;；]")
FIELD_CHARS = 1_000_000


def write_csv(rows: Iterable[Row]) -> str:
    """No cell begins like a formula. Lists have a line for each of their texts."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([make_safe(_join(column, row)) for column in COLUMNS])
    return BOM + out.getvalue()


def read_csv(text: str) -> tuple[list[Row], list[Fault]]:
    """Empty rows count for nothing. After a quote that is never closed nothing can be read."""
    text = text.removeprefix(BOM)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count) if any(map(first.count, SEPARATORS)) else ","
    csv.field_size_limit(FIELD_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    columns: list[str] = []
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in _read(reader, faults):
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [OTHER_NAMES.get(name, name) for name in map(_name, cells)]
            faults += _header_faults(number, columns)
            if not {"title_zh", "title_en", "also_asked"} & set(columns):
                break
        elif any(cells[len(columns) :]):
            faults.append(Fault(number, words.MANY_CELLS))
        else:
            values = {name: _split(name, read_safe(cell)) for name, cell in
                      zip(columns, cells, strict=False) if name in COLUMNS}  # fmt: skip
            rows.append(Row(number, values))
    if not columns and not faults:
        faults.append(Fault(1, words.NO_ROWS))
    return rows, faults


def _read(reader: Iterator[list[str]], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1  # type: ignore[attr-defined]  # of csv's own reader
    except csv.Error:
        faults.append(Fault(number, words.BAD_QUOTES))


def _header_faults(number: int, columns: Sequence[str]) -> Iterator[Fault]:
    if not {"title_zh", "title_en", "also_asked"} & set(columns):
        yield Fault(number, words.NO_COLUMNS)
        return
    for name in columns:
        if name and name not in COLUMNS:
            said = words.BAD_COLUMN
            yield Fault(number, type(said)(said.zh.format(name=name), said.en.format(name=name)))


def _name(cell: str) -> str:
    return read_safe(cell).strip().casefold()


def _join(column: str, row: Row) -> str:
    """One text with a semicolon gets a line of its own, so that it is not read as two."""
    if column not in LISTS:
        return row.text(column)
    texts = row.list(column)
    if not any(texts):
        return ""
    joined = "\n".join(texts)
    return joined + "\n" if len(texts) == 1 and IN_ONE_LINE.search(joined) else joined


def _split(column: str, cell: str) -> Value:
    """Lines; or in one line, what semicolons part. The items of a checklist keep their places in
    both languages."""
    if column not in LISTS:
        return cell
    if not cell.strip():
        return ()
    lines = cell.splitlines() if "\n" in cell else IN_ONE_LINE.split(cell)
    texts = tuple(line.strip() for line in lines)
    return texts if column.startswith("items") else tuple(filter(None, texts))

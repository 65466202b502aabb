"""Rows as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.entries.transfer import words
from bot.entries.transfer.rows import COLUMNS, LISTS, Fault, Row, Value


def write_json(rows: Iterable[Row]) -> str:
    entries = [
        {name: list(row.list(name)) if name in LISTS else row.text(name) for name in COLUMNS}
        for row in rows
    ]
    return json.dumps({"entries": entries}, ensure_ascii=False, indent=1) + "\n"


def read_json(text: str) -> tuple[list[Row], list[Fault]]:
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except ValueError:
        return [], [Fault(1, words.BAD_JSON)]
    entries = found.get("entries") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        return [], [Fault(1, words.BAD_JSON)]
    rows, faults = [], []
    for number, entry in enumerate(entries, 1):
        values = _values(entry)
        if values is None:
            faults.append(Fault(number, words.BAD_ENTRY))
        else:
            rows.append(Row(number, values))
    return rows, faults


def _values(entry: Any) -> dict[str, Value] | None:
    if not isinstance(entry, dict):
        return None
    values: dict[str, Value] = {}
    for name in COLUMNS:
        if name not in entry:
            continue
        value = entry[name]
        if name in LISTS and isinstance(value, list) and all(isinstance(v, str) for v in value):
            values[name] = tuple(value)
        elif name not in LISTS and isinstance(value, str):
            values[name] = value
        else:
            return None
    return values

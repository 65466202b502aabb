"""Typed reading of one TOML table: every fault is noted, none stops the reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.i18n import Lines, Text


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something to mend in the content: where, what is wrong, what is expected."""

    file: str
    key: str
    problem: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.problem}, expected {self.expected}"


class HandbookError(Exception):
    """The content cannot be used. `faults` holds every fault found, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass
class Fields:
    """The keys of one table. Each read marks the key as known; `unknown()` reports the rest."""

    file: str
    table: Mapping[str, Any]
    faults: list[Fault]
    prefix: str = ""
    read: set[str] = field(default_factory=set)

    def fault(self, key: str, problem: str, expected: str) -> None:
        self.faults.append(Fault(self.file, self.prefix + key, problem, expected))

    def value(self, key: str, kind: type, expected: str, *, required: bool) -> Any:
        """The value of `key` if it is a `kind`, else None with a fault."""
        self.read.add(key)
        if key not in self.table:
            if required:
                self.fault(key, "missing", expected)
            return None
        value = self.table[key]
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self.fault(key, f"is {_name(value)}", expected)
            return None
        return value

    def string(self, key: str, *, required: bool = True) -> str:
        value = self.value(key, str, "a text in quotes", required=required)
        if value is not None and not value.strip():
            self.fault(key, "is empty", "a text, or no such key")
        return (value or "").strip()

    def flag(self, key: str) -> bool:
        return bool(self.value(key, bool, "true or false", required=False))

    def number(self, key: str, most: int) -> int | None:
        """A whole number from 0 to `most`, or None where there is none."""
        found = self.value(key, int, f"a number from 0 to {most}", required=False)
        if found is not None and not 0 <= found <= most:
            self.fault(key, f"is {found}", f"a number from 0 to {most}")
            return None
        return found if isinstance(found, int) else None

    def date(self, key: str, *, required: bool = True) -> date | None:
        expected = "a date such as 2026-11-24"
        found = self.value(key, date, expected, required=required)
        if isinstance(found, datetime):  # which Python counts among the dates
            self.fault(key, "is a date with a time", expected)
            return None
        return found if isinstance(found, date) else None

    def strings(self, key: str, *, required: bool = False, single: bool = False) -> tuple[str, ...]:
        """A list of texts; with `single`, one text counts as a list of one."""
        if single and isinstance(self.table.get(key), str):
            return (self.string(key),)
        value = self.value(key, list, 'a list of texts, ["…", "…"]', required=required)
        if value is None:
            return ()
        good = tuple(v.strip() for v in value if isinstance(v, str) and v.strip())
        if len(good) != len(value):
            self.fault(key, "holds something that is not a text", "only texts in quotes")
        return good

    def sub(self, key: str, *, required: bool) -> Fields | None:
        """The table under `key`."""
        value = self.value(key, dict, "a table with zh and en", required=required)
        return None if value is None else self.child(value, key)

    def child(self, table: Mapping[str, Any], key: str) -> Fields:
        return Fields(self.file, table, self.faults, f"{self.prefix}{key}.")

    def text(self, key: str, *, required: bool = True, extra: Iterable[str] = ()) -> Text:
        """A table with both languages; `extra` names further texts it may hold, for editors."""
        sub = self.sub(key, required=required)
        if sub is None:
            return Text()
        for name in extra:
            sub.string(name, required=False)
        text = Text(sub.string("zh"), sub.string("en"))
        sub.unknown()
        return text

    def lines(self, key: str, *, required: bool = False) -> Lines:
        sub = self.sub(key, required=required)
        if sub is None:
            return Lines()
        lines = Lines(sub.strings("zh", required=True), sub.strings("en", required=True))
        sub.unknown()
        return lines

    def tables(self, key: str, *, required: bool = True) -> list[Fields]:
        """A list of tables, each with its number in the fault's key (counted from 1)."""
        value = self.value(key, list, "a list of tables, [{…}, {…}]", required=required)
        found = []
        for number, table in enumerate(value or (), 1):
            if isinstance(table, dict):
                found.append(self.child(table, f"{key}[{number}]"))
            else:
                self.fault(f"{key}[{number}]", f"is {_name(table)}", "a table {zh = …, en = …}")
        return found

    def unknown(self) -> None:
        """Report the keys that nothing has read: most are misspelt."""
        for key in self.table.keys() - self.read:
            self.fault(key, "unknown key", "one of " + ", ".join(sorted(self.read)))


def _name(value: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number"}
    names |= {list: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")

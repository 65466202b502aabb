"""What an entry rests on: at least one source that a reader can find, two for law and money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.handbook.fields import Fault
from bot.handbook.models import Entry, Handbook

TWO = ("law", "finance")  # disclaimers of entries that a reader may act on at a cost
# What makes a source one that can be found: an address, or a number that a library, a court, a
# registry or a gazette gives once.
LOCATED = re.compile(
    r"""https?://\S+\.\S
    | \barXiv:[\w.-]+/?\d | \bdoi:10\.\d+/\S | \bISBN\ [\d-]{10,17}
    | \((?:EU|EC)\)\ (?:No\ )?\d+/\d+ | \bDirective\ \d+/\d+
    | [令告]\s?第\s?[\d一二三四五六七八九十百]+\s?号 | 第\s?\d+\s?号[令公通]
    | \bGB(?:/T|/Z)?\ \d[\d.]*-\d{4} | 〔\d{4}〕\s?\d+\s?号
    | （\d{4}）[^（）]{1,12}\d+\ ?号 | \b\d{4}\ BCCRT\ \d | \[\d{4}\]\ EWHC\ \d
    | \b\d:\d\d-cv-\d{5} | \b\d+\ CFR\ (?:Part\ )?\d | \b(?:SB|AB|HB)\ \d
    | \bISO/IEC\ \d | \bIFRS\ \d | \bNIST\ (?:AI|SP)\ \d | \bTSP\ Section\ \d""",
    re.VERBOSE,
)
OF_ITS_OWN = re.compile(
    r"\bhandbook (?:section|case)|\bsource text\b|本手册|\bsources of (?:the|these)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“「《\"]([^”」》\"]+)[”」》\"]")


def find_source_faults(handbook: Handbook) -> Iterator[Fault]:
    """Entries whose sources cannot be found, are too few, or are the handbook itself."""
    titles = {
        title
        for entry in handbook.entries.values()
        if entry.id.startswith(("cl-", "case-"))
        for title in (entry.title.zh, entry.title.en)
        if title
    }
    for entry in handbook.entries.values():
        if not entry.is_own:
            yield from _own(entry, titles)
            yield from _count(entry)


def is_located(source: str) -> bool:
    """Whether a reader can find this source: it has an address or an identifier."""
    return bool(LOCATED.search(source))


def _own(entry: Entry, titles: set[str]) -> Iterator[Fault]:
    for source in entry.sources:
        named = [name for name in QUOTED.findall(source) if name in titles]
        if named or OF_ITS_OWN.search(source):
            yield Fault(
                entry.file, "sources", f'"{source}" is the handbook', "where it has it from"
            )


def _count(entry: Entry) -> Iterator[Fault]:
    needed = 2 if any(name in TWO for name in entry.disclaimers) else 1
    found = sum(map(is_located, entry.sources))
    if found < needed:
        problem = f"{found} with an address or identifier"
        reason = (
            f" for {' and '.join(d for d in entry.disclaimers if d in TWO)}" if needed > 1 else ""
        )
        yield Fault(entry.file, "sources", problem, f"{needed} or more{reason}")

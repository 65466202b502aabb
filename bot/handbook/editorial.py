"""How an entry must read: bounds, words, dates. Rules and their reasons: content/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.handbook.entries import MOVES
from bot.handbook.fields import Fault
from bot.handbook.integrity import name_key
from bot.handbook.measure import length
from bot.handbook.models import (
    Case,
    Checklist,
    Comparison,
    Entry,
    Handbook,
    Kind,
    Section,
    Term,
    Tip,
)
from bot.handbook.source_runs import find_copied_run
from bot.i18n import LANGS, Lang, Text

FILLERS = ("有助于", "充分", "积极", "全面", "不断", "紧跟", "赋能", "助力")
FILLERS_EN = re.compile(r"\b(leverag\w*|empower\w*|cutting-edge)\b", re.IGNORECASE)

Bounds = dict[Lang, tuple[int, int]]
SHORT: Bounds = {"zh": (12, 90), "en": (8, 50)}
TERM_BODY: Bounds = {"zh": (110, 300), "en": (75, 165)}
SECTION_BODY: Bounds = {"zh": (110, 600), "en": (75, 350)}
ITEM: Bounds = {"zh": (2, 30), "en": (2, 16)}
TIP_ACTION: Bounds = {"zh": (10, 90), "en": (10, 60)}
TIP_WHOLE: Bounds = {"zh": (25, 130), "en": (40, 80)}
ROW: Bounds = {"zh": (2, 10), "en": (1, 6)}
CELL: Bounds = {"zh": (2, 36), "en": (2, 18)}
RECOMMEND: Bounds = {"zh": (20, 75), "en": (12, 36)}
ASK: Bounds = {"zh": (4, 30), "en": (3, 18)}
ASKS_EACH = (3, 50)
SOON = 120  # days: an entry that is read again so early says what moves

ID = re.compile(r"(?<![\w/.-])(?:cl|case|tip)-[a-z0-9-]*[a-z0-9]")


def find_editorial_faults(handbook: Handbook) -> list[Fault]:
    """Every breach of the writing rules in the handbook's own entries (CSV lists are exempt)."""
    faults: list[Fault] = []
    for entry in handbook.entries.values():
        if not entry.is_own:
            faults += [*_lengths(entry), *_asks(entry), *_words(entry), *_review(entry)]
            faults += _bare_ids(entry, handbook)
    return faults


def find_overdue(handbook: Handbook, today: date) -> list[Entry]:
    """Entries whose sources were to be read again before `today`, the longest overdue first. Time
    brings these about, not a change: whoever runs the check has made no fault."""
    overdue = [entry for entry in handbook.entries.values() if entry.is_overdue(today)]
    return sorted(overdue, key=lambda entry: (str(entry.review_by), entry.file))


def _lengths(entry: Entry) -> Iterator[Fault]:
    match entry:
        case Term():
            yield from _bound(entry, "short", entry.short, SHORT)
            yield from _bound(entry, "body", entry.body, TERM_BODY)
        case Section():
            yield from _bound(entry, "short", entry.short, SHORT)
            yield from _bound(entry, "body", entry.body, SECTION_BODY)
        case Checklist():
            for number, item in enumerate(entry.items, 1):
                yield from _bound(entry, f"items[{number}]", item.text, ITEM)
                yield from _bound(entry, f"items[{number}].why", item.why, ITEM)
        case Tip():
            whole = Text(entry.body.zh + entry.why.zh, f"{entry.body.en} {entry.why.en}")
            yield from _bound(entry, "text", entry.body, TIP_ACTION)
            yield from _bound(entry, "text and why", whole, TIP_WHOLE)
        case Comparison():
            yield from _bound(entry, "short", entry.short, SHORT)
            yield from _bound(entry, "recommend", entry.recommend, RECOMMEND)
            for number, row in enumerate(entry.rows, 1):
                yield from _bound(entry, f"rows[{number}]", row.label, ROW)
                for zh, en in zip(row.cells.zh, row.cells.en, strict=False):
                    yield from _bound(entry, f"rows[{number}].cells", Text(zh, en), CELL)
        case Case():
            if len(entry.facts.zh) != len(entry.facts.en):
                counts = f"{len(entry.facts.zh)} in Chinese, {len(entry.facts.en)} in English"
                yield Fault(entry.file, "facts", counts, "the same facts in both languages")


def _bound(entry: Entry, key: str, text: Text, bounds: Bounds) -> Iterator[Fault]:
    for lang in LANGS:
        low, high = bounds[lang]
        count = length(text.get(lang), lang)
        if not low <= count <= high:
            yield Fault(entry.file, f"{key}.{lang}", f"length {count}", f"{low} to {high}")


def _asks(entry: Entry) -> Iterator[Fault]:
    if entry.kind in (Kind.SECTION, Kind.TIP) and not entry.asks.zh and not entry.asks.en:
        return
    names = {name_key(n) for n in (entry.title.zh, entry.title.en, *entry.aliases)}
    for lang in LANGS:
        asks = entry.asks.zh if lang == "zh" else entry.asks.en
        low, high = ASKS_EACH
        if not low <= len(asks) <= high:
            yield Fault(entry.file, f"asks.{lang}", f"{len(asks)} of them", f"{low} to {high}")
        for ask in asks:
            if not ASK[lang][0] <= length(ask, lang) <= ASK[lang][1]:
                expected = f"{ASK[lang][0]} to {ASK[lang][1]}"
                yield Fault(entry.file, f"asks.{lang}", f'length of "{ask}"', expected)
            if name_key(ask) in names:
                yield Fault(entry.file, f"asks.{lang}", f'"{ask}" is a name', "a question")


def _words(entry: Entry) -> Iterator[Fault]:
    for part in entry.parts():
        for filler in FILLERS:
            if filler in part.text.zh:
                yield Fault(entry.file, f"{part.key}.zh", f'filler "{filler}"', "plain words")
        for match in FILLERS_EN.finditer(part.text.en):
            yield Fault(entry.file, f"{part.key}.en", f'filler "{match[0]}"', "plain words")
        copied = find_copied_run(part.text.zh) or find_copied_run(part.text.en)
        if copied:
            fault = f'shares "{copied}" with the source text'
            yield Fault(entry.file, part.key, fault, "own words")


def _bare_ids(entry: Entry, handbook: Handbook) -> Iterator[Fault]:
    """Ids are for files: a reader gets a title. Those of terms are words (fine-tuning)."""
    texts = [
        (f"{part.key}.{lang}", part.text.get(lang)) for part in entry.parts() for lang in LANGS
    ]
    texts += [(f"title.{lang}", entry.title.get(lang)) for lang in LANGS]
    texts += [(f"asks.{lang}", ask) for lang in LANGS for ask in entry.asks.get(lang)]
    texts += [("sources", source) for source in entry.sources]
    for key, text in texts:
        for found in ID.findall(text):
            if named := handbook.entries.get(found):
                title = named.title.get("zh" if key.endswith(".zh") else "en")
                yield Fault(entry.file, key, f'the id "{found}"', f"its title: {title}")


def _review(entry: Entry) -> Iterator[Fault]:
    if entry.review_by is None and "law" in entry.disclaimers:
        yield Fault(entry.file, "review_by", "missing", "a date: law moves")
    if entry.review_by and entry.checked and not entry.moves:
        days = (entry.review_by - entry.checked).days
        if days <= SOON:
            problem = f"missing, though it is read again after {days} days"
            yield Fault(entry.file, "moves", problem, "one or more of " + ", ".join(MOVES))
    if entry.status == "verified" and entry.checked is None:
        expected = "the day somebody read the sources, or another status"
        yield Fault(entry.file, "checked", "missing in a verified entry", expected)

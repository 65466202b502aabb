"""facts.toml: what several entries state (a law's date, a fine, a known figure), written once.

An entry that lists a fact in `states` writes it in one of the fact's forms, so that two entries
cannot say two things, and a changed law leads to every sentence to mend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.handbook.fields import Fault, Fields
from bot.handbook.models import Entry, Fact, Handbook
from bot.i18n import LANGS, Lang

FILE = "facts.toml"
LAW = "law"  # this unit's facts are laws by name: an entry may rest on one by its sources alone
AROUND_HAN = re.compile(r" (?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) ")


@dataclass(frozen=True, slots=True)
class Use:
    """A fact, the entries that state it (`missing`: in no form of that language), and, of a fact
    that is distinct, those that write it without saying so."""

    fact: Fact
    stated_by: tuple[Entry, ...]
    missing: tuple[tuple[Entry, Lang], ...]
    unlisted: tuple[Entry, ...]


def read_facts(fields: Fields) -> dict[str, Fact]:
    """The facts by id; faults go to `fields.faults`."""
    found = {}
    for fact_id in fields.table:
        table = fields.sub(fact_id, required=False)
        if table is not None:
            found[fact_id] = Fact(
                id=fact_id,
                name=table.text("name"),
                value=table.string("value"),
                unit=table.string("unit"),
                date=table.date("date"),
                source=table.string("source"),
                forms=table.lines("forms", required=True),
                distinct=table.flag("distinct"),
            )
            table.unknown()
    return found


def find_fact_faults(handbook: Handbook) -> Iterator[Fault]:
    """Facts that an entry states in no known form, unknown ones, unlisted ones, unused ones."""
    facts = handbook.facts or {}
    for entry in handbook.entries.values():
        for fact_id in entry.states:
            if fact_id not in facts:
                yield Fault(entry.file, "states", f'"{fact_id}" is unknown', f"a fact in {FILE}")
    for use in find_uses(handbook):
        fact = use.fact
        if not use.stated_by:
            yield Fault(FILE, fact.id, "no entry states it", "an entry that does, or no such fact")
        for entry, lang in use.missing:
            forms = " or ".join(f'"{form}"' for form in fact.forms.get(lang))
            problem = f'"{fact.id}" is not written in {lang}'
            yield Fault(entry.file, "states", problem, forms)
        for entry in use.unlisted:
            problem = f'the text states "{fact.id}" ({fact.value})'
            yield Fault(entry.file, "states", problem, "its id here")


def find_uses(handbook: Handbook) -> Iterator[Use]:
    """Every fact, in the order of the file, with the entries in which it stands."""
    texts = [
        (entry, _fold_texts(entry), _fold("\n".join(entry.sources)))
        for entry in handbook.entries.values()
    ]
    for fact in (handbook.facts or {}).values():
        forms = {lang: tuple(_fold(form) for form in fact.forms.get(lang)) for lang in LANGS}
        stated, missing, unlisted = [], [], []
        for entry, written, sources in texts:
            lacks = [lang for lang in LANGS if not _holds(written[lang], forms[lang])]
            if fact.unit == LAW and any(_holds(sources, forms[lang]) for lang in LANGS):
                lacks = []
            if fact.id in entry.states:
                stated.append(entry)
                missing += [(entry, lang) for lang in lacks]
            elif fact.distinct and len(lacks) < len(LANGS):
                unlisted.append(entry)
        yield Use(fact, tuple(stated), tuple(missing), tuple(unlisted))


def _fold_texts(entry: Entry) -> Mapping[Lang, str]:
    texts = [entry.title, *(part.text for part in entry.parts())]
    return {lang: _fold("\n".join(text.get(lang) for text in texts)) for lang in LANGS}


def _holds(text: str, forms: tuple[str, ...]) -> bool:
    """Whether one of the forms stands in a text: 5% is no part of 15%, nor 9 Dec of 19 Dec."""
    return any(form in text and _pattern(form).search(text) for form in forms)


def _pattern(form: str) -> re.Pattern[str]:
    before = r"(?<![a-z0-9])(?<!\d[.,])" if form[:1].isascii() else ""
    after = r"(?![a-z0-9]|[.,]\d)" if form[-1:].isascii() else ""
    return re.compile(before + re.escape(form) + after)


def _fold(text: str) -> str:
    """Without case and width, with one space where there is any, and none beside Chinese. A wide
    comma stays no part of a number: 2026-12-02，15 places."""
    folded = " ".join(unicodedata.normalize("NFKC", text.replace("，", "；")).casefold().split())
    return AROUND_HAN.sub("", folded)

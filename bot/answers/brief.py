"""The part of an entry that is shown first, by its kind: two pieces that fit on a phone's screen.

The rest stands behind More.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.answers import words
from bot.answers.cut import MOST, cut, measure
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
from bot.i18n import Lang
from bot.slack.blocks import Element, bullets, labelled, paragraph, run
from bot.slack.entries import action_on, short_title
from bot.slack.words import WHY

FIRST_ITEMS = 3


class Brief(NamedTuple):
    """`text` says what it is or what to do; `facts`, each with its label, add to it, `items` are a
    list."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says, piece by piece."""
        facts = (f"{label}: {fact}" for label, fact in self.facts)
        numbered = (f"{number}. {item}" for number, item in enumerate(self.items, 1))
        return tuple(filter(None, (self.text, *facts, *numbered)))


def build_brief(
    handbook: Handbook, entry: Entry, lang: Lang, today: date | None, beside: Sequence[str]
) -> Brief:
    """Cut to what is left of MOST by `beside`, the texts that are shown with it."""
    room = max(MOST[lang] - measure(beside, lang), 0)
    match entry:
        case Term():
            return _fit(entry.short.get(lang), words.MISTAKE.get(lang), entry.mistake.get(lang),
                        lang, room)  # fmt: skip
        case Checklist():
            items = tuple(item.text.get(lang) for item in entry.items[:FIRST_ITEMS])
            text = entry.short.get(lang)
            return Brief(cut(text, lang, max(room - measure(items, lang), 0)), items=items)
        case Case():
            lesson = entry.lessons[0].get(lang) if entry.lessons else ""
            return _fit(entry.short.get(lang), words.LESSON.get(lang), lesson, lang, room)
        case Section():
            text = cut(entry.short.get(lang), lang, room)
            label = words.IN_SECTION.get(lang)
            left = room - measure((text, label), lang)
            names = _names(entries_in(handbook, entry), lang, left)
            return Brief(text, ((label, names),) if names else ())
        case Tip():
            act = action_on(entry, today).get(lang)
            return _fit(act, WHY.get(lang), entry.why.get(lang), lang, room)
        case Comparison():
            return _compare(entry, lang, room)
        case _:
            raise TypeError(f"no brief for {type(entry).__name__}")


def draw_brief(brief: Brief) -> list[Element]:
    """The brief as elements of rich text."""
    elements = [paragraph(run(f"{brief.text}\n"))] if brief.text else []
    elements += [labelled(label, fact) for label, fact in brief.facts]
    if brief.items:
        elements.append(bullets([[run(item)] for item in brief.items], ordered=True))
    return elements


def entries_in(handbook: Handbook, section: Section) -> list[Entry]:
    """What stands in a section beside its own page and its tips."""
    return [
        entry
        for no in section.sections
        for entry in handbook.by_section.get(no, ())
        if entry.kind not in (Kind.SECTION, Kind.TIP)
    ]


def _fit(text: str, label: str, more: str, lang: Lang, room: int) -> Brief:
    text = cut(text, lang, room)
    left = room - measure((text, label), lang)
    rest = cut(more, lang, left) if left > 0 else ""
    return Brief(text, ((label, rest),) if rest else ())


def _compare(comparison: Comparison, lang: Lang, room: int) -> Brief:
    """Which to choose, and when each of them: the first row."""
    text = cut(comparison.recommend.get(lang), lang, room)
    names = [thing.name.get(lang) for thing in comparison.things]
    left = room - measure((text, *names), lang)
    facts = []
    for name, cell in zip(names, comparison.rows[0].cells.get(lang), strict=True):
        said = cut(cell, lang, max(left, 0))
        left -= measure((said,), lang)
        facts += [(name, said)] if said else []
    return Brief(text, tuple(facts))


def _names(entries: Sequence[Entry], lang: Lang, room: int) -> str:
    """As many titles as fit, and how many more there are."""
    comma = "、" if lang == "zh" else ", "
    for shown in range(len(entries), 0, -1):
        names = comma.join(short_title(entry, lang) for entry in entries[:shown])
        rest = len(entries) - shown
        line = f"{names}{words.AND_MORE.get(lang).format(count=rest)}" if rest else names
        if measure((line,), lang) <= room:
            return line
    return ""

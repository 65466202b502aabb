"""What several features show of the handbook's entries: buttons that open them, their disclaimers,
a tip's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.handbook.models import Case, Entry, Tip
from bot.i18n import Lang, Text
from bot.slack import words
from bot.slack.action_ids import (
    ANSWER_MENU,
    HELPFUL,
    NOT_HELPFUL,
    OPEN,
    RELATED,
    Target,
    choice,
    numbered,
)
from bot.slack.blocks import Element, button, clip, labelled, option, paragraph, run
from bot.slack.words import DISCLAIMERS, WHY

MAX_RELATED = 5  # buttons in one row on a desktop


def open_buttons(entries: Iterable[Entry], lang: Lang) -> list[Element]:
    """A button for each entry that opens it privately."""
    return [
        button(
            short_title(entry, lang),
            numbered(OPEN, number),
            str(Target(entry.id, lang)),
        )
        for number, entry in enumerate(entries)
    ]


def entry_menu(
    entry: Entry,
    lang: Lang,
    more: Sequence[tuple[str, Text]] = (),
    related: Text = words.RELATED,
) -> Element:
    """What is seldom needed of an entry: what is related, `more`, an opinion of it. At most five,
    as Slack has it."""
    target = str(Target(entry.id, lang))
    options = [
        option(text.get(lang), choice(verb, target))
        for verb, text in (
            (RELATED, related),
            *more,
            (HELPFUL, words.HELPFUL_LABEL),
            (NOT_HELPFUL, words.NOT_HELPFUL_LABEL),
        )
    ]
    return {"type": "overflow", "action_id": ANSWER_MENU, "options": options}


def short_title(entry: Entry, lang: Lang) -> str:
    """A title for a button: without what follows its colon."""
    title = entry.title.get(lang)
    return clip(title.partition("：" if lang == "zh" else ": ")[0], 40)


def notes_of(entry: Entry, lang: Lang) -> list[str]:
    """The disclaimers that belong to an entry."""
    names = list(entry.disclaimers)
    if isinstance(entry, Case):
        names.append("case")
    return [DISCLAIMERS[name].get(lang) for name in names]


def build_tip(tip: Tip, lang: Lang, today: date | None = None) -> list[Element]:
    """The tip's text; after its date a dated tip says what holds now."""
    elements = [paragraph(run(f"{action_on(tip, today).get(lang)}\n"))]
    return [*elements, labelled(WHY.get(lang), tip.why.get(lang))]


def action_on(tip: Tip, today: date | None) -> Text:
    """What a tip says on a day: its action, or its fallback from that date on."""
    if tip.fallback and today and today >= tip.fallback.date:
        return tip.fallback.text
    return tip.body

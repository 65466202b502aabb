"""The Home tab: what everybody sees, and what this person looked up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import words
from bot.answers.chapters import chapter_buttons
from bot.answers.help import build_usage
from bot.handbook.models import Entry, Handbook, Kind
from bot.i18n import Lang
from bot.slack.blocks import Block, Element, actions, context, divider, header, plain_section
from bot.slack.entries import open_buttons
from bot.slack.words import DISCLAIMERS, TITLE

BUTTONS_A_ROW = 5


def build_home(handbook: Handbook, lang: Lang) -> Element:
    """The Home tab's view: what this is, chapters, examples, how to ask."""
    counts = {f"{kind.value}s": len(handbook.by_kind[kind]) for kind in Kind}
    blocks: list[Block] = [
        header(TITLE.get(lang)),
        context(words.HOME_COUNTS.get(lang).format(**counts)),
        *build_usage(lang),
        divider(),
        plain_section(words.CHAPTERS.get(lang)),
        *chapter_buttons(handbook, lang),
        context(DISCLAIMERS["general"].get(lang)),
    ]
    return {"type": "home", "blocks": blocks}


def build_home_lookups(entries: Sequence[Entry], lang: Lang) -> list[Block]:
    """What a person looked up last, to open again."""
    if not entries:
        return []
    buttons = open_buttons(entries, lang)
    rows = [
        actions(buttons[start : start + BUTTONS_A_ROW])
        for start in range(0, len(buttons), BUTTONS_A_ROW)
    ]
    return [divider(), plain_section(words.RECENT_LOOKUPS.get(lang)), *rows]

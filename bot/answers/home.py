"""The Home tab: search, what is this person's, what can be started, the chapters, the language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import ids, words
from bot.answers.chapters import chapter_buttons
from bot.handbook.models import Entry, Handbook, Kind
from bot.i18n import LANGS, Lang
from bot.slack.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    divider,
    header,
    option,
    plain_section,
)
from bot.slack.entries import open_buttons
from bot.slack.words import DISCLAIMERS, LANG_NAMES, TITLE

RECENT = 5  # one row on a desktop
AUTO = "auto"


def build_home_search(handbook: Handbook, lang: Lang) -> list[Block]:
    """What this is, and the way to ask."""
    counts = {f"{kind.value}s": len(handbook.by_kind[kind]) for kind in Kind}
    return [
        header(TITLE.get(lang)),
        context(words.HOME_COUNTS.get(lang).format(**counts)),
        actions([button(words.SEARCH_BUTTON.get(lang), ids.SEARCH, lang, style="primary")]),
    ]


def build_home_lookups(entries: Sequence[Entry], lang: Lang) -> list[Block]:
    """What a person looked up last, to open again."""
    if not entries:
        return []
    buttons = open_buttons(entries[:RECENT], lang)
    return [divider(), plain_section(words.RECENT_LOOKUPS.get(lang)), actions(buttons)]


def build_home_chapters(handbook: Handbook, lang: Lang) -> list[Block]:
    return [divider(), plain_section(words.CHAPTERS.get(lang)), *chapter_buttons(handbook, lang)]


def build_home_language(chosen: Lang | None, lang: Lang) -> list[Block]:
    """The language that a person chose, to choose another; and what all this is not."""
    options = [option(words.LANG_AUTO.get(lang), AUTO)]
    options += [option(LANG_NAMES[code].get(lang), code) for code in LANGS]
    initial = next(one for one in options if one["value"] == (chosen or AUTO))
    select: Element = {
        "type": "static_select",
        "action_id": ids.LANG,
        "options": options,
        "initial_option": initial,
    }
    return [
        divider(),
        plain_section(words.LANG_FIELD.get(lang), select),
        context(DISCLAIMERS["general"].get(lang)),
    ]

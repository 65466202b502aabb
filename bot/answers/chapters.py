"""Walking the handbook: chapters -> sections -> entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from bot.answers import ids, words
from bot.answers.rows import build_row
from bot.handbook.models import Handbook, Heading, Kind, Section
from bot.i18n import Lang
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import Block, Element, Reply, actions, button, context, header
from bot.slack.mrkdwn import escape

BUTTONS_A_ROW = 25  # Slack's limit for one actions block
MAX_BLOCKS = 49


def build_chapters(handbook: Handbook, lang: Lang) -> Reply:
    """The seven chapters as buttons."""
    title = words.CHAPTERS.get(lang)
    names = [one.title.get(lang) for one in handbook.headings if "." not in one.no]
    said = escape("\n".join((title, *names)))
    return Reply(said, (header(title), *chapter_buttons(handbook, lang)))


def chapter_buttons(handbook: Handbook, lang: Lang) -> list[Block]:
    buttons = [
        heading_button(heading, lang, number)
        for number, heading in enumerate(handbook.headings)
        if "." not in heading.no
    ]
    return [actions(buttons[:BUTTONS_A_ROW])] if buttons else []


def build_heading(handbook: Handbook, heading: Heading, lang: Lang) -> Reply:
    """A chapter or a second-level heading: its sections, one line each."""
    title = heading.title.get(lang)
    blocks: list[Block] = [header(title)]
    numbers = count()
    for below in handbook.headings:
        if below.no.startswith(f"{heading.no}."):
            blocks.append(context(below.title.get(lang)))
            blocks += _rows(sections_below(handbook, below.no), lang, numbers)
    if len(blocks) == 1:
        blocks += _rows(sections_below(handbook, heading.no), lang, numbers)
    names = [one.title.get(lang) for one in sections_below(handbook, heading.no)]
    return Reply(escape("\n".join((title, *names))), tuple(blocks[:MAX_BLOCKS]))


def sections_below(handbook: Handbook, no: str) -> list[Section]:
    """The sections whose number is `no` or starts with it, in order."""
    found = [
        entry
        for entry in handbook.by_kind[Kind.SECTION]
        if isinstance(entry, Section)
        and any(n == no or n.startswith(f"{no}.") for n in entry.sections)
    ]
    return sorted(found, key=lambda section: section.sections)


def heading_button(heading: Heading, lang: Lang, number: int) -> Element:
    value = str(Target(heading.no, lang))
    return button(heading.title.get(lang), numbered(ids.CHAPTER, number), value)


def _rows(sections: Sequence[Section], lang: Lang, numbers: Iterator[int]) -> list[Block]:
    return [build_row(one, lang, next(numbers), one.short.get(lang)) for one in sections]

"""Walking the handbook: chapters -> sections -> entries."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import ids, words
from bot.handbook.models import Handbook, Heading, Kind, Section
from bot.i18n import Lang
from bot.slack.action_ids import OPEN, Target, numbered
from bot.slack.blocks import (
    BUTTON_CHARS,
    Block,
    Element,
    Reply,
    actions,
    button,
    clip,
    context,
    header,
    plain_section,
)
from bot.slack.entries import open_buttons
from bot.slack.mrkdwn import escape
from bot.slack.words import MORE

BUTTONS_A_ROW = 25  # Slack's limit for one actions block
MAX_ROWS = 40


def build_chapters(handbook: Handbook, lang: Lang) -> Reply:
    """The seven chapters as buttons."""
    title = words.CHAPTERS.get(lang)
    return Reply(title, (header(title), *chapter_buttons(handbook, lang)))


def chapter_buttons(handbook: Handbook, lang: Lang) -> list[Block]:
    buttons = [
        heading_button(heading, lang, number)
        for number, heading in enumerate(handbook.headings)
        if "." not in heading.no
    ]
    return [actions(buttons[:BUTTONS_A_ROW])] if buttons else []


def build_heading(handbook: Handbook, heading: Heading, lang: Lang) -> Reply:
    """A chapter or a second-level heading: its sections, each with a button and its entries."""
    title = f"{heading.no} {heading.title.get(lang)}"
    blocks: list[Block] = [header(title)]
    for below in handbook.headings:
        if below.no.startswith(f"{heading.no}."):
            sections = sections_below(handbook, below.no)
            blocks.append(context(f"{below.no} {below.title.get(lang)}"))
            blocks += [actions(_section_buttons(sections, lang))] if sections else []
    if len(blocks) == 1:
        blocks += _sections_with_entries(handbook, sections_below(handbook, heading.no), lang)
    return Reply(escape(title), tuple(blocks[:MAX_ROWS]))


def sections_below(handbook: Handbook, no: str) -> list[Section]:
    """The sections whose number is `no` or starts with it, in order."""
    found = [
        entry
        for entry in handbook.by_kind[Kind.SECTION]
        if isinstance(entry, Section)
        and any(n == no or n.startswith(f"{no}.") for n in entry.sections)
    ]
    return sorted(found, key=lambda section: section.sections)


def build_section_entries(handbook: Handbook, section: Section, lang: Lang) -> list[Block]:
    """Buttons to what stands in a section, to go under its own page."""
    entries = [
        entry
        for no in section.sections
        for entry in handbook.by_section.get(no, ())
        if entry.kind not in (Kind.SECTION, Kind.TIP)
    ]
    if not entries:
        return []
    shown = entries[:BUTTONS_A_ROW]
    blocks = [context(words.IN_SECTION.get(lang)), actions(open_buttons(shown, lang))]
    if len(entries) > len(shown):
        blocks.append(context(MORE.get(lang).format(count=len(entries) - len(shown))))
    return blocks


def heading_button(heading: Heading, lang: Lang, number: int) -> Element:
    text = f"{heading.no} {heading.title.get(lang)}"
    value = str(Target(heading.no, lang))
    return button(clip(text, BUTTON_CHARS), numbered(ids.CHAPTER, number), value)


def _section_buttons(sections: Sequence[Section], lang: Lang) -> list[Element]:
    return [
        button(
            f"{section.sections[0]} {section.title.get(lang)}",
            numbered(OPEN, number),
            str(Target(section.id, lang)),
        )
        for number, section in enumerate(sections[:BUTTONS_A_ROW])
    ]


def _sections_with_entries(
    handbook: Handbook, sections: Sequence[Section], lang: Lang
) -> list[Block]:
    blocks: list[Block] = []
    for section in sections:
        blocks.append(plain_section(f"{section.sections[0]} {section.title.get(lang)}"))
        blocks.append(actions(_section_buttons([section], lang)))
        blocks += build_section_entries(handbook, section, lang)
    return blocks

"""A section of the handbook: overview, the correction to the source text."""

from __future__ import annotations

from bot.handbook.models import Lang, Section
from bot.replies import text as words
from bot.replies.blocks import Element, labelled
from bot.replies.term import lead


def build_section(section: Section, lang: Lang) -> list[Element]:
    elements = lead(section.short.get(lang), section.body.get(lang))
    if section.correction:
        elements.append(labelled(words.CORRECTION.get(lang), section.correction.get(lang)))
    return elements

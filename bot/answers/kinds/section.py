"""A section of the handbook: overview, the correction to the source text."""

from __future__ import annotations

from bot.answers import words
from bot.answers.kinds.term import lead
from bot.handbook.models import Section
from bot.i18n import Lang
from bot.slack.blocks import Element, labelled


def build_section(section: Section, lang: Lang) -> list[Element]:
    elements = lead(section.short.get(lang), section.body.get(lang))
    if section.correction:
        elements.append(labelled(words.CORRECTION.get(lang), section.correction.get(lang)))
    return elements

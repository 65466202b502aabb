"""A glossary term: short, body, example, common mistake."""

from __future__ import annotations

from bot.answers import words
from bot.handbook.models import Term
from bot.i18n import Lang
from bot.slack.blocks import Element, labelled, paragraph, run


def build_term(term: Term, lang: Lang) -> list[Element]:
    elements = lead(term.short.get(lang), term.body.get(lang))
    if term.example:
        elements.append(labelled(words.EXAMPLE.get(lang), term.example.get(lang)))
    if term.mistake:
        elements.append(labelled(words.MISTAKE.get(lang), term.mistake.get(lang)))
    return elements


def lead(short: str, body: str) -> list[Element]:
    """The short text in bold, then the body's paragraphs."""
    elements = [paragraph(run(f"{short}\n", bold=True))] if short else []
    return elements + [paragraph(run(f"{line}\n")) for line in body.splitlines() if line.strip()]

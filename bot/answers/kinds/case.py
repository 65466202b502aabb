"""A case: what happened, dated; what to learn from it; what is not certain."""

from __future__ import annotations

from bot.answers import words
from bot.answers.kinds.term import lead
from bot.handbook.models import Case
from bot.i18n import Lang, Text
from bot.slack.blocks import Element, bullets, labelled, paragraph, run


def build_case(case: Case, lang: Lang) -> list[Element]:
    elements = lead(case.short.get(lang), "")
    elements += _labelled(words.SOURCE_SAYS, case.source_says, lang)
    elements += _list(words.FACTS, case.facts.get(lang), lang)
    elements += _labelled(words.COMPARE, case.compare, lang)
    elements += _list(words.LESSONS, tuple(t.get(lang) for t in case.lessons), lang)
    elements += _labelled(words.LIMITS, case.limits, lang)
    return elements + _labelled(words.DISCUSS, case.discuss, lang)


def _labelled(label: Text, text: Text, lang: Lang) -> list[Element]:
    return [labelled(label.get(lang), text.get(lang))] if text else []


def _list(label: Text, lines: tuple[str, ...], lang: Lang) -> list[Element]:
    if not lines:
        return []
    return [paragraph(run(label.get(lang), bold=True)), bullets([[run(line)] for line in lines])]

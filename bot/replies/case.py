"""A case: what happened, dated; what to learn from it; what is not certain."""

from __future__ import annotations

from bot.handbook.models import Case, Lang, Text
from bot.replies import text as words
from bot.replies.blocks import Element, bullets, labelled, paragraph, run
from bot.replies.term import lead


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

"""A checklist: who and when, the numbered items with their reasons, when it is done."""

from __future__ import annotations

from bot.answers import words
from bot.answers.kinds.term import lead
from bot.handbook.models import Checklist, Item
from bot.i18n import Lang
from bot.slack.blocks import Element, bullets, labelled, run


def build_checklist(checklist: Checklist, lang: Lang) -> list[Element]:
    elements = lead(checklist.short.get(lang), "")
    facts = ((words.WHO, checklist.who), (words.WHEN, checklist.when), (words.TIME, checklist.time))
    elements += [labelled(label.get(lang), text.get(lang)) for label, text in facts if text]
    lines = [[run(item.text.get(lang)), *_reason(item, lang)] for item in checklist.items]
    elements.append(bullets(lines, ordered=True))
    if checklist.done_when:
        elements.append(labelled(words.DONE_WHEN.get(lang), checklist.done_when.get(lang)))
    return elements


def _reason(item: Item, lang: Lang) -> list[Element]:
    """A workspace's own item may have none."""
    why = item.why.get(lang)
    return [run(f"\n{why}", italic=True)] if why else []

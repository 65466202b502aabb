"""Modals: the terms found in a message, and one entry shown over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers import ids, words
from bot.answers.entry import build_short, build_whole
from bot.answers.place import Place
from bot.handbook.models import Entry, Handbook
from bot.i18n import Lang, other_lang
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    button,
    plain_section,
    section,
)
from bot.slack.modals import build_modal
from bot.slack.mrkdwn import literal
from bot.slack.words import MORE

MAX_TERMS = 45


def build_terms_modal(entries: Sequence[Entry], lang: Lang) -> Element:
    """Each term with its short text and a button for the whole entry."""
    blocks: list[Block] = []
    for number, entry in enumerate(entries[:MAX_TERMS]):
        title, other = entry.title.get(lang), entry.title.get(other_lang(lang))
        text = f"*{literal(title)}* · {literal(other)}\n{literal(entry.short.get(lang))}"
        value = str(Target(entry.id, lang))
        more = button(words.OPEN.get(lang), numbered(ids.MODAL_OPEN, number), value,
                      label=f"{words.OPEN.get(lang)} {title}")  # fmt: skip
        blocks.append(section(text, more))
    if len(entries) > MAX_TERMS:
        more_text = MORE.get(lang).format(count=len(entries) - MAX_TERMS)
        blocks.append(plain_section(more_text))
    return build_modal(words.TERMS_FOUND, blocks or [plain_section(words.NO_TERMS.get(lang))], lang)


def build_entry_modal(
    handbook: Handbook, entry: Entry, lang: Lang, today: date | None = None, *, whole: bool = False
) -> Element:
    """An entry in a modal."""
    build = build_whole if whole else build_short
    answer = build(handbook, entry, lang, Place.MODAL, today)
    return build_modal(words.KIND_NAMES[entry.kind], answer.blocks, lang)

"""Modals: the terms found in a message, and one entry shown over them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import ids, words
from bot.answers.entry import build_answer
from bot.handbook.models import Entry, Handbook
from bot.i18n import Lang, Text, other_lang
from bot.slack.blocks import (
    TITLE_CHARS,
    VIEW_BLOCKS,
    Block,
    Element,
    Reply,
    button,
    clip,
    plain,
    plain_section,
    section,
)
from bot.slack.mrkdwn import literal
from bot.slack.words import CLOSE, MORE, TITLE

MAX_TERMS = 45


def build_terms_modal(entries: Sequence[Entry], lang: Lang) -> Element:
    """Each term with its short text and a button for the whole entry."""
    blocks: list[Block] = []
    for number, entry in enumerate(entries[:MAX_TERMS]):
        title, other = entry.title.get(lang), entry.title.get(other_lang(lang))
        text = f"*{literal(title)}* · {literal(other)}\n{literal(entry.short.get(lang))}"
        value = str(ids.Target(entry.id, lang))
        more = button(words.OPEN.get(lang), ids.numbered(ids.MODAL_OPEN, number), value,
                      label=f"{words.OPEN.get(lang)} {title}")  # fmt: skip
        blocks.append(section(text, more))
    if len(entries) > MAX_TERMS:
        more_text = MORE.get(lang).format(count=len(entries) - MAX_TERMS)
        blocks.append(plain_section(more_text))
    return _modal(words.TERMS_FOUND, blocks or [plain_section(words.NO_TERMS.get(lang))], lang)


def build_entry_modal(handbook: Handbook, entry: Entry, lang: Lang) -> Element:
    """An entry with its related ones; without the buttons that only a message can have."""
    blocks = [block for block in build_answer(handbook, entry, lang).blocks if _fits(block)]
    return _modal(words.KIND_NAMES[entry.kind], blocks, lang)


def _fits(block: Block) -> bool:
    return block["type"] != "actions" or all(
        ids.action_of(element["action_id"]) == ids.OPEN for element in block["elements"]
    )


def build_reply_modal(reply: Reply, lang: Lang) -> Element:
    """A reply over the Home tab, where no message can be sent; its buttons work there too."""
    return _modal(TITLE, [block for block in reply.blocks if _fits(block)], lang)


def _modal(title: Text, blocks: Sequence[Block], lang: Lang) -> Element:
    return {
        "type": "modal",
        "title": plain(clip(title.get(lang), TITLE_CHARS), TITLE_CHARS),
        "close": plain(CLOSE.get(lang), TITLE_CHARS),
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }

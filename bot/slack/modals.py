"""Modals that only show something: a reply where no message can be sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Lang, Text
from bot.slack.blocks import TITLE_CHARS, VIEW_BLOCKS, Block, Element, Reply, clip, plain
from bot.slack.words import CLOSE, TITLE


def build_reply_modal(reply: Reply, lang: Lang) -> Element:
    """A reply over the Home tab, where no message can be sent; its buttons work there too."""
    return build_modal(TITLE, reply.blocks, lang)


def build_modal(title: Text, blocks: Sequence[Block], lang: Lang) -> Element:
    return {
        "type": "modal",
        "title": plain(clip(title.get(lang), TITLE_CHARS), TITLE_CHARS),
        "close": plain(CLOSE.get(lang), TITLE_CHARS),
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }

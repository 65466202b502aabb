"""The modal to ask in: a field, and below it the answer to what was asked."""

from __future__ import annotations

from bot.answers import ids, words
from bot.i18n import Lang
from bot.slack.blocks import VIEW_BLOCKS, Block, Element, Reply, divider
from bot.slack.fields import View, entered_text, field, line_input, modal

QUERY_CHARS = 300


def build_search(lang: Lang, query: str = "", answer: Reply | None = None) -> Element:
    element = line_input(query, QUERY_CHARS)
    asked = field(ids.SEARCH_TEXT, words.SEARCH_FIELD, element, lang, hint=words.SEARCH_HINT,
                  optional=False)  # fmt: skip
    blocks: list[Block] = [asked]
    if answer:
        blocks += [divider(), *answer.blocks]
    title, submit = words.SEARCH_TITLE, words.SEARCH_SUBMIT
    return modal(ids.SEARCH_VIEW, title, submit, blocks[:VIEW_BLOCKS], lang, "")


def read_search(view: View) -> str:
    return entered_text(view, ids.SEARCH_TEXT).strip()

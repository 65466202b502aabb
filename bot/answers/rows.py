"""Entries as a list: one line each, with a button that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers import words
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.slack.action_ids import OPEN, Target, numbered
from bot.slack.blocks import Block, button, section
from bot.slack.entries import short_title
from bot.slack.mrkdwn import literal

LINE: dict[Lang, int] = {"en": 70, "zh": 38}  # characters that fit beside the button
IN_WORD = re.compile(r"[\w.,'’&-]*[A-Za-z0-9]", re.ASCII)
LAST_WORD = re.compile(r"[\w.,'’&-]+$", re.ASCII)
BEFORE_ELLIPSIS = ' ,.;:"“‘《（(，。；：、'


def build_rows(entries: Iterable[Entry], lang: Lang) -> list[Block]:
    """Each with its kind and the beginning of its short text."""
    return [
        build_row(entry, lang, number, entry.short.get(lang) or entry.body.get(lang), kind=True)
        for number, entry in enumerate(entries)
    ]


def build_row(entry: Entry, lang: Lang, number: int, say: str, *, kind: bool = False) -> Block:
    """`say`: what stands behind the title, as much as fits into the line."""
    title = short_title(entry, lang)
    names = " · ".join((title, words.KIND_NAMES[entry.kind].get(lang)) if kind else (title,))
    rest = _begin(say.replace("\n", " "), max(LINE[lang] - len(names), 12))
    open_it = button(
        words.OPEN.get(lang),
        numbered(OPEN, number),
        str(Target(entry.id, lang)),
        label=f"{words.OPEN.get(lang)} {title}",
    )
    line = f"*{literal(names)}*  {literal(rest)}" if rest else f"*{literal(names)}*"
    return section(line, open_it)


def _begin(text: str, room: int) -> str:
    """The first `room` characters, with an ellipsis; not to the middle of a word or number."""
    if len(text) <= room:
        return text
    kept = text[: room - 1]
    if IN_WORD.match(text, room - 1):
        kept = LAST_WORD.sub("", kept) or kept
    return kept.rstrip(BEFORE_ELLIPSIS) + "…"

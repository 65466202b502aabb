"""Two entries side by side, where no comparison of them is written: laid out as one that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers import words
from bot.answers.cut import cut
from bot.answers.kinds.comparison import build_row
from bot.answers.rows import build_row as build_line
from bot.handbook.models import Entry, Term
from bot.i18n import Lang, Text
from bot.slack.blocks import Block, Reply, context, header
from bot.slack.entries import short_title
from bot.slack.mrkdwn import escape

ROOM: dict[Lang, int] = {"en": 32, "zh": 60}  # words or characters of a text


def build_side_by_side(entries: Sequence[Entry], lang: Lang) -> Reply:
    names = [short_title(entry, lang) for entry in entries]
    title = " · ".join(names)
    blocks: list[Block] = [header(title), context(words.NOT_WRITTEN.get(lang))]
    said = [title]
    texts: list[tuple[Text, Callable[[Entry], Text]]] = [
        (words.WHAT_IT_IS, lambda entry: entry.short or entry.body),
        (words.MISTAKE, lambda entry: entry.mistake if isinstance(entry, Term) else Text()),
    ]
    for label, text_of in texts:
        cells = [cut(text_of(entry).get(lang), lang, ROOM[lang]) or "–" for entry in entries]
        if any(text_of(entry) for entry in entries):
            blocks.append(build_row(label.get(lang), names, cells))
            said.append(label.get(lang))
            said += [f"{name}: {cell}" for name, cell in zip(names, cells, strict=True)]
    blocks += [build_line(entry, lang, number, "") for number, entry in enumerate(entries)]
    return Reply(escape("\n".join(said)), tuple(blocks))

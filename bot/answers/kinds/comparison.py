"""A comparison: which to choose, then one block a row, a field for each thing. Fields are drawn
everywhere; a table block would stand below the buttons, and not in a modal."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import words
from bot.answers.kinds.term import lead
from bot.handbook.models import Comparison
from bot.i18n import Lang
from bot.slack.blocks import Block, clip, labelled, rich
from bot.slack.mrkdwn import literal

CELL_CHARS = 1_000


def build_comparison(comparison: Comparison, lang: Lang) -> list[Block]:
    names = [thing.name.get(lang) for thing in comparison.things]
    elements = lead(comparison.short.get(lang), "")
    elements.append(labelled(words.RECOMMEND.get(lang), comparison.recommend.get(lang)))
    rows = [build_row(row.label.get(lang), names, row.cells.get(lang)) for row in comparison.rows]
    return [rich(*elements), *rows]


def build_row(label: str, names: Sequence[str], cells: Sequence[str]) -> Block:
    """`cells`: what is said of each of the `names`."""
    fields = [
        {"type": "mrkdwn", "text": f"_{literal(name)}_\n{literal(clip(cell, CELL_CHARS))}"}
        for name, cell in zip(names, cells, strict=True)
    ]
    text = {"type": "mrkdwn", "text": f"*{literal(label)}*", "verbatim": True}
    return {"type": "section", "text": text, "fields": fields}

"""The Home tab's part about a person's own items, of all channels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.checklists import ids, words
from bot.checklists.blocks import tick_button
from bot.checklists.lists import build_series, problem_text
from bot.checklists.models import Item, Run
from bot.checklists.series import Series
from bot.checklists.texts import DOT, due_text, place_text
from bot.i18n import Lang
from bot.slack.blocks import Block, actions, button, divider, plain_section, section
from bot.slack.mrkdwn import literal
from bot.slack.words import MORE

MAX_ITEMS = 20


def build_home_items(
    items: Sequence[tuple[Run, Item]], series: Sequence[Series], lang: Lang, now: datetime, *,
    muted: bool,
) -> list[Block]:  # fmt: skip
    """Each with a button to tick it off; a way to have reminders again; and what the person had
    start by itself. It stands above what is the same every day."""
    if not items and not muted and not series:
        return []
    blocks = [divider()]
    if items or muted:
        blocks.append(plain_section(words.MINE.get(lang)))
    for run, item in items[:MAX_ITEMS]:
        blocks.append(section(_item_text(run, item, lang, now), tick_button(run, item, lang)))
    if len(items) > MAX_ITEMS:
        blocks.append(plain_section(MORE.get(lang).format(count=len(items) - MAX_ITEMS)))
    if muted:
        blocks.append(plain_section(words.MUTED_NOTE.get(lang)))
        blocks.append(actions([button(words.UNMUTE.get(lang), ids.UNMUTE, lang)]))
    return [*blocks, *build_series(series, lang), divider()]


def _item_text(run: Run, item: Item, lang: Lang, now: datetime) -> str:
    facts = DOT.join(filter(None, (place_text(run, lang), due_text(run, item, lang, now))))
    lines = [f"*{literal(item.text.get(lang))}*", facts]
    if problem := problem_text(run, lang):
        lines.append(f"⚠️ {problem}")
    return "\n".join(lines)

"""The Home tab's parts about a person: the channels they subscribed, and what they looked up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import words
from bot.answers.entry import open_buttons
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.slack.blocks import Block, actions, button, divider, plain_section, section
from bot.tips.status import ChannelTips, every, next_lines

PAUSE, RESUME = "tips_pause", "tips_resume"
MAX_CHANNELS = 20
ROW = 5


def build_home_tips(channels: Sequence[ChannelTips], lang: Lang) -> list[Block]:
    """Each channel with its next date, and a button to pause or resume it."""
    if not channels:
        return []
    blocks = [divider(), plain_section(words.TIPS_SUBSCRIBED.get(lang))]
    for tips in channels[:MAX_CHANNELS]:
        lines = [f"<#{tips.channel_id}>", every(tips, lang), *next_lines(tips, lang, tip=False)]
        word, action_id = (words.TIPS_RESUME, RESUME) if tips.paused else (words.TIPS_PAUSE, PAUSE)
        blocks.append(section("\n".join(lines), button(word.get(lang), action_id, tips.channel_id)))
    if len(channels) > MAX_CHANNELS:
        more = words.MORE.get(lang).format(count=len(channels) - MAX_CHANNELS)
        blocks.append(plain_section(more))
    return blocks


def build_home_lookups(entries: Sequence[Entry], lang: Lang) -> list[Block]:
    """What a person looked up last, to open again."""
    if not entries:
        return []
    buttons = open_buttons(entries, lang)
    rows = [actions(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW)]
    return [divider(), plain_section(words.RECENT_LOOKUPS.get(lang)), *rows]

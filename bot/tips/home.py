"""The Home tab's section about the channels that a person has subscribed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Lang
from bot.slack.blocks import Block, Reply, button, divider, plain_section, section
from bot.slack.fields import channel_select
from bot.slack.words import MORE
from bot.tips import words
from bot.tips.status import ChannelTips, every, next_lines, stopped_lines

PAUSE, RESUME = "tips_pause", "tips_resume"
CHANNEL = "tips_channel"  # a channel, from a select, whose settings open
MAX_CHANNELS = 20


def build_home_tips(channels: Sequence[ChannelTips], lang: Lang) -> list[Block]:
    """A select of the channel that is to get tips; and each that this person subscribed, with its
    next date and a button to pause or resume it."""
    select = channel_select(words.PICK_CHANNEL.get(lang)) | {"action_id": CHANNEL}
    blocks = [divider(), plain_section(words.OFFER.get(lang), select)]
    for tips in channels[:MAX_CHANNELS]:
        lines = [f"<#{tips.channel_id}>", *stopped_lines(tips, lang), every(tips, lang)]
        lines += next_lines(tips, lang, tip=False)
        word, action_id = (words.RESUME, RESUME) if tips.paused else (words.PAUSE, PAUSE)
        blocks.append(section("\n".join(lines), button(word.get(lang), action_id, tips.channel_id)))
    if len(channels) > MAX_CHANNELS:
        more = MORE.get(lang).format(count=len(channels) - MAX_CHANNELS)
        blocks.append(plain_section(more))
    return blocks


def build_channel_question(lang: Lang) -> Reply:
    """Which channel is to get weekly tips: a direct message cannot."""
    said = words.OFFER.get(lang)
    select = channel_select(words.PICK_CHANNEL.get(lang)) | {"action_id": CHANNEL}
    return Reply(said, (plain_section(said, select),), private=True)

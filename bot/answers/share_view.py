"""The modal that asks in which channel an answer is to be shared."""

from __future__ import annotations

from bot.answers import ids, words
from bot.i18n import Lang
from bot.slack.action_ids import Target
from bot.slack.blocks import Element, plain_section
from bot.slack.fields import View, channel_select, chosen_channel, field, modal


def build_share(title: str, target: Target, lang: Lang) -> Element:
    """In the reader's language; the answer stays in that of `target`. Slack sends an address with
    what is submitted, by which one can post where the bot is not a member."""
    select = channel_select() | {"response_url_enabled": True}
    blocks = [
        plain_section(title),
        field(ids.SHARE_CHANNEL, words.SHARE_FIELD, select, lang, optional=False),
    ]
    return modal(ids.SHARE_VIEW, words.SHARE_TITLE, words.SHARE_SUBMIT, blocks, lang, str(target))


def read_share(view: View) -> tuple[Target, str]:
    """What to share, and in which channel."""
    target = Target.parse(str(view.get("private_metadata") or ""))
    return target, chosen_channel(view, ids.SHARE_CHANNEL)

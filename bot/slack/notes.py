"""Short messages to one person."""

from __future__ import annotations

from bot.i18n import Lang
from bot.slack.blocks import Reply, plain_section, section
from bot.slack.words import NOT_IN_CHANNEL, NOT_IN_CONVERSATION, OTHER_REFUSAL, REFUSALS


def build_note(message: str) -> Reply:
    """In mrkdwn: what a user typed in it must have been escaped."""
    return Reply(message, (section(message),), private=True)


def build_plain_note(text: str) -> Reply:
    return Reply(text, (plain_section(text),), private=True)


def build_invitation(lang: Lang, channel_id: str, bot_name: str) -> Reply:
    """Why nothing can be posted, and what to do. Nobody can be invited to a direct message."""
    said = NOT_IN_CONVERSATION if channel_id.startswith("D") else NOT_IN_CHANNEL
    return build_note(said.get(lang).format(bot=bot_name))


def explain_error(error: str, lang: Lang) -> str:
    """What Slack's `error` means, in a person's words."""
    known = REFUSALS.get(error)
    return known.get(lang) if known else OTHER_REFUSAL.get(lang).format(error=error)

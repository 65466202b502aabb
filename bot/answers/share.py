"""An answer that a person shares with the channel."""

from __future__ import annotations

from bot.answers import words
from bot.i18n import Lang
from bot.slack.blocks import Block, Reply


def build_shared(answer: Reply, user_id: str, lang: Lang) -> Reply:
    """The answer, headed by who shared it. The mention names the person and pings no one else."""
    line = words.SHARED_BY.get(lang).format(user=f"<@{user_id}>")
    by: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": line}]}
    return Reply(f"{line}\n{answer.text}", (by, *answer.blocks), entry_id=answer.entry_id)

"""What the bot posts to a response_url."""

from __future__ import annotations

from typing import Any

from bot.playground.limits import are_blocks, find_problems
from bot.playground.methods.shared import new_message
from bot.playground.workspace import Workspace


def respond(workspace: Workspace, key: str, body: dict[str, Any]) -> tuple[int, str]:
    """(status, text), as Slack answers."""
    blocks = body.get("blocks") or []
    if not are_blocks(blocks):
        return 400, "invalid_blocks_format"
    if blocks and find_problems({"text": "-", "blocks": blocks}, "message"):
        return 400, "invalid_blocks"
    url, error = workspace.triggers.take_response_url(key)
    if url is None:
        return 404, error
    old = workspace.find(url.channel_id, url.message_ts) if url.message_ts else None
    if body.get("delete_original") and old:
        workspace.remove(old)
    elif body.get("replace_original") and old:
        old |= {"text": body.get("text") or "", "blocks": blocks, "edited": True}
        workspace.touch()
    else:
        only_for = None if body.get("response_type") == "in_channel" else url.user_id
        channel = workspace.channels[url.channel_id]
        workspace.add(new_message(channel, body, only_for=only_for))
    return 200, "ok"

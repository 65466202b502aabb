"""What several methods need: Slack's errors, the channel of a call, what a message may hold."""

from __future__ import annotations

from typing import Any

from bot.playground.limits import are_blocks, find_problems
from bot.playground.records import BOT_USER_ID, Channel, Message
from bot.playground.workspace import Workspace

MAX_TEXT = 40_000
Params = dict[str, Any]
Answer = dict[str, Any]


class ApiError(Exception):
    """An answer with ok: false; `code` is Slack's."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


def find_channel(
    workspace: Workspace, params: Params, *, member: bool = False, archived: bool = False
) -> Channel:
    """The channel of a call; a user's id means their direct messages."""
    channel = workspace.find_channel(str(params.get("channel")))
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.is_archived and not archived:
        raise ApiError("is_archived")
    if member and BOT_USER_ID not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def check_person(workspace: Workspace, channel: Channel) -> None:
    """Refuse a direct message to an account that was deactivated."""
    if channel.im_of and workspace.users[channel.im_of].is_deactivated:
        raise ApiError("user_disabled")


def check_text(params: Params) -> None:
    """Refuse what Slack refuses in a message, but for a text that is too long."""
    blocks = params.get("blocks") or []
    text = params.get("text") or ""
    if not isinstance(text, str):
        raise ApiError("invalid_arguments")
    if not are_blocks(blocks):
        raise ApiError("invalid_blocks_format")
    if not text and not blocks:
        raise ApiError("no_text")
    if blocks and (problems := find_problems({"text": "-", "blocks": blocks}, "message")):
        raise ApiError("invalid_blocks", response_metadata={"messages": problems[:5]})


def new_message(channel: Channel, params: Params, **more: Any) -> Message:
    """The bot's own."""
    return {
        "channel": channel.id, "user": BOT_USER_ID, "bot": True, "text": params.get("text") or "",
        "blocks": params.get("blocks") or [], "thread_ts": params.get("thread_ts"), **more,
    }  # fmt: skip

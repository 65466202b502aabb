"""conversations.*: channels and what was posted in them."""

from __future__ import annotations

import re

from bot.playground.methods.shared import Answer, ApiError, Params, find_channel
from bot.playground.records import BOT_USER_ID, Message
from bot.playground.workspace import Workspace

PAGE, LONGEST_PAGE = 100, 999
NUMBER = re.compile(r"\d{1,16}(\.\d{1,9})?", re.ASCII)


def info(workspace: Workspace, params: Params) -> Answer:
    channel = find_channel(workspace, params, archived=True)
    return {
        "channel": {
            "id": channel.id, "name": channel.name, "is_archived": channel.is_archived,
            "is_im": bool(channel.im_of), "is_private": channel.is_private,
            "is_member": BOT_USER_ID in channel.members, "is_ext_shared": channel.is_ext_shared,
        }
    }  # fmt: skip


def members(workspace: Workspace, params: Params) -> Answer:
    """The members of a public channel, or of a private one that the bot is in."""
    channel = find_channel(workspace, params, archived=True)
    if channel.is_private and BOT_USER_ID not in channel.members:
        raise ApiError("channel_not_found")
    limit, found = int(_number(params, "limit", PAGE)), sorted(channel.members)
    start = _start(str(params.get("cursor") or ""))
    end = start + limit
    after = f"at:{end}" if end < len(found) else ""
    return {"members": found[start:end], "response_metadata": {"next_cursor": after}}


def open_direct(workspace: Workspace, params: Params) -> Answer:
    """The direct messages with a person."""
    user_id = str(params.get("users"))
    channel = workspace.find_channel(user_id)
    if user_id not in workspace.users or channel is None:
        raise ApiError("user_not_found")
    return {"channel": {"id": channel.id}}


def history(workspace: Workspace, params: Params) -> Answer:
    """Newest first, without the replies in threads, as Slack has it."""
    channel = find_channel(workspace, params, member=True, archived=True)
    found = [m for m in _public(workspace, channel.id) if not m.get("thread_ts")]
    return _page(list(reversed(found)), params)


def replies(workspace: Workspace, params: Params) -> Answer:
    """A thread, its parent first."""
    channel = find_channel(workspace, params, member=True, archived=True)
    thread_ts = str(params.get("ts"))
    parent = workspace.find(channel.id, thread_ts)
    if parent is None:
        raise ApiError("thread_not_found")
    found = [m for m in _public(workspace, channel.id) if m.get("thread_ts") == thread_ts]
    return _page([parent, *found], params)


def _public(workspace: Workspace, channel_id: str) -> list[Message]:
    here = (m for m in workspace.messages if m["channel"] == channel_id)
    return [message for message in here if not message.get("only_for")]


def _page(messages: list[Message], params: Params) -> Answer:
    """One page of those between `oldest` and `latest`, with metadata only if asked for."""
    oldest, latest = _number(params, "oldest", 0), _number(params, "latest", float("inf"))
    between = [m for m in messages if oldest < float(m["ts"]) < latest]
    limit = min(int(_number(params, "limit", PAGE)), LONGEST_PAGE)
    if limit < 1:
        raise _wrong("limit")
    start = _start(str(params.get("cursor") or ""))
    page = between[start : start + limit]
    with_metadata = str(params.get("include_all_metadata", "")).lower() in ("true", "1")
    hidden = set() if with_metadata else {"metadata"}
    answer: Answer = {
        "messages": [{k: v for k, v in m.items() if k not in hidden} for m in page],
        "has_more": start + limit < len(between),
    }
    if answer["has_more"]:
        answer["response_metadata"] = {"next_cursor": f"at:{start + limit}"}
    return answer


def _number(params: Params, name: str, default: float) -> float:
    given = str(params.get(name) or default)
    if given != str(default) and not NUMBER.fullmatch(given):
        raise _wrong(name)
    return float(given)


def _wrong(name: str) -> ApiError:
    messages = [f"[ERROR] invalid value [json-pointer:/{name}]"]
    return ApiError("invalid_arguments", response_metadata={"messages": messages})


def _start(cursor: str) -> int:
    """Where a page begins."""
    number = cursor.removeprefix("at:") or "0"
    if not number.isdigit():
        raise ApiError("invalid_cursor")
    return int(number)

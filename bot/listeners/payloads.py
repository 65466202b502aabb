"""Reading Slack's payloads: where ids stand in each kind. Nothing here raises on odd input."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def asker_ids(body: Body) -> tuple[str, str, str]:
    """(team_id, user_id, channel_id) of a command, interaction or event; "" where absent."""
    event = _dict(body.get("event"))
    team = _id(body.get("team")) or str(body.get("team_id") or event.get("team") or "")
    user = _id(body.get("user")) or str(body.get("user_id") or "") or _id(event.get("user"))
    channel = (
        _id(body.get("channel"))
        or str(body.get("channel_id") or "")
        or _id(event.get("channel"))
        or str(_dict(body.get("container")).get("channel_id") or "")
    )
    return team, user, channel


def thread_of(body: Body) -> str:
    """The thread that an interaction's message stands in, or an event's, or ""."""
    container = _dict(body.get("container"))
    message = _dict(body.get("message"))
    event = _dict(body.get("event"))
    found = container.get("thread_ts") or message.get("thread_ts") or event.get("thread_ts")
    return str(found or "")


def message_key(body: Body) -> str:
    """What names the message a button stands on."""
    container = _dict(body.get("container"))
    _, _, channel = asker_ids(body)
    return f"{channel}:{container.get('message_ts') or body.get('trigger_id') or ''}"


def is_direct(channel_id: str) -> bool:
    """A direct message with the bot."""
    return channel_id.startswith("D")


def _id(value: Any) -> str:
    """An id given as a text or as {"id": …}."""
    if isinstance(value, dict):
        return str(value.get("id") or "")
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> Body:
    return value if isinstance(value, dict) else {}

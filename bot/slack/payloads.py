"""Reading Slack's payloads: where ids stand in each kind. Nothing here raises on odd input."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def asker_ids(body: Body) -> tuple[str, str, str]:
    """(team_id, user_id, channel_id) of a command, interaction or event; "" where absent."""
    event = _dict(body.get("event"))
    view = _dict(body.get("view"))
    team = (
        str(view.get("app_installed_team_id") or "")  # a partner's, in a channel of ours, is theirs
        or _id(body.get("team"))
        or str(body.get("team_id") or event.get("team") or "")
    )
    user = _id(body.get("user")) or str(body.get("user_id") or "") or _id(event.get("user"))
    channel = (
        _id(body.get("channel"))
        or str(body.get("channel_id") or "")
        or _id(event.get("channel"))
        or str(_dict(body.get("container")).get("channel_id") or "")
    )
    return team, user, channel


def thread_of(body: Body) -> str:
    """The thread that an interaction's message stands in, or an event's, or "". A message that has
    replies names itself as its thread, and stands in the channel."""
    for part in map(_dict, (body.get("container"), body.get("message"), body.get("event"))):
        found = part.get("thread_ts")
        if found and found != (part.get("message_ts") or part.get("ts")):
            return str(found)
    return ""


def message_key(body: Body) -> str:
    """What names the message a button stands on."""
    container = _dict(body.get("container"))
    _, _, channel = asker_ids(body)
    return f"{channel}:{container.get('message_ts') or body.get('trigger_id') or ''}"


def is_home(body: Body) -> bool:
    """Pressed on the Home tab."""
    return _dict(body.get("view")).get("type") == "home"


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

"""What a deed of the page is about, which its person must be able to see."""

from __future__ import annotations

from typing import Any

from bot.playground.records import Channel, Message, View
from bot.playground.workspace import Workspace

Deed = dict[str, Any]
Payload = dict[str, Any]


def find_place(workspace: Workspace, deed: Deed) -> Channel:
    """The channel of a deed. LookupError if its person is not in it."""
    channel = workspace.channels.get(deed["channel"])
    if channel is None or deed["user"] not in channel.members:
        raise LookupError(f"{deed['user']} is in no channel {deed['channel']}")
    return channel


def find_message(workspace: Workspace, deed: Deed, key: str = "ts") -> Message:
    """The message whose ts is `deed[key]`. LookupError if its person cannot see it."""
    channel = find_place(workspace, deed)
    message = workspace.find(channel.id, deed[key])
    if message is None or message.get("only_for") not in (None, deed["user"]):
        raise LookupError(f"no message {deed[key]}")
    return message


def find_view(workspace: Workspace, deed: Deed) -> View:
    """One of a person's open modals, or their Home tab. LookupError if it was closed."""
    user_id = deed["user"]
    views = [*workspace.modals.get(user_id, []), workspace.homes.get(user_id) or {}]
    found = next((view for view in views if view.get("id") == deed["view"]), None)
    if found is None:
        raise LookupError(f"no view {deed['view']}")
    return found

"""What a user action of the page refers to. The person must be able to see it."""

from __future__ import annotations

from typing import Any

from bot.playground.records import Channel, Message, View
from bot.playground.workspace import Workspace

UserAction = dict[str, Any]
Payload = dict[str, Any]


def find_channel(workspace: Workspace, user_action: UserAction) -> Channel:
    """The channel of a user action. Raises LookupError if the person is not in it."""
    channel = workspace.channels.get(user_action["channel"])
    if channel is None or user_action["user"] not in channel.members:
        raise LookupError(f"{user_action['user']} is in no channel {user_action['channel']}")
    return channel


def find_message(workspace: Workspace, user_action: UserAction, key: str = "ts") -> Message:
    """The message whose ts is `user_action[key]`. Raises LookupError if the person cannot
    see it."""
    channel = find_channel(workspace, user_action)
    message = workspace.find(channel.id, user_action[key])
    if message is None or message.get("only_for") not in (None, user_action["user"]):
        raise LookupError(f"no message {user_action[key]}")
    return message


def find_view(workspace: Workspace, user_action: UserAction) -> View:
    """One of a person's open modals, or their Home tab. Raises LookupError if it was
    closed."""
    user_id = user_action["user"]
    views = [*workspace.modals.get(user_id, []), workspace.homes.get(user_id) or {}]
    found = next((view for view in views if view.get("id") == user_action["view"]), None)
    if found is None:
        raise LookupError(f"no view {user_action['view']}")
    return found

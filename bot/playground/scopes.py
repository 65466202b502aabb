"""Which scope a method needs: Slack's reference page of each method."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.records import Channel
from bot.playground.workspace import Workspace
from bot.settings import ROOT

SCOPES: Mapping[str, str] = {
    "users.info": "users:read",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
# These need the scope of the kind of channel that is asked for.
BY_KIND: Mapping[str, str] = {
    "conversations.info": "read",
    "conversations.members": "read",
    "conversations.history": "history",
    "conversations.replies": "history",
}


def granted_scopes() -> set[str]:
    """The scopes of our manifest, with the optional ones."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    return set(manifest["oauth_config"]["scopes"]["bot"])


def needed_scope(workspace: Workspace, method: str, params: Mapping[str, Any]) -> str:
    """ "" for a method that needs none."""
    if method in BY_KIND:
        channel = workspace.find_channel(str(params.get("channel")))
        return f"{_family(channel)}:{BY_KIND[method]}"
    return SCOPES.get(method, "")


def _family(channel: Channel | None) -> str:
    if channel and channel.im_of:
        return "im"
    return "groups" if channel and channel.is_private else "channels"

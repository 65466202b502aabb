"""What Slack knows of a person or a channel, and the address of a message."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.slack.client import build_client
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.send import NO_ENTRY
from bot.slack.users import find_user
from bot.zones import is_zone

QUICK_SECONDS = 1


def is_member(client: WebClient, channel_id: str) -> bool:
    """Whether the bot may post there; True where that cannot be asked."""
    try:
        channel = client.conversations_info(channel=channel_id).get("channel") or {}
    except CALL_ERRORS as error:
        return code_of(error) not in NO_ENTRY
    return bool(channel.get("is_member", True)) and not channel.get("is_archived")


def is_private(client: WebClient, channel_id: str) -> bool:
    """Whether not everybody in the workspace may read there; True where Slack will not say. Asked
    quickly: somebody's trigger lives three seconds."""
    if not channel_id.startswith("C"):
        return True
    quick = build_client(client.base_url, client.token or "", QUICK_SECONDS, waits=False)
    try:
        channel = quick.conversations_info(channel=channel_id).get("channel") or {}
    except CALL_ERRORS:
        return True
    return bool(channel.get("is_private", True))


def is_admin(client: WebClient, user_id: str) -> bool:
    """An admin or owner of the workspace (users.info, scope users:read); False if unknown."""
    user = find_user(client, user_id) or {}
    return bool(user.get("is_admin") or user.get("is_owner"))


def zone_of(client: WebClient, user_id: str) -> str:
    """The person's own time zone; "" where Slack does not tell: then ask, never guess."""
    zone = str((find_user(client, user_id) or {}).get("tz") or "")
    return zone if is_zone(zone) else ""


def link_to(workspace_url: str, channel_id: str, ts: str) -> str:
    """The address of a message, as "Copy link" in Slack makes it; "" if unknown."""
    if not (workspace_url and ts):
        return ""
    return f"{workspace_url.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"

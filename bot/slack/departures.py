"""Events that end something: channels archived or left, tokens revoked, the app removed; and a
channel that comes back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from slack_sdk import WebClient

from bot.slack.payloads import Body, asker_ids
from bot.slack.services import Services
from bot.tips.listeners.channel import is_member

log = logging.getLogger("bot.departures")

Handler = Callable[[Services, WebClient, Body], None]


def _end(services: Services, body: Body, reason: str) -> None:
    """The channel's tips end, and the tick tells the subscriber; its checklists rest."""
    team_id, _, channel_id = asker_ids(body)
    services.storage.subscriptions.end(team_id, channel_id, reason, services.clock())
    services.storage.runs.rest(team_id, channel_id, reason)


def _handle_back(services: Services, client: WebClient, body: Body) -> None:
    """An unarchived channel: its checklists show what happened meanwhile."""
    team_id, _, channel_id = asker_ids(body)
    services.storage.runs.wake(team_id, channel_id, services.clock())


def _handle_archived(services: Services, client: WebClient, body: Body) -> None:
    _end(services, body, "is_archived")


def _handle_deleted(services: Services, client: WebClient, body: Body) -> None:
    _end(services, body, "channel_deleted")


def _handle_member_left(services: Services, client: WebClient, body: Body) -> None:
    """A private channel's items are not for those who left it."""
    event = body["event"]
    if event.get("user") == services.bot_user_id:
        _end(services, body, "not_in_channel")
    elif event.get("channel_type") == "G":
        team_id, user_id, channel_id = asker_ids(body)
        services.storage.runs.take_off(team_id, channel_id, user_id, services.clock())


def _handle_left(services: Services, client: WebClient, body: Body) -> None:
    """Slack sends this one only sometimes, and up to a day late: it is a hint."""
    _, _, channel_id = asker_ids(body)
    if not is_member(client, channel_id):
        _end(services, body, "not_in_channel")


def _handle_id_changed(services: Services, client: WebClient, body: Body) -> None:
    team_id, _, _ = asker_ids(body)
    event = body["event"]
    old, new = str(event.get("old_channel_id") or ""), str(event.get("new_channel_id") or "")
    if old and new:
        services.storage.subscriptions.move(team_id, old, new)
        services.storage.runs.move(team_id, old, new, services.clock())


def _handle_uninstalled(services: Services, client: WebClient, body: Body) -> None:
    team_id, _, _ = asker_ids(body)
    services.lookups.forget(team_id)
    services.languages.forget_choices(team_id)
    services.storage.workspaces.delete(team_id)
    log.info("uninstalled: all data of team=%s deleted", team_id)


def _handle_revoked(services: Services, client: WebClient, body: Body) -> None:
    """The data go with `app_uninstalled` alone: a token is also revoked to be renewed."""
    team_id, _, _ = asker_ids(body)
    if (body["event"].get("tokens") or {}).get("bot"):
        services.storage.workspaces.stop(team_id, "token_revoked")


HANDLERS: Mapping[str, Handler] = {
    "channel_archive": _handle_archived,
    "group_archive": _handle_archived,
    "channel_unarchive": _handle_back,
    "group_unarchive": _handle_back,
    "channel_deleted": _handle_deleted,
    "group_deleted": _handle_deleted,
    "member_left_channel": _handle_member_left,
    "channel_left": _handle_left,
    "group_left": _handle_left,
    "channel_id_changed": _handle_id_changed,
    "app_uninstalled": _handle_uninstalled,
    "tokens_revoked": _handle_revoked,
}

"""Events that end something: channels archived or left, tokens revoked, the app removed; and a
channel that comes back, or a workspace that an organisation gives the app to. Each feature does
what it has to with its own data."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.database.suspension import Suspension
from bot.database.workspaces import WorkspaceRepository
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.slack.members import is_member
from bot.slack.request import Request

log = logging.getLogger("bot.departures")


class Departures:
    """The event handlers, over all features."""

    def __init__(
        self,
        edge: Edge,
        workspaces: WorkspaceRepository,
        suspension: Suspension,
        features: Sequence[Feature],
    ) -> None:
        self._edge = edge
        self._workspaces = workspaces
        self._suspension = suspension
        self._features = features

    def build_feature(self) -> Feature:
        return Feature(
            events={
                "channel_archive": self._handle_archived,
                "group_archive": self._handle_archived,
                "channel_unarchive": self._handle_unarchived,
                "group_unarchive": self._handle_unarchived,
                "channel_deleted": self._handle_deleted,
                "group_deleted": self._handle_deleted,
                "member_left_channel": self._handle_member_left,
                "channel_left": self._handle_left,
                "group_left": self._handle_left,
                "channel_id_changed": self._handle_id_changed,
                "app_uninstalled": self._handle_uninstalled,
                "tokens_revoked": self._handle_revoked,
                "team_access_granted": self._handle_access_granted,
                "team_access_revoked": self._handle_access_revoked,
            }
        )

    def _end(self, request: Request, reason: str) -> None:
        for feature in self._features:
            feature.end_channel(request.team_id, request.channel_id, reason)

    def _handle_archived(self, request: Request) -> None:
        self._end(request, "is_archived")

    def _handle_deleted(self, request: Request) -> None:
        self._end(request, "channel_deleted")

    def _handle_unarchived(self, request: Request) -> None:
        for feature in self._features:
            feature.resume_channel(request.team_id, request.channel_id)

    def _handle_member_left(self, request: Request) -> None:
        """Who has left a private channel no longer sees what is in it."""
        if request.event.get("user") == self._edge.identity(request).user_id:
            self._end(request, "not_in_channel")
        elif request.event.get("channel_type") == "G":
            for feature in self._features:
                feature.remove_member(request.team_id, request.channel_id, request.user_id)

    def _handle_left(self, request: Request) -> None:
        """Slack sends this one only sometimes, and up to a day late: it is a hint."""
        if not is_member(request.client, request.channel_id):
            self._end(request, "not_in_channel")

    def _handle_id_changed(self, request: Request) -> None:
        old = str(request.event.get("old_channel_id") or "")
        new = str(request.event.get("new_channel_id") or "")
        if old and new:
            for feature in self._features:
                feature.move_channel(request.team_id, old, new)

    def _handle_uninstalled(self, request: Request) -> None:
        """The data are hidden and kept for a while: whoever adds the app again has them back."""
        if self._is_outdated(request):
            log.info("team=%s was installed again since: its uninstall is ignored", request.team_id)
            return
        team_id = "" if request.is_org_wide else request.team_id
        gone = self._suspension.uninstall(team_id, request.enterprise_id, self._edge.clock())
        self._edge.workspaces.drop(request.team_id)
        self._hide(gone, "the app was removed")

    def _handle_revoked(self, request: Request) -> None:
        """The data are suspended by `app_uninstalled` alone: a token is also revoked to be
        renewed."""
        if (request.event.get("tokens") or {}).get("bot"):
            if self._suspension.drop_if_covered(request.team_id):
                self._edge.workspaces.drop(request.team_id)
            else:
                self._workspaces.stop(request.team_id, "token_revoked")

    def _handle_access_granted(self, request: Request) -> None:
        self._suspension.grant_access(_team_ids(request), request.enterprise_id)
        self._edge.workspaces.expire()

    def _handle_access_revoked(self, request: Request) -> None:
        gone = self._suspension.revoke_access(_team_ids(request), self._edge.clock())
        self._hide(gone, "its organisation took the app away")

    def _hide(self, team_ids: Sequence[str], reason: str) -> None:
        for team_id in team_ids:
            self._edge.workspaces.drop(team_id)
            self._edge.languages.replace_choices(team_id, {})
            for feature in self._features:
                feature.forget_team(team_id)
            log.info("team=%s is suspended, %s", team_id, reason)

    def _is_outdated(self, request: Request) -> bool:
        """Slack sends an event again for up to a day."""
        identity = self._edge.workspaces.identity(request.team_id, request.enterprise_id)
        return 0 < request.event_time < identity.since


def _team_ids(request: Request) -> list[str]:
    found = request.event.get("team_ids")
    return [str(team_id) for team_id in found] if isinstance(found, list) else []

"""The workspaces that the app is installed in: who it is there, and with which token."""

from __future__ import annotations

from collections.abc import Iterable

from slack_bolt.authorization import AuthorizeResult

from bot.slack.identity import Identity

NOBODY = Identity()


class Workspaces:
    """By team id. Today there is one, whose token stands in the settings."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        self._identities = {identity.team_id: identity for identity in identities}

    @property
    def team_ids(self) -> tuple[str, ...]:
        return tuple(self._identities)

    def identity(self, team_id: str) -> Identity:
        """The bot in a workspace; one without token or name where it is not installed."""
        return self._identities.get(team_id, NOBODY)

    def token(self, team_id: str) -> str:
        """An empty one where the app is not installed: to another workspace's token, its channels
        would look deleted."""
        return self.identity(team_id).token

    def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """As Bolt asks before each request; None has it answer that the app is not installed. What
        names no workspace is the only one's."""
        if not team_id and len(self._identities) == 1:
            [team_id] = self._identities
        return self.identity(team_id or "").authorization

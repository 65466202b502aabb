"""What people are in the workspace of the installation: members, guests, admins, strangers.

Payloads do not say it, and no answer waits for a call to Slack: it comes with the person's locale,
and is kept as long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from threading import Lock
from time import monotonic
from typing import Any

KEEP_SECONDS = 24 * 3600
KEEP_UNKNOWN_SECONDS = 3600  # of people whom Slack does not show
MAX_USERS = 50_000


class Standing(StrEnum):
    STRANGER = "stranger"  # of another workspace, in a shared channel
    GUEST = "guest"
    MEMBER = "member"
    ADMIN = "admin"  # or owner


class People:
    """Standings by (workspace, user), in memory; thread-safe."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[Standing | None, float]] = {}
        self._lock = Lock()

    def of(self, team_id: str, user_id: str) -> Standing | None:
        """What is known now; None if nothing is. No call is made."""
        standing, until = self._known.get((team_id, user_id), (None, 0.0))
        return standing if until > self._clock() else None

    def is_known(self, team_id: str, user_id: str) -> bool:
        """Whether Slack was asked lately, whatever it said."""
        _, until = self._known.get((team_id, user_id), (None, 0.0))
        return until > self._clock()

    def learn(self, team_id: str, user_id: str, user: Mapping[str, Any]) -> None:
        """Keep what a user record of Slack's says (https://docs.slack.dev/reference/objects/
        user-object); {} is a person whom it does not show."""
        standing = read_standing(team_id, user) if user else None
        keep = KEEP_SECONDS if standing else KEEP_UNKNOWN_SECONDS
        with self._lock:
            if len(self._known) >= MAX_USERS:
                self._known.clear()
            self._known[team_id, user_id] = (standing, self._clock() + keep)

    def forget_team(self, team_id: str) -> None:
        with self._lock:
            self._known = {key: kept for key, kept in self._known.items() if key[0] != team_id}


def read_standing(team_id: str, user: Mapping[str, Any]) -> Standing:
    """`is_stranger` stands, true or false, in the records of other workspaces' people alone. In an
    Enterprise organisation a member's `team_id` may be that of another workspace of it."""
    own = {str(user.get("team_id") or team_id)}
    own.update(map(str, (user.get("enterprise_user") or {}).get("teams") or ()))
    if "is_stranger" in user or team_id not in own:
        return Standing.STRANGER
    limited = ("is_restricted", "is_ultra_restricted", "is_bot", "deleted")
    if any(user.get(name) for name in limited):
        return Standing.GUEST
    if any(user.get(name) for name in ("is_admin", "is_owner", "is_primary_owner")):
        return Standing.ADMIN
    return Standing.MEMBER

"""The workspaces that the app is installed in: who it is there, and with which token."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic

from slack_bolt.authorization import AuthorizeResult

from bot.database.errors import StorageError
from bot.slack.identity import Identity

NOBODY = Identity()
KEEP_SECONDS = 300.0  # between two looks at the database for one workspace
MAX_KEPT = 10_000  # workspaces in memory, the last fetched

Load = Callable[[str, str], Identity | None]


class Workspaces:
    """Who the bot is by workspace: fetched when it is first asked for, then kept in memory, so that
    a request costs neither a query nor a call. Thread-safe.

    `load` takes the ids of the workspace and of its organisation ("" where they are not known), and
    returns None where the app is not installed. `last_change` is a number that grows with every
    change; `refresh` looks at it. `known` need not be fetched first.
    """

    def __init__(
        self,
        load: Load,
        last_change: Callable[[], int],
        known: Iterable[Identity] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._load = load
        self._last_change = last_change
        self._clock = clock
        self._kept = {identity.team_id: (identity, clock()) for identity in known}
        self._changed_at = -1.0  # what was fetched before counts no more
        self._change = -1
        self._lock = Lock()

    def identity(self, team_id: str, enterprise_id: str = "") -> Identity:
        """The bot in a workspace; one without token or name where it is not installed. Raises
        StorageError if it has to be fetched and cannot be; what is known already serves on."""
        found = self._kept.get(team_id)
        if found is not None:
            identity, fetched_at = found
            if fetched_at >= self._changed_at and self._clock() - fetched_at < KEEP_SECONDS:
                return identity
        try:
            return self._fetch(team_id, enterprise_id)
        except StorageError:
            if found is None:
                raise
            return found[0]

    def token(self, team_id: str) -> str:
        """An empty one where the app is not installed: to another workspace's token, its channels
        would look deleted."""
        return self.identity(team_id).token

    def authorize(self, team_id: str | None, enterprise_id: str | None) -> AuthorizeResult | None:
        """Bolt calls it before each request; for None it answers that the app is not installed."""
        return self.identity(team_id or enterprise_id or "", enterprise_id or "").authorization

    def refresh(self) -> None:
        """Notice what another process changed. Raises StorageError."""
        change = self._last_change()
        if change != self._change:
            self._change = change
            self.expire()

    def expire(self) -> None:
        """Fetch each workspace anew when it is next asked for."""
        self._changed_at = self._clock()

    def drop(self, team_id: str) -> None:
        """The app was removed from a workspace."""
        with self._lock:
            self._kept.pop(team_id, None)

    def _fetch(self, team_id: str, enterprise_id: str) -> Identity:
        fetched_at = self._clock()  # before: a change during the fetch counts
        identity = self._load(team_id, enterprise_id)
        with self._lock:
            self._kept.pop(team_id, None)
            if identity is None:
                return NOBODY
            if len(self._kept) >= MAX_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[team_id] = (identity, fetched_at)
        return identity

"""Deleting what is kept of workspaces that the app was removed from, when its time is over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.database.suspension import Suspension
from bot.settings import Settings

BETWEEN = timedelta(minutes=10)  # two looks

log = logging.getLogger("bot.departures")


class Purge:
    """Any number of processes may run it."""

    def __init__(
        self, suspension: Suspension, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._suspension = suspension
        self._kept = timedelta(days=settings.kept_days)
        self._clock = clock
        self._next_at: datetime | None = None

    def run(self) -> None:
        """May be called often. Raises StorageError: the rest goes another time."""
        now = self._clock()
        if self._next_at is not None and now < self._next_at:
            return
        before = now - self._kept
        for team_id in self._suspension.list_expired(before):
            if self._suspension.purge(team_id, before):
                log.info("all data of team=%s are deleted: the app was removed from it %s days ago",
                         team_id, self._kept.days)  # fmt: skip
        self._next_at = now + BETWEEN

"""Doing one thing once: what was handled already, by this process or by another one.

Memory answers first, the database decides. Where the database fails, memory alone has to do: an
answer given twice is better than none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.database.errors import StorageError
from bot.database.handled import HandledRepository
from bot.slack.recent import RecentKeys

KEEP = timedelta(days=1)  # Slack sends an event again for some minutes, or hourly for a day
CLEANING = timedelta(minutes=10)  # between two

log = logging.getLogger("bot.handled")


class Handled:
    """Thread-safe."""

    def __init__(self, repository: HandledRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock
        self._recent = RecentKeys()
        self._clean_at: datetime | None = None

    def claim(self, team_id: str, *keys: str) -> bool:
        """True for the one caller that is to do what `keys` stand for. "" is no key, and what has
        no key is always new."""
        found = [key for key in keys if key]
        if not all(self._recent.add(f"{team_id}:{key}") for key in found):
            return False
        try:
            return self._repository.claim(team_id, found, self._clock())
        except StorageError as error:
            log.warning(
                "claims of handled requests are not shared with other processes now: %s", error
            )
            return True

    def release(self, team_id: str, *keys: str) -> None:
        """Give a claim back, as the work was not done: the next caller gets it."""
        for key in keys:
            self._recent.discard(f"{team_id}:{key}")
        try:
            self._repository.release(team_id, keys)
        except StorageError as error:
            log.warning("what was not done cannot be tried again today: %s", error)

    def forget_old(self) -> None:
        """Drop what is older than KEEP; may be called often. Raises StorageError."""
        now = self._clock()
        if self._clean_at is None or now >= self._clean_at:
            self._repository.forget_before(now - KEEP)
            self._clean_at = now + CLEANING

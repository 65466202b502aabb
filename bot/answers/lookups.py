"""What people looked up, kept in memory first: no answer waits for the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from bot.answers.repository import LookupRepository
from bot.database.errors import StorageError

log = logging.getLogger("bot.lookups")

MAX_WAITING = 1_000


class Lookups:
    """Thread-safe. What waits is written when a Home tab asks, when there is much, and at the end;
    a crash may lose the last few, which is all right for a list of recent things."""

    def __init__(self, repository: LookupRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock
        self._waiting: dict[tuple[str, str, str], datetime] = {}
        self._lock = Lock()

    def add(self, team_id: str, user_id: str, entry_id: str) -> bool:
        """Remember one; True if it is time to `flush`."""
        with self._lock:
            self._waiting[team_id, user_id, entry_id] = self._clock()
            return len(self._waiting) >= MAX_WAITING

    def recent(self, team_id: str, user_id: str) -> list[str]:
        """The ids of the entries a person last opened, the newest first."""
        self.flush()
        return self._repository.recent(team_id, user_id)

    def flush(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for (team_id, user_id, entry_id), moment in waiting.items():
            self._repository.add(team_id, user_id, entry_id, moment)

    def close(self) -> None:
        """Write what waits; what cannot be written now is let go."""
        try:
            self.flush()
        except StorageError as error:
            log.warning("the last lookups were not kept: %s", error)

    def forget(self, team_id: str) -> None:
        """Drop what waits of a workspace whose data are deleted."""
        with self._lock:
            self._waiting = {k: v for k, v in self._waiting.items() if k[0] != team_id}

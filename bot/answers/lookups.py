"""What people looked up, kept in memory first: no answer waits for the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock, Thread

from bot.answers.repository import KEPT_LOOKUPS, Lookup, LookupRepository
from bot.database.errors import StorageError

log = logging.getLogger("bot.lookups")

MAX_WAITING = 20_000  # more than a second brings; beyond that the oldest are let go
CLOSE_SECONDS = 3.0


class Lookups:
    """Thread-safe. One writer calls `flush` now and then, and everything that waits is written in
    one transaction; a crash may lose the last second, which is all right for recent things."""

    def __init__(self, repository: LookupRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock
        self._waiting: dict[Lookup, datetime] = {}  # the oldest first
        self._being_written: dict[Lookup, datetime] = {}
        self._lock = Lock()  # of the two above, held for moments only
        self._writer = Lock()

    def add(self, team_id: str, user_id: str, entry_id: str) -> None:
        """Remember one."""
        key = (team_id, user_id, entry_id)
        with self._lock:
            self._waiting.pop(key, None)
            self._waiting[key] = self._clock()
            if len(self._waiting) > MAX_WAITING:
                del self._waiting[next(iter(self._waiting))]

    def recent(self, team_id: str, user_id: str) -> list[str]:
        """The ids of the entries a person last opened, the newest first. Written or not: nothing
        is waited for."""
        # Memory first: what is written meanwhile is then seen twice, and never missed.
        with self._lock:
            own = {
                entry_id: moment
                for part in (self._being_written, self._waiting)
                for (team, user, entry_id), moment in part.items()
                if (team, user) == (team_id, user_id)
            }
        found = self._repository.list_recent(team_id, user_id) | own
        return sorted(found, key=lambda name: (-found[name].timestamp(), name))[:KEPT_LOOKUPS]

    def flush(self) -> None:
        """Write what waits. Raises StorageError; then it waits on."""
        with self._writer:
            with self._lock:
                self._being_written, self._waiting = self._waiting, {}
            try:
                if self._being_written:
                    self._repository.add_all(self._being_written)
            except StorageError:
                with self._lock:
                    both = self._being_written | self._waiting
                    self._waiting = dict(list(both.items())[-MAX_WAITING:])
                raise
            finally:
                with self._lock:
                    self._being_written = {}

    def close(self) -> None:
        """Write what waits; what cannot be written now, and soon, is let go."""
        last = Thread(target=self._flush_last, name="last lookups", daemon=True)
        last.start()
        last.join(CLOSE_SECONDS)
        if last.is_alive():
            log.warning("the last lookups were not kept: the database did not answer in time")

    def forget(self, team_id: str) -> None:
        """Drop what waits of a workspace whose data are deleted."""
        with self._lock:
            self._waiting = {k: v for k, v in self._waiting.items() if k[0] != team_id}

    def _flush_last(self) -> None:
        try:
            self.flush()
        except StorageError as error:
            log.warning("the last lookups were not kept: %s", error)

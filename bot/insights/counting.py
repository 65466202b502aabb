"""What came of questions, counted in memory first: no answer waits for the database."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from threading import Lock, Thread

from bot.database.errors import StorageError
from bot.insights.repository.counts import CountRepository, Key
from bot.slack.answered import Answered

MAX_WAITING = 20_000  # keys; beyond that nothing is counted until they are written
CLOSE_SECONDS = 3.0

log = logging.getLogger("bot.insights")


class Counts:
    """Thread-safe. `flush` is called each second and writes all in one transaction; a crash may
    lose the last second, which figures can bear."""

    def __init__(self, repository: CountRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock
        self._waiting: Counter[Key] = Counter()
        self._lock = Lock()  # held for moments only
        self._writer = Lock()

    def add(self, answered: Answered) -> None:
        key = (answered.team_id, self._clock().date(), str(answered.outcome), answered.entry_id)
        with self._lock:
            if key in self._waiting or len(self._waiting) < MAX_WAITING:
                self._waiting[key] += 1

    def flush(self) -> None:
        """Write what waits. Raises StorageError; then it waits on."""
        with self._writer:
            with self._lock:
                writing, self._waiting = self._waiting, Counter()
            try:
                if writing:
                    self._repository.add_all(writing)
            except StorageError:
                with self._lock:
                    self._waiting.update(writing)
                raise

    def close(self) -> None:
        """Write what waits; what cannot be written now, and soon, is let go."""
        last = Thread(target=self._flush_last, name="last counts", daemon=True)
        last.start()
        last.join(CLOSE_SECONDS)

    def forget(self, team_id: str) -> None:
        """Drop what waits of a workspace whose data are deleted."""
        with self._lock:
            kept = {key: n for key, n in self._waiting.items() if key[0] != team_id}
            self._waiting = Counter(kept)

    def _flush_last(self) -> None:
        try:
            self.flush()
        except StorageError as error:
            log.warning("the last counts were not kept: %s", error)

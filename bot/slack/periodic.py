"""Tasks done again and again in a thread of their own, such as fetching what others changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

SECONDS = 1.0  # between two rounds

log = logging.getLogger("bot.periodic")


class Periodic:
    """Runs `tasks` by name, from `start` to `close`. A task that fails is tried again in the next
    round; the log has it once, until it succeeds again."""

    def __init__(self, tasks: dict[str, Callable[[], object]], seconds: float = SECONDS) -> None:
        self._tasks = tasks
        self._seconds = seconds
        self._failing: set[str] = set()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name=" ".join(tasks), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, seconds: float = 3.0) -> None:
        """Stop; a round under way is waited for, but no longer than `seconds`."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def run_once(self) -> None:
        """One round, here and now."""
        for name, task in self._tasks.items():
            try:
                task()
            except Exception as error:  # whatever the error, the other tasks go on
                if name not in self._failing:
                    log.warning("%s failed, and is tried again: %s", name, error or repr(error))
                self._failing.add(name)
            else:
                self._failing.discard(name)

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self.run_once()

"""A thread that does what is due: when it is, when it is told to, and now and then anyway."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

LONGEST_REST = 30.0  # seconds: what another process left is found by then
SHORTEST_REST = 0.05

log = logging.getLogger("bot.checklists.loop")


class Loop:
    """Calls `work`, which returns the moment of its next work, from `start` to `stop`."""

    def __init__(
        self, name: str, work: Callable[[], datetime | None], now: Callable[[], datetime]
    ) -> None:
        self._work = work
        self._now = now
        self._woken = Event()
        self._stopping = False
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the work under way."""
        self._stopping = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            self._woken.wait(self._rest(self._do()))

    def _do(self) -> datetime | None:
        try:
            return self._work()
        except Exception:  # whatever it is, the next call may go well
            log.exception("the work of a checklist loop failed")
            return None

    def _rest(self, moment: datetime | None) -> float:
        if self._stopping:
            return 0
        if moment is None:
            return LONGEST_REST
        seconds = (moment - self._now()).total_seconds()
        return min(max(seconds, SHORTEST_REST), LONGEST_REST)

"""The courier's clocks: one that waits, and one for callers that schedule their own waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event


class SystemClock:
    """The machine's clock; `stop` ends every wait."""

    def __init__(self) -> None:
        self._stopped = Event()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, duration: timedelta) -> bool:
        return not self._stopped.wait(max(duration.total_seconds(), 0))

    def stop(self) -> None:
        self._stopped.set()


class DueClock:
    """A clock for a courier whose caller rests instead: it does what is due `now`, and no more."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now()

    def wait(self, duration: timedelta) -> bool:
        return False

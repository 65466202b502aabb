"""The tick: APScheduler calls the courier at each full minute, in this process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # ships no types
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # same

from bot.tips.clocks import SystemClock


class Ticker:
    """Calls `tick` every minute until `stop`. What is due is in the database, so a minute that was
    left out or came late loses nothing; never do two ticks run at once."""

    def __init__(self, tick: Callable[[], object], clock: SystemClock) -> None:
        self._clock = clock
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler = BackgroundScheduler(timezone=UTC, daemon=True)
        self._scheduler.add_job(
            tick, CronTrigger(second=0, timezone=UTC), id="tips", max_instances=1, coalesce=True,
            misfire_grace_time=None, next_run_time=datetime.now(UTC),
        )  # fmt: skip

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """End waits, let a post under way be recorded, then stop."""
        self._clock.stop()
        self._scheduler.shutdown(wait=True)

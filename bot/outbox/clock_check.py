"""Whether this machine's clock is right, by Slack's. A wrong one would post early, or take a year's
messages for missed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.outbox.ports import Now

MAX_SKEW = timedelta(minutes=2)
VALID = timedelta(minutes=10)  # how long an answer holds, by the clock that was asked about

log = logging.getLogger("bot.outbox")


class ClockCheck:
    """Asks Slack at most once in VALID while the clock is right, and each time while it is not."""

    def __init__(self, slack_time: Callable[[], datetime | None], now: Now) -> None:
        self._slack_time = slack_time
        self._now = now
        self._right_at: datetime | None = None

    def is_right(self) -> bool:
        """True also where Slack's clock cannot be read: then nothing can be posted either."""
        now = self._now()
        if self._right_at is not None and timedelta() <= now - self._right_at < VALID:
            return True
        slack = self._slack_time()
        if slack is not None and abs(now - slack) > MAX_SKEW:
            log.error(
                "nothing is sent now: this machine's clock says %s, Slack's %s: set it right (NTP)",
                now.isoformat(timespec="seconds"), slack.isoformat(timespec="seconds"),
            )  # fmt: skip
            self._right_at = None
            return False
        self._right_at = now if slack is not None else None
        return True

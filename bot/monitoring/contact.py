"""When Slack last answered. A bot that has nothing to send asks it from time to time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from bot.outbox.outcomes import Effect

QUIET_SECONDS = 300.0  # without an answer, before Slack is asked for one
LOST_SECONDS = 720.0  # without an answer, although it was asked
SILENT = (Effect.UNSURE, Effect.NOT_POSTED)  # what a call comes to that Slack did not answer


class SlackContact:
    """Of one process, from its start: the token has just been accepted then."""

    def __init__(self, ask: Callable[[], object], clock: Callable[[], float] = monotonic) -> None:
        """`ask` makes a call that is noted here."""
        self._ask = ask
        self._clock = clock
        self.heard_at = datetime.now(UTC)
        self._heard = clock()

    def note(self, method: str, effect: Effect) -> None:
        """Of a call to Slack, what came of it."""
        if effect not in SILENT:
            self.heard_at, self._heard = datetime.now(UTC), self._clock()

    def keep(self) -> None:
        """Ask Slack, if it has not answered for a while; to be called every minute or so."""
        if self._clock() - self._heard > QUIET_SECONDS:
            self._ask()

    def is_lost(self) -> bool:
        return self._clock() - self._heard > LOST_SECONDS

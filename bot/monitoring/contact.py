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
    """When Slack last answered this process. It counts from the start, when Slack has just accepted
    the token."""

    def __init__(self, ask: Callable[[], object], clock: Callable[[], float] = monotonic) -> None:
        """`ask` makes a call that is noted here."""
        self._ask = ask
        self._clock = clock
        self.heard_at = datetime.now(UTC)
        self._heard = clock()

    def note(self, method: str, effect: Effect) -> None:
        """Take down what came of a call to Slack."""
        if effect not in SILENT:
            self.heard_at, self._heard = datetime.now(UTC), self._clock()

    def keep(self) -> None:
        """Ask Slack, if it has not answered for a while; to be called every minute or so."""
        if self._clock() - self._heard > QUIET_SECONDS:
            self._ask()

    def is_lost(self) -> bool:
        return self._clock() - self._heard > LOST_SECONDS

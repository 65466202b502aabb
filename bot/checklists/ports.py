"""The outside that tests replace: the queue of messages to update, and Slack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.checklists.models import Run
from bot.tips.outcomes import Outcome
from bot.tips.ports import Message

ShowRun = Callable[[Run, datetime], Message]


class Refreshes(Protocol):
    """Messages that show less than their run. Any number of processes may use it at once."""

    def claim(self, now: datetime) -> tuple[Run, int] | None:
        """A run whose message may be updated now, and how often it was tried in vain, this time
        included. No two callers get the same one until it is settled or its lease is over."""

    def settle(
        self,
        run: Run,
        *,
        shown: bool,
        after: datetime,
        problem: str = "",
        lost: bool = False,
        look_again: datetime | None = None,
    ) -> None:
        """The message was updated to `run` (or, without `shown`, was not), and is not to be updated
        again before `after`; `look_again` is when it will say something else by itself. `lost`:
        the message is no more."""

    def hold(self, team_id: str, until: datetime) -> None:
        """Update nothing of the workspace before `until`."""

    def next_moment(self) -> datetime | None:
        """When there is something to update; None if nothing is."""


class Updater(Protocol):
    def update(self, run: Run, message: Message) -> Outcome:
        """Replace the run's message, once, without retry. Raises nothing."""

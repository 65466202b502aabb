"""Keeping each run's message up to date: changes come faster than Slack takes updates.

A change only marks its run in the database. What is marked is updated at once if the last update
is a second ago, else when it is; the message then shows the state of that moment, so that any
number of changes cost one update and the last one always arrives: after a 429, after a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.checklists.models import Run
from bot.checklists.ports import Refreshes, ShowRun, Updater
from bot.checklists.progress import next_overdue
from bot.database.errors import StorageError
from bot.tips.outcomes import Effect, Outcome
from bot.tips.ports import Workspaces

GAP = timedelta(seconds=1)  # between two updates of one message
LEASE = timedelta(seconds=20)  # an update is long over by then (sender.TIMEOUT)
LONGEST_PAUSE = timedelta(minutes=1)
LOST = frozenset({"message_not_found"})

log = logging.getLogger("bot.checklists")


class Refresher:
    """Thread-safe; any number of them may work on one database."""

    def __init__(
        self,
        queue: Refreshes,
        workspaces: Workspaces,
        updater: Updater,
        show: ShowRun,
        now: Callable[[], datetime],
    ) -> None:
        self._queue = queue
        self._workspaces = workspaces
        self._updater = updater
        self._show = show
        self._now = now

    def refresh(self) -> datetime | None:
        """Update what may be updated now. Returns when there is more to do, None if not known."""
        try:
            while claimed := self._queue.claim(self._now()):
                self._refresh(*claimed)
            return self._queue.next_moment()
        except StorageError as error:
            log.error("messages of checklists are held up: %s", error)
            return None

    def _refresh(self, run: Run, tries: int) -> None:
        try:
            message = self._show(run, self._now())
        except Exception:  # a fault in one run must not hold up the others
            log.exception("run %s cannot be put into words", run.id)
            outcome = Outcome(Effect.OUR_FAULT, error="words")
        else:
            outcome = self._updater.update(run, message)
        self._settle(run, tries, outcome)

    def _settle(self, run: Run, tries: int, outcome: Outcome) -> None:
        now = self._now()
        match outcome.effect:
            case Effect.POSTED:
                look_again = next_overdue(run, now)
                if tries > 1:  # an earlier update, given up, may still arrive after this one
                    look_again = min(look_again or now + LEASE, now + LEASE)
                self._queue.settle(run, shown=True, after=now + GAP, look_again=look_again)
                return
            case Effect.LIMITED:
                until = now + max(outcome.wait, GAP)
                self._queue.settle(run, shown=False, after=until)
                self._queue.hold(run.team_id, until)  # Slack counts by workspace
            case Effect.NOT_POSTED | Effect.UNSURE:
                self._queue.settle(run, shown=False, after=now + pause_after(tries))
            case Effect.WORKSPACE_DEAD:  # it comes when the workspace is started again
                self._workspaces.stop(run.team_id, outcome.error)
                self._queue.settle(run, shown=False, after=now + GAP)
            case _:  # not before somebody changes the run again
                lost = outcome.error in LOST
                self._queue.settle(
                    run, shown=True, after=now + GAP, problem=outcome.error, lost=lost
                )
        log.warning(
            "run message %s: team=%s channel=%s run=%s error=%s",
            outcome.effect, run.team_id, run.channel_id, run.id, outcome.error,
        )  # fmt: skip


def pause_after(tries: int) -> timedelta:
    """How long to wait after the `tries`th attempt that came to nothing."""
    return min(GAP * (1 << min(tries, 10)), LONGEST_PAUSE)

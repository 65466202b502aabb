"""The one loop that does what is due: it sleeps until the next moment in the database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from math import inf
from threading import Event, Lock, Thread
from time import monotonic, sleep

from bot.database.errors import StorageError
from bot.outbox.clock_check import ClockCheck
from bot.outbox.dispatcher import Dispatcher
from bot.outbox.healing import Healer
from bot.outbox.models import Backlog, OutboundMessage
from bot.outbox.ports import Now, Planner, Sender, Store, Workspaces

LONGEST_REST = 30.0  # seconds: what another process left is found by then
SHORTEST_REST = 0.25  # what is due and cannot be claimed is in another process's hands
LEAST_WAIT = timedelta(seconds=SHORTEST_REST)
GATHERING = 0.1  # seconds between two rounds: of many nudges at once, one does for all
STUCK_REST = timedelta(seconds=5)  # before what could not be done is tried again

WRONG_CLOCK_REST = timedelta(seconds=30)

log = logging.getLogger("bot.outbox")


class WrongClock(Exception):
    """Nothing is to be sent by this machine's clock."""


class Worker:
    """Enqueues and sends what is due, from `start` to `close`, in one thread of its own.

    Whoever adds work calls `nudge`, from any thread. Any number of processes may run a worker on
    one database. Without `start`, `catch_up` does what is due here and now. While it runs, a round
    begins every LONGEST_REST seconds at least.
    """

    def __init__(
        self,
        outbox: Store,
        workspaces: Workspaces,
        sender: Sender,
        dispatcher: Dispatcher,
        planners: Iterable[Planner],
        now: Now,
    ) -> None:
        self._outbox = outbox
        self._workspaces = workspaces
        self._dispatcher = dispatcher
        self._planners = tuple(planners)
        self._now = now
        self._clock = ClockCheck(sender.slack_time, now)
        self._healer = Healer(workspaces, sender, now)
        self.last_round = -inf  # when the last one began, by `monotonic`
        self._nudged = Event()
        self._stopping = False
        self._turn = Lock()  # of what plans and claims; messages are sent outside of it
        self._thread = Thread(target=self._run, name="outbox", daemon=True)
        dispatcher.on_settled = self.nudge

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """There may be something to do."""
        self._nudged.set()

    def close(self) -> None:
        """Claim no more, let what is under way be recorded, then stop."""
        self._stopping = True
        self._dispatcher.stop()
        self._nudged.set()
        if self._thread.is_alive():
            self._thread.join()
        self._dispatcher.close()

    def on_saved(self, hear: Callable[[OutboundMessage], object]) -> None:
        """Have `hear` called with each message as it is after an attempt."""
        self._dispatcher.on_saved = hear

    def next_moment(self) -> datetime | None:
        """When there is something to do; None if never. Raises StorageError."""
        moments = [
            self._outbox.next_moment(self._dispatcher.features),
            self._workspaces.next_check(),
            *(planner.next_moment() for planner in self._planners),
        ]
        return min((moment for moment in moments if moment is not None), default=None)

    def backlog(self) -> Backlog:
        """What waits now. Raises StorageError."""
        return self._outbox.backlog(self._now(), self._dispatcher.features)

    def catch_up(self) -> None:
        """Do what is due now, and wait until it is done. Raises nothing of ours: a database that
        fails is left for the next time."""
        try:
            while not self._stopping and self._step():
                self._dispatcher.drain()
            self._dispatcher.drain()
        except WrongClock:
            pass  # the log says so
        except StorageError as error:
            log.error("messages are held up: %s", error)

    def run_until(self, end: datetime, wait: Callable[[timedelta], object]) -> None:
        """Do what is due now and until `end`, for what the pace holds back."""
        while True:
            self.catch_up()
            moment = self._moment_by(end)
            if moment is None:
                return
            wait(max(moment - self._now(), LEAST_WAIT))

    def work(self) -> datetime | None:
        """Do what is due now, without waiting for what is sent. Returns when there is more to do;
        None if that is not known."""
        try:
            while not self._stopping and self._step():
                pass
            return self.next_moment()
        except WrongClock:
            return self._now() + WRONG_CLOCK_REST
        except StorageError as error:
            log.error("messages are held up: %s", error)
            return self._now() + STUCK_REST

    def _moment_by(self, end: datetime) -> datetime | None:
        """When there is more to do, if that is before `end`."""
        try:
            moment = None if self._stopping or self._now() >= end else self.next_moment()
        except StorageError:
            return None
        return moment if moment is not None and moment <= end else None

    def _step(self) -> bool:
        """One round; False if there was nothing to do. Raises StorageError and WrongClock."""
        with self._turn:
            now = self._now()
            moment = self.next_moment()
            if moment is None or moment > now:
                return self._dispatcher.save_unsaved()
            if not self._clock.is_right():
                raise WrongClock
            done = [
                self._healer.heal(),
                *(planner.enqueue_due(now) for planner in self._planners),
                self._dispatcher.dispatch(),
            ]
            return any(done)

    def _run(self) -> None:
        while not self._stopping:
            self._nudged.clear()
            moment, ended = self._do(), monotonic()
            self._nudged.wait(self._rest(moment))
            if not self._stopping:
                sleep(max(0.0, ended + GATHERING - monotonic()))

    def _do(self) -> datetime | None:
        self.last_round = monotonic()
        try:
            return self.work()
        except Exception:  # whatever it is, the next round may go well
            log.exception("a round of the outbox failed")
            return self._now() + STUCK_REST

    def _rest(self, moment: datetime | None) -> float:
        if self._stopping:
            return 0
        if moment is None:
            return LONGEST_REST
        seconds = (moment - self._now()).total_seconds()
        return min(max(seconds, SHORTEST_REST), LONGEST_REST)

"""A few threads on which messages to one conversation go out one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition

Task = Callable[[], None]


class Lanes:
    """Runs tasks; those of one lane in the order in which they came, never two at once.

    Tasks must not raise. With no threads a task runs within `put`.
    """

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, "outbox") if threads else None
        self._waiting: dict[Hashable, deque[Task]] = {}  # a lane is there while it has a thread
        self._changed = Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """Tasks that are waiting or running."""
        with self._changed:
            return self._count

    def put(self, lane: Hashable, task: Task) -> None:
        if self._pool is None:
            task()
            return
        with self._changed:
            self._count += 1
            if lane in self._waiting:
                self._waiting[lane].append(task)
                return
            self._waiting[lane] = deque([task])
        self._pool.submit(self._run, lane)

    def drain(self) -> None:
        """Wait until there is no task."""
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0)

    def close(self) -> None:
        """Finish all tasks, then end the threads."""
        if self._pool is not None:
            self.drain()
            self._pool.shutdown(wait=True)

    def _run(self, lane: Hashable) -> None:
        while task := self._next(lane):
            try:
                task()
            finally:
                with self._changed:
                    self._count -= 1
                    self._changed.notify_all()

    def _next(self, lane: Hashable) -> Task | None:
        with self._changed:
            tasks = self._waiting[lane]
            if tasks:
                return tasks.popleft()
            del self._waiting[lane]
            return None

"""Work after the ack: calls to Slack that must not keep the person waiting."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

WORKERS = 8
Task = Callable[[], object]


class Background:
    """Runs tasks on own threads; each failure goes to the task's `on_error`, none is lost."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="after-ack")
        self._pending: set[Future[None]] = set()
        self._lock = Lock()

    def run(self, task: Task, on_error: Callable[[Exception], object]) -> None:
        future = self._executor.submit(_guarded, task, on_error)
        with self._lock:
            self._pending.add(future)
        future.add_done_callback(self._forget)

    def drain(self) -> None:
        """Wait until all that was submitted so far is done."""
        with self._lock:
            pending = set(self._pending)
        wait(pending)

    def close(self) -> None:
        """Finish what was submitted, then stop."""
        self._executor.shutdown(wait=True)

    def _forget(self, future: Future[None]) -> None:
        with self._lock:
            self._pending.discard(future)


def _guarded(task: Task, on_error: Callable[[Exception], object]) -> None:
    try:
        task()
    except Exception as error:  # the one place for failures after the ack
        on_error(error)

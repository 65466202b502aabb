"""Work after the ack: calls to Slack that must not keep the person waiting."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from bot.logs import continue_request, current_request

WORKERS = 8
OPTIONAL_WORKERS = 2
MOST_OPTIONAL = 100  # waiting or running
Task = Callable[[], object]


class Background:
    """Runs tasks on own threads; each failure goes to the task's `on_error`, none is lost."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="after-ack")
        self._optional = ThreadPoolExecutor(OPTIONAL_WORKERS, thread_name_prefix="optional")
        self._count = 0  # of optional tasks
        self._pending: set[Future[None]] = set()
        self._lock = Lock()

    def run(self, task: Task, on_error: Callable[[Exception], object]) -> None:
        self._follow(self._executor.submit(_guarded, task, on_error, current_request()))

    def run_if_free(self, task: Task) -> None:
        """For tasks that may be skipped, such as looking up a language: they are if many are
        waiting. No other task ever waits for them."""
        with self._lock:
            if self._count >= MOST_OPTIONAL:
                return
            self._count += 1
        try:
            future = self._optional.submit(_guarded, task, _ignore, current_request())
        except RuntimeError:  # closed: what was asked at the last moment is answered all the same
            return
        future.add_done_callback(self._count_down)
        self._follow(future)

    def drain(self) -> None:
        """Wait until all that was submitted so far is done."""
        with self._lock:
            pending = set(self._pending)
        wait(pending)

    def close(self) -> None:
        """Finish what was submitted, but for what may be left out; then stop."""
        self._optional.shutdown(wait=False, cancel_futures=True)
        self._executor.shutdown(wait=True)

    def _follow(self, future: Future[None]) -> None:
        with self._lock:
            self._pending.add(future)
        future.add_done_callback(self._forget)

    def _count_down(self, future: Future[None]) -> None:
        with self._lock:
            self._count -= 1

    def _forget(self, future: Future[None]) -> None:
        with self._lock:
            self._pending.discard(future)


def _ignore(error: Exception) -> None:
    """It was optional."""


def _guarded(task: Task, on_error: Callable[[Exception], object], request_id: str) -> None:
    continue_request(request_id)
    try:
        task()
    except Exception as error:  # the one place for failures after the ack
        on_error(error)

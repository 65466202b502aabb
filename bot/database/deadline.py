"""How long a transaction may wait, for its turn and for the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from time import monotonic

PATIENT_SECONDS = 10.0  # where nobody waits

_limit: ContextVar[Callable[[], float]] = ContextVar("limit", default=lambda: PATIENT_SECONDS)


def within(seconds: float) -> AbstractContextManager[None]:
    """Limit the time of all transactions in this block together, on this thread."""
    end = monotonic() + seconds
    return _limited(lambda: end - monotonic())


def each_within(seconds: float) -> AbstractContextManager[None]:
    """Limit the time of each transaction in this block, on this thread."""
    return _limited(lambda: seconds)


def remaining() -> float:
    """Seconds that a transaction beginning now may wait; 0 or less means not at all."""
    return _limit.get()()


@contextmanager
def _limited(limit: Callable[[], float]) -> Iterator[None]:
    token = _limit.set(limit)
    try:
        yield
    finally:
        _limit.reset(token)

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest
from bot.checklists.loop import LONGEST_REST, SHORTEST_REST, Loop

from tests.support.runs import NOW

DEADLINE = 10  # seconds; reached only when a test fails


def never() -> None:
    return None


@pytest.fixture
def calls() -> Queue[int]:
    return Queue()


def start(work: Callable[[], datetime | None]) -> Loop:
    loop = Loop("test", work, lambda: NOW)
    loop.start()
    return loop


def test_it_works_at_the_start_and_when_nudged(calls: Queue[int]) -> None:
    loop = start(lambda: calls.put(1))
    for _ in range(3):
        calls.get(timeout=DEADLINE)
        loop.nudge()
    loop.stop()


def test_it_works_at_the_moment_that_the_last_work_named(calls: Queue[int]) -> None:
    def work() -> datetime:
        calls.put(1)
        return NOW + timedelta(milliseconds=60)

    loop = start(work)
    for _ in range(3):
        calls.get(timeout=DEADLINE)
    loop.stop()


def test_a_failure_does_not_end_it(calls: Queue[int]) -> None:
    def work() -> None:
        calls.put(1)
        raise RuntimeError("once in a while")

    loop = start(work)
    calls.get(timeout=DEADLINE)
    loop.nudge()
    calls.get(timeout=DEADLINE)
    loop.stop()


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (None, LONGEST_REST),
        (datetime.max.replace(tzinfo=UTC), LONGEST_REST),
        (NOW + timedelta(seconds=3), 3),
        (NOW - timedelta(days=1), SHORTEST_REST),
    ],
)
def test_it_rests_until_there_is_more_but_never_for_long(
    moment: datetime | None, seconds: float
) -> None:
    assert Loop("test", never, lambda: NOW)._rest(moment) == seconds


def test_one_that_never_started_may_be_stopped() -> None:
    loop = Loop("test", never, lambda: NOW)
    loop.nudge()
    loop.stop()

"""The tick, from the scheduler."""

from __future__ import annotations

from datetime import UTC, timedelta
from threading import Event, Thread

from bot.tips.clocks import SystemClock
from bot.tips.ticker import Ticker


def test_the_first_tick_comes_at_the_start_and_none_after_the_stop() -> None:
    ticked = Event()
    ticker = Ticker(ticked.set, SystemClock())
    ticker.start()
    assert ticked.wait(10)
    ticker.stop()


def test_stopping_ends_a_wait() -> None:
    clock = SystemClock()
    went_on: list[bool] = []
    waiting = Thread(target=lambda: went_on.append(clock.wait(timedelta(hours=1))))
    waiting.start()
    clock.stop()
    waiting.join(10)
    assert went_on == [False]


def test_the_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC

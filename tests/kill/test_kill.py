"""The process killed (SIGKILL) at each step of a delivery, on both databases.

Without the history scope: no tip twice, none lost without being shown as unconfirmed. With it: no
tip twice, and none lost at all.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.outbox.models import LEASE, State
from bot.storage import Storage
from bot.tips.models import Delivery
from tests.kill.counts import KILLS
from tests.kill.flaky_api import (
    DROP,
    ERROR,
    KILL_ACCEPTED,
    KILL_UNREAD,
    LATE,
    LIMIT,
    OK,
    FlakyApi,
)
from tests.support.tips import MONDAY, build_subscription, utc

DUE = utc(MONDAY, 9, 30)
WEEKS = 200  # at the most
TEAMS = {"T1": ("C1", "C2", "C3"), "T2": ("C4",)}
STEPS = (
    "enqueue within", "claim before", "commit", "claim after", "post before", "post after",
    "settle before", "settle after", KILL_UNREAD, KILL_ACCEPTED,
)  # fmt: skip
RECOVERY_STEPS = ("", "find before", "find after", "commit", *STEPS[3:])


@dataclass
class Driver:
    """Runs ticks in child processes; says how each ended."""

    process: subprocess.Popen[str]
    url: str
    api: FlakyApi

    def tick(self, now: datetime, step: str = "", nth: int = 1) -> bool:
        """True if the child was killed at `step`."""
        self.api.now = now
        if step in (KILL_UNREAD, KILL_ACCEPTED):
            self.api.modes.insert(min(nth - 1, len(self.api.modes)), step)
        order = {"url": self.url, "api_url": self.api.api_url, "now": now.isoformat(), "step": step,
                 "nth": nth}  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        assert code in (0, -signal.SIGKILL)
        return code != 0


@contextmanager
def start_driver(url: str, api: FlakyApi) -> Iterator[Driver]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kill.driver"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Driver(process, url, api)
    finally:
        process.communicate(timeout=20)


@pytest.mark.parametrize("readable", [True, False], ids=["with history", "without history"])
def test_killed_at_each_step_no_tip_comes_twice_and_none_is_lost_unseen(
    database_url: str, storage: Storage, readable: bool
) -> None:
    for team, channels in TEAMS.items():
        for channel in channels:
            sub = build_subscription(team_id=team, channel_id=channel)
            storage.subscriptions.change(team, channel, lambda _, sub=sub: sub)
    random = Random(2026)
    api = FlakyApi(readable=readable)
    for channels in TEAMS.values():
        for channel in channels:
            api.add_channel(channel)
    done: Counter[str] = Counter()
    weeks = 0
    with start_driver(database_url, api) as driver:
        while weeks < WEEKS and (done.total() < KILLS or not all(done[s] for s in STEPS)):
            now = DUE + timedelta(weeks=weeks)
            api.modes[:] = [random.choice((OK, OK, LATE, DROP, LIMIT, ERROR)) for _ in range(3)]
            step = STEPS[weeks % len(STEPS)]
            done[step] += driver.tick(now, step, nth=random.randint(1, 3))
            step = random.choice(RECOVERY_STEPS)
            done[step] += driver.tick(now + LEASE + timedelta(minutes=1), step)
            run_on_in_peace(driver, storage, now + timedelta(minutes=10))
            weeks += 1
            _check(storage, api, weeks)
    api.close()
    assert done.total() >= KILLS, done
    assert all(done[step] for step in STEPS), done
    print(dict(done))


def run_on_in_peace(driver: Driver, storage: Storage, now: datetime) -> None:
    """Tick until nothing is left to do before the next week. On a busy machine even a good answer
    of the local API may come too late, and is asked for again."""
    for _ in range(30):
        moments = storage.due_tips.next_moment(), storage.outbox.next_moment(["tips"])
        due = min((moment for moment in moments if moment), default=None)
        if due is None or due > now + timedelta(days=1):
            return
        driver.tick(now)
        now += timedelta(minutes=10)


def _check(storage: Storage, api: FlakyApi, weeks: int) -> None:
    posted = Counter(api.delivery_ids())
    assert max(posted.values()) == 1, "a delivery was posted twice"
    dates: Counter[tuple[str, str]] = Counter()
    for team, channels in TEAMS.items():
        for channel in channels:
            history = storage.deliveries.history(team, channel, limit=1000)
            assert len(history) == weeks, "a week is not on record"
            for delivery in history:
                _check_delivery(delivery, posted[delivery.id], api.readable)
                dates[channel, str(delivery.local_date)] += posted[delivery.id]
    assert max(dates.values()) == 1, "two tips for one date"
    assert sum(posted.values()) == sum(dates.values()), "a message without a record"


def _check_delivery(delivery: Delivery, posts: int, readable: bool) -> None:
    if readable:
        assert (delivery.state, posts) == (State.SENT, 1)
    elif delivery.state is State.SENT:
        assert posts == 1
    else:
        assert delivery.state is State.UNCONFIRMED

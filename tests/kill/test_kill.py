"""The process killed (SIGKILL) at each step of a delivery, on both databases.

Without the history scope: no tip twice, none lost without being shown as unconfirmed. With it: no
tip twice, and none lost at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.outbox.models import LEASE, State
from bot.storage import Storage
from bot.tips.models import Delivery
from tests.kill.conftest import Tell
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
KILLING = (KILL_UNREAD, KILL_ACCEPTED)
RECOVERY_STEPS = ("", "find before", "find after", "commit", *STEPS[3:])


@dataclass
class Ticks:
    """Runs ticks in child processes; says how each ended."""

    tell: Tell
    url: str
    api: FlakyApi

    def run(self, now: datetime, step: str = "", nth: int = 1) -> bool:
        """True if the child was killed at `step`."""
        self.api.now = now
        if not step:
            self.api.modes[:] = [mode for mode in self.api.modes if mode not in KILLING]
        if step in KILLING:
            self.api.modes.insert(min(nth - 1, len(self.api.modes)), step)
        return self.tell(
            work="tips", url=self.url, api_url=self.api.api_url, now=now.isoformat(), step=step,
            nth=nth,
        )  # fmt: skip


@pytest.mark.parametrize("readable", [True, False], ids=["with history", "without history"])
def test_killed_at_each_step_no_tip_comes_twice_and_none_is_lost_unseen(
    database_url: str, storage: Storage, driver: Tell, readable: bool
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
    weeks = 1
    ticks = Ticks(driver, database_url, api)
    ticks.run(DUE)  # in peace at first
    while weeks < WEEKS and (done.total() < KILLS or not all(done[s] for s in STEPS)):
        now = DUE + timedelta(weeks=weeks)
        api.modes[:] = [random.choice((OK, OK, LATE, DROP, LIMIT, ERROR)) for _ in range(3)]
        step = STEPS[weeks % len(STEPS)]
        done[step] += ticks.run(now, step, nth=random.randint(1, 3))
        step = random.choice(RECOVERY_STEPS)
        done[step] += ticks.run(now + LEASE + timedelta(minutes=1), step)
        run_on_in_peace(ticks, storage, now + timedelta(minutes=10))
        weeks += 1
        _check(storage, api, weeks)
    api.close()
    assert done.total() >= KILLS, done
    assert all(done[step] for step in STEPS), done
    print(dict(done))


def run_on_in_peace(ticks: Ticks, storage: Storage, now: datetime) -> None:
    """Tick until nothing is left to do before the next week. On a busy machine even a good answer
    of the local API may come too late, and is asked for again."""
    for _ in range(30):
        moments = storage.due_tips.next_moment(), storage.outbox.next_moment(["tips"])
        due = min((moment for moment in moments if moment), default=None)
        if due is None or due > now + timedelta(days=1):
            return
        ticks.run(now)
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

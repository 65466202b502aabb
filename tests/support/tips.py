"""Weekly tips in tests: content, subscriptions, and fakes of the clock and of Slack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import Any

from bot.handbook.models import Fallback, Tip
from bot.i18n import Text
from bot.tips.models import Delivery, Schedule, Subscription
from bot.tips.outcomes import Effect, Outcome
from bot.tips.ports import Message, Words
from bot.tips.rotation import Pool
from bot.tips.schedule import first_day

SECTIONS = ("6.1.1", "6.1.2", "6.2.1", "6.2.2", "6.3.1", "6.3.2")
MONDAY = date(2026, 11, 30)
TEAM, CHANNEL, USER = "T1", "C1", "U1"


def utc(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def build_tip(section: str, number: int, before: str = "", fallback: date | None = None) -> Tip:
    tip_id = f"tip-{section.replace('.', '')}-{number:02}"
    return Tip(
        id=tip_id,
        file=f"tips/{tip_id}.toml",
        title=Text(tip_id, tip_id),
        sections=(section,),
        body=Text(f"本周做 {tip_id}", f"Do {tip_id} this week"),
        why=Text("因为", "Because"),
        week_hint=f"before {before}" if before else "",
        fallback=Fallback(fallback, Text("已过期", "It is over")) if fallback else None,
    )


def build_pool(each: int = 10, sections: Sequence[str] = SECTIONS) -> Pool:
    return Pool(tuple(build_tip(s, n) for s in sections for n in range(1, each + 1)))


def build_subscription(**changes: Any) -> Subscription:
    """Mondays at 09:30 UTC from 2026-11-30 on, unless `changes` say otherwise."""
    values: dict[str, Any] = {
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "created_by": USER,
        "schedule": Schedule(0, time(9, 30), "UTC"),
        "lang": "en",
        "next_date": MONDAY,
    }
    return Subscription(**values | changes)


def subscribe(schedule: Schedule, now: datetime, **changes: Any) -> Subscription:
    return build_subscription(schedule=schedule, next_date=first_day(schedule, now), **changes)


@dataclass
class FakeClock:
    """Time that passes only by `wait` or by hand."""

    moment: datetime
    running: bool = True

    def now(self) -> datetime:
        return self.moment

    def wait(self, duration: timedelta) -> bool:
        self.moment += duration
        return self.running

    def advance(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@dataclass
class FakeSender:
    """Keeps what was posted. `script` answers the next posts instead, each by an outcome or by a
    callable that gets the delivery and may call `accept`.

    `readable`: whether the app may read the history, and so find what it posted.
    """

    clock: FakeClock
    readable: bool = False
    script: list[Outcome | Callable[[Delivery], Outcome]] = field(default_factory=list)
    history: list[Delivery] = field(default_factory=list)
    told: list[tuple[str, str, Message]] = field(default_factory=list)
    posted_at: list[tuple[datetime, str, str]] = field(default_factory=list)
    skew: timedelta = timedelta()
    lock: Any = field(default_factory=Lock)

    def post(self, delivery: Delivery, message: Message) -> Outcome:
        with self.lock:
            step = self.script.pop(0) if self.script else None
        if step is None:
            return self.accept(delivery)
        return step(delivery) if callable(step) else step

    def accept(self, delivery: Delivery) -> Outcome:
        with self.lock:
            self.history.append(delivery)
            self.posted_at.append((self.clock.now(), delivery.team_id, delivery.channel_id))
            return Outcome(Effect.POSTED, ts=f"1700000000.{len(self.history):06}")

    def accept_but_lose_the_answer(self, delivery: Delivery) -> Outcome:
        self.accept(delivery)
        return Outcome(Effect.UNSURE, error="RemoteDisconnected")

    def find(self, delivery: Delivery) -> Outcome:
        if not self.readable:
            return Outcome(Effect.UNSURE, error="missing_scope")
        for number, found in enumerate(self.history, 1):
            if found.id == delivery.id:
                return Outcome(Effect.POSTED, ts=f"1700000000.{number:06}")
        return Outcome(Effect.ABSENT)

    def tell(self, team_id: str, user_id: str, message: Message) -> Outcome:
        self.told.append((team_id, user_id, message))
        return Outcome(Effect.POSTED, ts="1")

    def slack_time(self) -> datetime | None:
        return self.clock.now() - self.skew

    def tips_of(self, channel_id: str = CHANNEL) -> list[str]:
        return [d.tip_id for d in self.history if d.channel_id == channel_id]

    def count_by_date(self) -> Counter[tuple[str, str, date]]:
        return Counter((d.team_id, d.channel_id, d.local_date) for d in self.history)


PLAIN_WORDS = Words(
    tip=lambda delivery: {"text": delivery.tip_id},
    farewell=lambda subs: {"text": ", ".join(sub.channel_id for sub in subs)},
)


def channels_of(deliveries: Iterable[Delivery]) -> list[str]:
    return [delivery.channel_id for delivery in deliveries]

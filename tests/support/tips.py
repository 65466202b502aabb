"""Weekly tips in tests: content, subscriptions, and fakes of the clock and of Slack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bot.handbook.models import Fallback, Tip
from bot.i18n import Lang, Text
from bot.outbox.models import Content, OutboundMessage
from bot.outbox.outcomes import Effect, Outcome
from bot.sending import Clientele
from bot.storage import Storage
from bot.tips import tables
from bot.tips.end_notices import FEATURE as END_NOTICES
from bot.tips.messages import BuildTip, EndNotices, TipMessages, TipPlanner
from bot.tips.models import Delivery, Schedule, Subscription
from bot.tips.planning import Plan, build_plan
from bot.tips.repository.rows import to_subscription
from bot.tips.rotation import Pool
from bot.tips.schedule import first_day
from tests.support.outbox import FakeSlack

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


def list_subscriptions(storage: Storage, team_id: str) -> list[Subscription]:
    """All of a workspace, by channel, also those that are off."""
    table = tables.subscriptions
    query = select(table).where(table.c.team_id == team_id).order_by(table.c.channel_id)
    with storage.database.read() as connection:
        return [to_subscription(row) for row in connection.execute(query).mappings()]


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

    def now(self) -> datetime:
        return self.moment

    def wait(self, duration: timedelta) -> None:
        self.moment += duration

    def advance(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@dataclass
class FakeSender(FakeSlack):
    """Keeps what was posted and, apart from it, the end notices that were. Slack does not accept
    again a token that it has refused."""

    told: list[tuple[str, str, Content]] = field(default_factory=list)
    refusing: set[str] = field(default_factory=lambda: {TEAM, "T2"})

    def post(self, message: OutboundMessage, content: Content, event_type: str) -> Outcome:
        if message.feature == END_NOTICES:
            self.told.append((message.team_id, message.channel_id, content))
            return Outcome(Effect.POSTED, ts="1")
        return super().post(message, content, event_type)

    def tips_of(self, channel_id: str = CHANNEL) -> list[str]:
        return [m.data["tip_id"] for m in self.history if m.channel_id == channel_id]

    def count_by_date(self) -> Counter[tuple[str, str, str]]:
        return Counter((m.team_id, m.channel_id, m.data["date"]) for m in self.history)


def build_plain_tip(delivery: Delivery, now: datetime) -> Content:
    return {"text": delivery.tip_id}


def build_plain_notice(ended: Mapping[str, str], lang: Lang) -> Content:
    return {"text": ", ".join(ended)}


def plain_tips(
    storage: Storage, pool: Pool, build_tip: BuildTip = build_plain_tip, plan: Plan | None = None
) -> Clientele:
    """Weekly tips whose messages are their ids."""
    messages = TipMessages(storage.subscriptions, build_tip)
    notices = EndNotices(storage.subscriptions, build_plain_notice)
    planner = TipPlanner(storage.due_tips, plan or build_plan(pool), messages)
    return Clientele((messages, notices), (planner,))


def channels_of(messages: Iterable[OutboundMessage]) -> list[str]:
    return [message.channel_id for message in messages]

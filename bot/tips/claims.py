"""What claiming a due subscription means: the delivery, and the subscription after it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bot.tips.changes import next_day, next_moment, pass_week
from bot.tips.models import GRACE, LEASE, Delivery, State, Subscription
from bot.tips.rotation import Pool, pick, use

NO_TIPS = "no_tips"  # the channel's sections hold none


@dataclass(frozen=True, slots=True)
class Taken:
    """To be saved together, so that a week, a tip and a delivery are used up at once."""

    delivery: Delivery
    subscription: Subscription


Take = Callable[[Subscription, datetime], Taken]


def build_take(pool: Pool, new_id: Callable[[], str] = lambda: uuid4().hex) -> Take:
    """How to claim with the tips of `pool`."""

    def take(sub: Subscription, now: datetime) -> Taken:
        day, due = next_day(sub), next_moment(sub)
        if day is None or due is None:
            raise ValueError(f"subscription {sub.id} has no next day")
        delivery = Delivery(
            id=new_id(),
            subscription_id=sub.id,
            team_id=sub.team_id,
            channel_id=sub.channel_id,
            local_date=day,
            due_at=due,
            state=State.MISSED,
            lang=sub.lang,
            claimed_at=now,
        )
        after = pass_week(sub)
        found = pick(pool, sub.rotation, day, sub.sections)
        if found is None:
            return Taken(replace(delivery, error=NO_TIPS), after)
        if now - due > GRACE:  # the tip is not used: it comes next time
            return Taken(replace(delivery, error="late"), after)
        delivery = replace(
            delivery,
            state=State.CLAIMED,
            retry_at=now + LEASE,
            tip_id=found.tip.id,
            round=found.round,
            number=found.number,
            total=found.total,
        )
        return Taken(
            delivery, replace(after, rotation=use(pool, sub.rotation, found, sub.sections))
        )

    return take

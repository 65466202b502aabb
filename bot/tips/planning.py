"""What a due subscription comes to: its delivery, and the subscription after it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b

from bot.outbox.models import GRACE, State
from bot.tips.changes import next_day, next_moment, pass_week
from bot.tips.models import Delivery, Subscription
from bot.tips.rotation import Pool, pick, use

NO_TIPS = "no_tips"  # the channel's sections hold none
LATE = "late"


@dataclass(frozen=True, slots=True)
class Planned:
    """To be saved together, so that a week, a tip and a delivery are used up at once."""

    delivery: Delivery
    subscription: Subscription


Plan = Callable[[Subscription, datetime], Planned]


def find_id(sub_id: int, team_id: str, channel_id: str, day: date) -> str:
    """A delivery's id. It follows from whose it is: planned again after a backup was restored, it
    is found in Slack's history by the id that it was posted with."""
    name = f"{team_id}:{channel_id}:{sub_id}:{day}"
    return blake2b(name.encode(), digest_size=16).hexdigest()


def build_plan(pool: Pool) -> Plan:
    """How to plan with the tips of `pool`."""

    def plan(sub: Subscription, now: datetime) -> Planned:
        day, due = next_day(sub), next_moment(sub)
        if day is None or due is None:
            raise ValueError(f"subscription {sub.id} has no next day")
        delivery = Delivery(
            id=find_id(sub.id, sub.team_id, sub.channel_id, day),
            subscription_id=sub.id,
            team_id=sub.team_id,
            channel_id=sub.channel_id,
            local_date=day,
            due_at=due,
            state=State.MISSED,
            lang=sub.lang,
        )
        after = pass_week(sub)
        found = pick(pool, sub.rotation, day, sub.sections)
        if found is None:
            return Planned(replace(delivery, error=NO_TIPS), after)
        if now - due > GRACE:  # the tip is not used: it comes next time
            return Planned(replace(delivery, error=LATE), after)
        delivery = replace(
            delivery,
            state=State.WAITING,
            tip_id=found.tip.id,
            round=found.round,
            number=found.number,
            total=found.total,
        )
        return Planned(
            delivery, replace(after, rotation=use(pool, sub.rotation, found, sub.sections))
        )

    return plan

"""Records to rows and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from bot.tips.changes import next_moment
from bot.tips.models import Schedule, Subscription

Row = dict[str, Any]

SCHEDULE = ("weekday", "at", "zone")


def subscription_row(sub: Subscription) -> Row:
    """All columns but `id`; `next_at`, which is searched by, is computed here alone."""
    return {
        "team_id": sub.team_id,
        "channel_id": sub.channel_id,
        "created_by": sub.created_by,
        "weekday": sub.schedule.weekday,
        "at": sub.schedule.at,
        "zone": sub.schedule.zone,
        "lang": sub.lang,
        "sections": sub.sections,
        "on": sub.on,
        "ended": sub.ended,
        "next_date": sub.next_date,
        "next_at": next_moment(sub),
        "paused_until": sub.paused_until,
        "not_before": sub.not_before,
        "rotation": sub.rotation,
        "changed_by": sub.changed_by,
        "changed_at": sub.changed_at,
    }


def to_subscription(row: RowMapping) -> Subscription:
    values = dict(row)
    schedule = Schedule(**{name: values.pop(name) for name in SCHEDULE})
    del values["next_at"]
    return Subscription(schedule=schedule, **values)

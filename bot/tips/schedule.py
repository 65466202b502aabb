"""When a weekly tip is due. Pure: the moment is passed in, zones are applied last.

A week runs from Monday to Sunday by the date in the subscription's own zone, and has one tip.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.tips.models import Schedule
from bot.zones import due_at

WEEK = timedelta(days=7)


def due_on(day: date, schedule: Schedule) -> datetime:
    return due_at(day, schedule.at, schedule.zone)


def day_in_week(day: date, weekday: int) -> date:
    """The `weekday` of the week that `day` is in."""
    return day + timedelta(days=weekday - day.weekday())


def day_after(day: date, schedule: Schedule) -> date:
    """The due day of the week after the one that `day` is in."""
    return day_in_week(day + WEEK, schedule.weekday)


def first_day(schedule: Schedule, now: datetime, earliest: date | None = None) -> date:
    """The first due day still to come at `now`, in no week before that of `earliest`."""
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    day = day_in_week(max(today, earliest or today), schedule.weekday)
    while due_on(day, schedule) <= now:
        day += WEEK
    return day

"""When a weekly tip is due. Pure: the moment is passed in, zones are applied last.

A week runs from Monday to Sunday by the date in the subscription's own zone, and has one tip.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.tips.models import Schedule

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def due_at(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of wall-clock time `at` on `day`.

    Where the clock jumps over that time, the next valid minute; where it shows it twice, the first.
    """
    tz = ZoneInfo(zone)
    local = datetime.combine(day, at, tz)  # fold=0: the first of two
    moment = local.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _after_gap(local, tz)


def _after_gap(local: datetime, tz: ZoneInfo) -> datetime:
    """The first minute whose wall-clock time is not before `local`, which a jump leaves out."""
    wall = local.replace(tzinfo=None)
    early = int(local.replace(fold=1).timestamp())  # read by the offset after the jump
    late = int(local.timestamp())  # read by the offset before it
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, tz).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    first = datetime.fromtimestamp(late, UTC)
    seconds = first.astimezone(tz).second  # zones have jumped at odd seconds, long ago
    return first + (MINUTE - timedelta(seconds=seconds) if seconds else timedelta())


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

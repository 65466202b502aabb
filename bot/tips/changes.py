"""What a person's change does to a subscription. Pure; each returns the new record.

The rules that keep one tip a week: a change of day moves this week's tip within its week, and
where the new day has passed, this week's tip stays where it was promised; a pause passes over
weeks without using tips; a skip passes over a tip without losing the week.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.outbox.models import GRACE
from bot.tips.models import UNTIL_RESUMED, Schedule, Subscription
from bot.tips.rotation import Pool, pick, use
from bot.tips.schedule import WEEK, day_after, day_in_week, due_on, first_day


def next_day(sub: Subscription) -> date | None:
    """The day of the next tip; None while off or paused without an end."""
    if not sub.on or sub.paused_until == UNTIL_RESUMED:
        return None
    if sub.paused_until is None:
        return sub.next_date
    return max(sub.next_date, day_in_week(sub.paused_until, sub.schedule.weekday))


def next_moment(sub: Subscription) -> datetime | None:
    """When the next tip is due, in UTC; None while there is none."""
    day = next_day(sub)
    if day is None:
        return None
    moment = due_on(day, sub.schedule)
    return max(moment, sub.not_before) if sub.not_before else moment


def reschedule(sub: Subscription, schedule: Schedule, now: datetime) -> Subscription:
    """The same tips at another time."""
    day, paused_until = sub.next_date, sub.paused_until
    if paused_until and paused_until != UNTIL_RESUMED:
        promised = max(day, day_in_week(paused_until, sub.schedule.weekday))
        if due_on(day_in_week(paused_until, schedule.weekday), schedule) <= now:
            day, paused_until = promised, None  # the pause ends this week: its tip stays
    moved = _moved(day, schedule, now)
    # Made late by the change alone, it comes now; was it too late before, it still is.
    before = next_moment(sub)
    not_before = now if before and before + GRACE > now else sub.not_before
    return replace(
        sub, schedule=schedule, next_date=moved, paused_until=paused_until, not_before=not_before
    )


def _moved(day: date, schedule: Schedule, now: datetime) -> date:
    """The new weekday in the week of `day`, or `day` itself where that has passed."""
    candidate = day_in_week(day, schedule.weekday)
    return candidate if due_on(candidate, schedule) > now else day


def turn_on(sub: Subscription, schedule: Schedule, now: datetime) -> Subscription:
    """On again, or on with another time. A week that had its tip gets no second one."""
    if sub.on and schedule == sub.schedule:
        return resume(sub, now)
    if sub.on:
        return resume(reschedule(sub, schedule, now), now)
    day = first_day(schedule, now, sub.next_date)
    return replace(
        sub, on=True, ended="", schedule=schedule, next_date=day, paused_until=None, not_before=None
    )


def turn_off(sub: Subscription, ended: str = "") -> Subscription:
    """No more tips; the rotation stays for another time."""
    return replace(sub, on=False, ended=ended, paused_until=None)


def pause(sub: Subscription, now: datetime, weeks: int | None = None) -> Subscription:
    """Pass over the next `weeks` tips' days, or all until `resume`. No tip is used."""
    if weeks is None:
        return replace(sub, paused_until=UNTIL_RESUMED)
    day = next_day(resume(sub, now)) or sub.next_date
    return replace(sub, paused_until=day + weeks * WEEK)


def resume(sub: Subscription, now: datetime) -> Subscription:
    """End a pause: the next tip comes on the first due day from now on."""
    due = next_moment(sub)
    if sub.paused_until is None or (due and due <= now):  # over by itself: its tip is on its way
        return replace(sub, next_date=next_day(sub) or sub.next_date, paused_until=None)
    if due_on(sub.next_date, sub.schedule) > now:
        return replace(sub, paused_until=None)
    day = first_day(sub.schedule, now, sub.next_date)
    return replace(sub, paused_until=None, next_date=day, not_before=None)


def skip(sub: Subscription, pool: Pool) -> Subscription:
    """Pass over the next tip; it counts as used, and the one after it comes on the same day."""
    found = pick(pool, sub.rotation, next_day(sub) or sub.next_date, sub.sections)
    return replace(sub, rotation=use(pool, sub.rotation, found, sub.sections)) if found else sub


def pass_week(sub: Subscription) -> Subscription:
    """This week's day is dealt with: on to the next week."""
    day = next_day(sub) or sub.next_date
    return replace(sub, next_date=day_after(day, sub.schedule), paused_until=None, not_before=None)

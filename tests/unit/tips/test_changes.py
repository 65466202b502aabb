"""No change of a person's doubles or loses a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.models import GRACE, State
from bot.tips.changes import (
    next_day,
    next_moment,
    pass_week,
    pause,
    reschedule,
    resume,
    skip,
    turn_off,
    turn_on,
)
from bot.tips.models import Schedule, Subscription
from bot.tips.planning import build_plan
from bot.tips.rotation import pick
from tests.support.tips import MONDAY, build_pool, build_subscription, subscribe, utc

POOL = build_pool(each=3)
PLAN = build_plan(POOL)
NOW = utc(date(2026, 11, 25), 12)  # the Wednesday before MONDAY


def at(hour: int, weekday: int = 0, zone: str = "UTC") -> Schedule:
    return Schedule(weekday, time(hour), zone)


def test_a_later_day_in_the_same_week_moves_this_weeks_tip() -> None:
    sub = reschedule(build_subscription(next_date=date(2026, 11, 27)), at(8, weekday=5), NOW)
    assert next_day(sub) == date(2026, 11, 28)


def test_a_change_after_this_weeks_tip_takes_effect_next_week() -> None:
    sub = reschedule(build_subscription(), at(8, weekday=4), NOW)  # Monday's has been posted
    assert next_day(sub) == date(2026, 12, 4)


def test_where_the_new_day_has_passed_this_weeks_tip_stays_where_it_was_promised() -> None:
    friday = build_subscription(schedule=at(9, weekday=4), next_date=date(2026, 11, 27))
    sub = reschedule(friday, at(9), NOW)
    assert next_day(sub) == date(2026, 11, 27)
    assert next_day(pass_week(sub)) == MONDAY


def test_a_tip_made_late_by_a_change_comes_now() -> None:
    now = utc(MONDAY, 9)
    sub = reschedule(build_subscription(), at(7), now)
    assert (next_day(sub), next_moment(sub)) == (MONDAY, now)


def test_a_tip_that_was_too_late_already_stays_missed() -> None:
    now = utc(MONDAY, 9, 30) + GRACE + timedelta(hours=1)
    sub = reschedule(build_subscription(), at(7), now)
    assert PLAN(sub, now).delivery.state is State.MISSED


def test_a_pause_of_two_weeks_passes_over_two_tips_and_uses_none() -> None:
    sub = pause(build_subscription(), NOW, weeks=2)
    assert next_day(sub) == MONDAY + timedelta(weeks=2)
    assert sub.rotation == build_subscription().rotation


def test_a_pause_without_an_end_has_no_next_day() -> None:
    sub = pause(build_subscription(), NOW)
    assert next_day(sub) is None
    assert next_moment(sub) is None


def test_resuming_in_time_brings_the_tip_of_this_week() -> None:
    assert resume(pause(build_subscription(), NOW), NOW + timedelta(days=1)) == build_subscription()


def test_resuming_after_this_weeks_time_waits_for_the_next() -> None:
    sub = resume(pause(build_subscription(), NOW), utc(MONDAY, 10))
    assert next_day(sub) == MONDAY + timedelta(weeks=1)


def test_resuming_when_the_pause_is_over_does_not_move_the_tip() -> None:
    over = MONDAY + timedelta(weeks=2)
    sub = resume(pause(build_subscription(), NOW, weeks=2), utc(over, 9, 31))
    assert next_day(sub) == over


def test_pausing_a_pause_counts_from_now() -> None:
    sub = pause(pause(build_subscription(), NOW, weeks=8), NOW, weeks=1)
    assert next_day(sub) == MONDAY + timedelta(weeks=1)


def test_a_skip_brings_the_following_tip_on_the_same_day() -> None:
    before = build_subscription()
    after = skip(before, POOL)
    assert next_day(after) == next_day(before)
    first, second = (pick(POOL, sub.rotation, MONDAY) for sub in (before, after))
    assert first
    assert second
    assert (first.number, second.number) == (1, 2)
    assert first.tip != second.tip


def test_turning_on_again_in_a_week_that_had_its_tip_waits_for_the_next() -> None:
    sub = turn_on(turn_off(build_subscription()), at(18), utc(date(2026, 11, 24), 9))
    assert next_day(sub) == MONDAY


def test_turning_on_keeps_the_rotation() -> None:
    used = skip(build_subscription(), POOL)
    assert turn_on(turn_off(used), at(9), NOW).rotation == used.rotation


# Any changes at any times: a model that delivers what is due before each change.

ZONES = ("UTC", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Honolulu",
         "Europe/London", "Australia/Lord_Howe")  # fmt: skip
SCHEDULES = st.builds(
    Schedule,
    weekday=st.integers(0, 6),
    at=st.builds(time, st.integers(0, 23), st.sampled_from((0, 30))),
    zone=st.sampled_from(ZONES),
)
PAUSES = st.one_of(st.none(), st.integers(1, 4))
STEPS = st.lists(
    st.tuples(
        st.integers(0, 20 * 24 * 60),  # minutes until the change
        st.sampled_from(("reschedule", "skip", "pause", "resume", "off", "on")),
        SCHEDULES,
        PAUSES,
    ),
    max_size=20,
)


class Model:
    """A subscription through time, with a perfect clock and Slack."""

    def __init__(self, schedule: Schedule) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.sub = subscribe(schedule, self.now)
        self.first = next_day(self.sub) or self.now.date()
        self.days: list[date] = []
        self.tips: list[tuple[int, str]] = []
        self.idle: set[int] = set()  # weeks in which it was paused or off at some time

    def run(self, minutes: int) -> None:
        end = self.now + timedelta(minutes=minutes)
        if self._is_idle():
            self._mark_idle(self.now, min(end, next_moment(self.sub) or end))
        while (moment := next_moment(self.sub)) and moment <= end:
            self.now = max(self.now, moment)
            shown = pick(POOL, self.sub.rotation, next_day(self.sub) or date.min, self.sub.sections)
            taken = PLAN(self.sub, self.now)
            assert taken.delivery.state is State.WAITING
            assert shown is not None
            assert shown.tip.id == taken.delivery.tip_id, "not what `next` showed"
            self.days.append(taken.delivery.local_date)
            self.tips.append((taken.delivery.round, taken.delivery.tip_id))
            self.sub = taken.subscription
        self.now = end

    def change(self, name: str, schedule: Schedule, weeks: int | None) -> None:
        was_idle = self._is_idle()
        match name:
            case "reschedule" if self.sub.on:
                self.sub = reschedule(self.sub, schedule, self.now)
            case "skip":
                shown = pick(POOL, self.sub.rotation, next_day(self.sub) or self.sub.next_date)
                self.sub = skip(self.sub, POOL)
                assert shown
                self.tips.append((shown.round, shown.tip.id))
            case "pause" if self.sub.on:
                self.sub = pause(self.sub, self.now, weeks)
            case "resume":
                self.sub = resume(self.sub, self.now)
            case "off":
                self.sub = turn_off(self.sub)
            case "on":
                self.sub = turn_on(self.sub, schedule, self.now)
        if was_idle or self._is_idle():
            self._mark_idle(self.now, self.now)

    def _is_idle(self) -> bool:
        return not self.sub.on or self.sub.paused_until is not None

    def _mark_idle(self, start: datetime, end: datetime) -> None:
        """With a day to either side: zones are up to 14 hours from UTC."""
        day = start.date() - timedelta(days=1)
        while day <= end.date() + timedelta(days=1):
            self.idle.add(week_of(day))
            day += timedelta(days=1)


def week_of(day: date) -> int:
    return (day.toordinal() - 1) // 7  # day 1 of the calendar was a Monday


@settings(max_examples=150, deadline=None)
@given(schedule=SCHEDULES, steps=STEPS)
def test_any_changes_leave_one_tip_a_week(
    schedule: Schedule, steps: list[tuple[int, str, Schedule, int | None]]
) -> None:
    model = Model(schedule)
    for minutes, name, new_schedule, weeks in steps:
        model.run(minutes)
        model.change(name, new_schedule, weeks)
    model.run(60 * 24 * 60)
    weeks_had = [week_of(day) for day in model.days]
    assert len(weeks_had) == len(set(weeks_had)), "two tips in a week"
    assert weeks_had == sorted(weeks_had)
    last = week_of(model.now.date()) - 2
    for week in range(week_of(model.first), last):
        assert week in set(weeks_had) or week in model.idle, f"week {week} lost"
    assert len(model.tips) == len(set(model.tips)), "a tip came twice in a round"


@settings(max_examples=120, deadline=None)
@given(
    schedule=SCHEDULES,
    steps=st.lists(
        st.tuples(st.integers(0, 20 * 24 * 60), st.sampled_from(("reschedule", "skip")), SCHEDULES),
        max_size=20,
    ),
)
def test_changes_of_time_and_skips_leave_no_week_out(
    schedule: Schedule, steps: list[tuple[int, str, Schedule]]
) -> None:
    model = Model(schedule)
    for minutes, name, new_schedule in steps:
        model.run(minutes)
        model.change(name, new_schedule, None)
    model.run(60 * 24 * 60)
    assert all(later - earlier == 1 for earlier, later in pairwise(map(week_of, model.days)))


def test_the_model_counts_on_the_real_plan() -> None:
    sub: Subscription = replace(build_subscription(), next_date=MONDAY)
    taken = PLAN(sub, utc(MONDAY, 9, 30))
    assert taken.delivery.local_date == MONDAY
    assert next_day(taken.subscription) == MONDAY + timedelta(weeks=1)

"""When a weekly tip is due, through every clock change of every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tips.models import Schedule
from bot.tips.schedule import WEEK, day_after, day_in_week, due_on, first_day
from bot.zones import due_at


def _read_zone(name: str) -> bytes:
    paths = (Path(folder, name) for folder in TZPATH)
    found = next((path for path in paths if path.is_file()), None)
    return found.read_bytes() if found else (files("tzdata") / "zoneinfo" / name).read_bytes()


# A quarter of the names have the data of another name: each clock is tried once.
ZONES = sorted(
    {
        _read_zone(name): name for name in sorted(available_timezones() - {"Factory", "localtime"})
    }.values()
)
START, YEARS = date(2024, 1, 1), 5
TIMES = (time(0, 0), time(1, 30), time(2, 30), time(9, 30), time(23, 59))


def test_wall_clock_time_holds_through_a_clock_change() -> None:
    friday, later = date(2026, 3, 6), date(2026, 3, 13)  # New York changes on Sunday 8 March 2026
    zone = "America/New_York"
    assert due_at(friday, time(9, 30), zone) == datetime(2026, 3, 6, 14, 30, tzinfo=UTC)
    assert due_at(later, time(9, 30), zone) == datetime(2026, 3, 13, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "local"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 03:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 0), "2026-03-29 03:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(3, 0), "2026-03-29 03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04 02:30"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), "2026-04-24 01:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 30), "2011-12-31 00:00"),  # no such day
    ],
)
def test_a_time_that_does_not_exist_moves_to_the_next_valid_minute(
    zone: str, day: date, at: time, local: str
) -> None:
    assert f"{due_at(day, at, zone).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == local


def test_a_time_that_exists_twice_is_due_the_first_time() -> None:
    moment = due_at(date(2026, 11, 1), time(1, 30), "America/New_York")
    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_the_first_day_is_still_to_come() -> None:
    schedule = Schedule(0, time(9, 30), "Asia/Shanghai")
    before = datetime(2026, 11, 30, 1, 29, tzinfo=UTC)
    assert first_day(schedule, before) == date(2026, 11, 30)
    assert first_day(schedule, before + timedelta(minutes=1)) == date(2026, 12, 7)


def test_the_first_day_is_in_no_week_before_the_earliest() -> None:
    schedule = Schedule(4, time(9, 30), "UTC")
    now = datetime(2026, 11, 30, tzinfo=UTC)
    assert first_day(schedule, now, date(2026, 12, 7)) == date(2026, 12, 11)


def _last_days(zone: str) -> set[date]:
    """The days within the five years on which this zone's clocks change, and those around them."""
    tz = ZoneInfo(zone)
    days: set[date] = set()
    noon = datetime(START.year, 1, 1, 12, tzinfo=UTC)
    offset = noon.astimezone(tz).utcoffset()
    for number in range(366 * YEARS):
        moment = noon + timedelta(days=number)
        if moment.astimezone(tz).utcoffset() != offset:
            offset = moment.astimezone(tz).utcoffset()
            days.update(moment.date() + timedelta(days=d) for d in (-1, 0, 1))
    return days


@pytest.mark.no_cover  # the same lines for years on end
@pytest.mark.parametrize("part", range(8))
def test_every_clock_change_of_every_zone_in_five_years(part: int) -> None:
    """Exhaustive: each zone, each day beside a change, times in and around the gaps and folds."""
    checked = 0
    for zone in ZONES[part::8]:
        tz = ZoneInfo(zone)
        for day in _last_days(zone):
            for at in (time(h, m) for h in (0, 1, 2, 3, 9, 23) for m in (0, 30, 59)):
                _check_wall_clock(day, at, zone, tz)
                checked += 1
    assert checked > 1000


def _check_wall_clock(day: date, at: time, zone: str, tz: ZoneInfo) -> None:
    moment = due_at(day, at, zone)
    wall, shown = datetime.combine(day, at), moment.astimezone(tz).replace(tzinfo=None)
    minute = timedelta(minutes=1)
    if shown == wall:
        earlier = moment - timedelta(hours=3)
        while earlier < moment:  # it is the first time that the clock shows this
            assert earlier.astimezone(tz).replace(tzinfo=None) != wall
            earlier += timedelta(minutes=30)  # no clock is moved by less
    else:
        assert shown > wall  # the clock jumped over it
        assert (moment - minute).astimezone(tz).replace(tzinfo=None) < wall


@pytest.mark.no_cover  # the same lines for years on end
@pytest.mark.parametrize("part", range(8))
def test_every_week_of_five_years_in_every_zone_has_one_due_time(part: int) -> None:
    """Due moments rise strictly, a week apart but for the clock change, on the asked weekday."""
    for number, zone in enumerate(ZONES[part::8]):
        tz = ZoneInfo(zone)
        schedule = Schedule(number % 7, TIMES[number % len(TIMES)], zone)
        day = day_in_week(START, schedule.weekday)
        before = due_on(day, schedule)
        for _ in range(52 * YEARS):
            day = day_after(day, schedule)
            moment = due_on(day, schedule)
            assert abs(moment - before - WEEK) <= timedelta(hours=2)
            local = moment.astimezone(tz)
            assert (local.date(), local.weekday()) == (day, schedule.weekday)
            assert local.time() == schedule.at or local.time() > schedule.at
            before = moment


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
    now=st.datetimes(datetime(2024, 1, 1), datetime(2033, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_the_next_due_time_is_at_most_a_week_away(
    zone: str, weekday: int, at: time, now: datetime
) -> None:
    schedule = Schedule(weekday, at, zone)
    day = first_day(schedule, now)
    assert now < due_on(day, schedule)
    assert due_on(day - WEEK, schedule) <= now

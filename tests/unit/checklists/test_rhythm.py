from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.checklists.parse import RunVerb, parse_run
from bot.checklists.rhythm import Rhythm, read_rhythm, shift
from bot.checklists.series import next_start, start_round, start_series
from bot.handbook.models import Item
from bot.i18n import Text
from tests.support.runs import build_checklist, build_run

WEEK, MONTH, QUARTER = Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("agent launch every week", WEEK),
        ("agent launch weekly", WEEK),
        ("Agent launch, EVERY Month.", MONTH),
        ("agent launch once a week please", WEEK),
        ("agent launch repeating quarterly", QUARTER),
        ("agent launch each quater", QUARTER),
        ("agent launch mothly", MONTH),
        ("every month agent launch", MONTH),
        ("weekly agent launch", WEEK),
    ],
)
def test_a_rhythm_is_read_at_either_end(typed: str, rhythm: Rhythm) -> None:
    rest, found, other = read_rhythm(typed)
    assert (rest.lower(), found, other) == ("agent launch", rhythm, "")


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("上线 每周", WEEK),
        ("上线每月", MONTH),
        ("上线，每个季度", QUARTER),
        ("每周 上线", WEEK),
        ("上线每月一次", MONTH),
        ("上线 每週", WEEK),
        ("上线每周重复", WEEK),
        ("上线 按季度", QUARTER),
    ],
)
def test_a_rhythm_is_read_in_chinese(typed: str, rhythm: Rhythm) -> None:
    assert read_rhythm(typed) == ("上线", rhythm, "")


@pytest.mark.parametrize(
    ("typed", "rest", "other"),
    [
        ("launch every day", "launch", "every day"),
        ("launch every 2 weeks", "launch", "every 2 weeks"),
        ("launch every other week", "launch", "every other week"),
        ("launch every monday", "launch", "every monday"),
        ("launch biweekly", "launch", "biweekly"),
        ("上线 每天", "上线", "每天"),
        ("上线 每两周", "上线", "每两周"),
        ("上线 每周一", "上线", "每周一"),
        ("上线每月底", "上线", "每月底"),
    ],
)
def test_a_rhythm_that_there_is_not_is_named(typed: str, rest: str, other: str) -> None:
    assert read_rhythm(typed) == (rest, Rhythm.ONCE, other)


@pytest.mark.parametrize("typed", ["", "launch", "launch for every customer", "a week of launches",
                                   "智能体上线"])  # fmt: skip
def test_other_lines_have_no_rhythm(typed: str) -> None:
    assert read_rhythm(typed) == (typed, Rhythm.ONCE, "")


def test_it_may_stand_alone_and_glued() -> None:
    assert parse_run("start every week") == (RunVerb.START, "", WEEK, "")
    assert parse_run("开始上线每周") == (RunVerb.START, "上线", WEEK, "")


def test_the_last_day_of_a_month_stays_the_last() -> None:
    start = date(2027, 1, 31)
    days = [shift(start, MONTH, n) for n in range(1, 5)]
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)]
    assert shift(date(2027, 11, 30), QUARTER, 1) == date(2028, 2, 29), "a leap year"
    assert shift(date(2027, 12, 28), WEEK, 1) == date(2028, 1, 4)


@pytest.mark.parametrize(
    ("zone", "days", "hour"),
    [
        ("America/New_York", 7, 13),  # 9:30 in summer
        ("America/New_York", 35, 14),  # 9:30 in winter
        ("Asia/Shanghai", 35, 1),
    ],
)
def test_the_hour_is_that_of_the_wall_clock(zone: str, days: int, hour: int) -> None:
    run = build_run(zone=zone, now=datetime(2026, 10, 7, 12, tzinfo=UTC))
    series = start_series(run, build_checklist(), WEEK, None)
    start = next_start(replace(series, number=days // 7))
    assert start == datetime(2026, 10, 7, hour, 30, tzinfo=UTC) + timedelta(days=days)


def test_due_days_are_counted_from_the_new_target() -> None:
    run = build_run(now=datetime(2027, 1, 31, 12, tzinfo=UTC))
    checklist = build_checklist()
    leads = (20, 1, None)
    items = tuple(Item(Text(i.text.zh, i.text.en), i.why, lead)
                  for i, lead in zip(checklist.items, leads, strict=True))  # fmt: skip
    series = start_series(run, replace(checklist, items=items), MONTH, date(2027, 2, 10))
    following = start_round(series, datetime(2027, 2, 28, 9, 30, tzinfo=UTC), 0)
    assert [item.due for item in following.items] == [date(2027, 2, 28), date(2027, 3, 9), None]

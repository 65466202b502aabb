"""Every word for a part of the day with every hour, and every word for a weekday."""

from __future__ import annotations

from datetime import time

import pytest

from bot.tips.actions import Action
from bot.tips.parse import Command, Mistake, Problem, parse_tips

ASKED = None  # back: the hour has no one meaning with that word
EARLY = {12: 0, **{hour: hour for hour in range(7)}}
MORNING = {hour: hour for hour in range(12)}
MIDDAY = {11: 11, 12: 12, 1: 13, 2: 14}
AFTERNOON = {12: 12, **{hour: hour + 12 for hour in range(1, 12)}}
DUSK = {hour: hour + 12 for hour in range(4, 9)}
EVENING = {hour: hour + 12 for hour in range(5, 12)}
NIGHT = {12: 0, **{hour: hour for hour in range(5)}, **{hour: hour + 12 for hour in range(8, 12)}}
CHINESE = {
    "凌晨": EARLY, "清晨": MORNING, "早晨": MORNING, "早上": MORNING, "一早": MORNING,
    "早": MORNING, "上午": MORNING, "中午": MIDDAY, "正午": MIDDAY, "下午": AFTERNOON,
    "午后": AFTERNOON, "傍晚": DUSK, "黄昏": DUSK, "晚上": EVENING, "夜晚": EVENING,
    "晚间": EVENING, "晚": EVENING, "半夜": NIGHT, "深夜": NIGHT, "夜里": NIGHT,
    "夜间": NIGHT, "午夜": NIGHT, "子夜": NIGHT,
}  # fmt: skip
ENGLISH = {
    "am": {12: 0, **{hour: hour for hour in range(1, 12)}}, "pm": AFTERNOON,
    "in the morning": MORNING, "in the afternoon": AFTERNOON, "in the evening": EVENING,
    "at night": NIGHT, "tonight": EVENING, "noon": {12: 12}, "midnight": {12: 0},
}  # fmt: skip
CHINESE_HOURS = "零一二三四五六七八九十"


def expect(typed: str, hour: int | None, minute: int = 0) -> None:
    """`typed` is a Monday at that time; or, for None, is asked back with a form that is right."""
    parsed = parse_tips(typed)
    if hour is None:
        assert isinstance(parsed, Mistake), typed
        assert parsed.problem in (Problem.TIME, Problem.UNSURE), typed
        assert isinstance(parse_tips(parsed.example), Command), typed
    else:
        assert parsed == Command(Action.ON, 0, time(hour, minute)), typed


@pytest.mark.parametrize("part", CHINESE)
def test_a_chinese_part_of_the_day_with_every_hour(part: str) -> None:
    for hour in range(13):
        wanted = CHINESE[part].get(hour, ASKED)
        expect(f"开 周一 {part}{hour}点", wanted)
        expect(f"开周一{part}{hour}点半", wanted, 30)
        expect(f"周一 {part} {hour}:05", wanted, 5)
        said = CHINESE_HOURS[hour] if hour < 11 else "十" + CHINESE_HOURS[hour - 10]
        expect(f"开 周一 {part}{said}点零五", wanted, 5)


@pytest.mark.parametrize("part", ENGLISH)
def test_an_english_part_of_the_day_with_every_hour(part: str) -> None:
    for hour in range(13):
        wanted = ENGLISH[part].get(hour, ASKED)
        expect(f"on mon {hour} {part}", wanted)
        expect(f"on mon {hour}:05 {part}", wanted, 5)


@pytest.mark.parametrize("hour", range(24))
def test_without_a_part_of_the_day_the_clock_has_24_hours(hour: int) -> None:
    expect(f"on mon {hour}:00", hour)
    expect(f"开 周一 {hour}点", hour)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("on mon noon", 12, 0), ("on mon at midday", 12, 0), ("on mon midnight", 0, 0),
        ("开 周一 中午", 12, 0), ("开 周一 午夜", 0, 0), ("on mon half past nine", 9, 30),
        ("on mon quarter to 10", 9, 45), ("on mon quarter past 9 in the evening", 21, 15),
        ("on mon nine o'clock", 9, 0), ("every monday morning at 9", 9, 0),
        ("开 周一 九点零五", 9, 5), ("开 周一 九点过五分", 9, 5), ("开 周一 下午15点", 15, 0),
        ("开 周一 晚上二十点", 20, 0), ("on mon 21:30 in the evening", 21, 30),
    ],
)  # fmt: skip
def test_other_ways_to_say_a_time(typed: str, hour: int, minute: int) -> None:
    expect(typed, hour, minute)


@pytest.mark.parametrize(
    "typed",
    [
        "on mon 24:00", "on mon evening", "开 周一 早上", "开 周一 早上15点", "开 周一 凌晨13点",
        "on mon 9am in the evening", "on mon 21:00 in the morning", "on mon 9:30 10:30",
        "开 周一 9点 差五分", "on mon 9-10", "on mon 9:30-10", "on mon 9:30–10:30", "on mon 9~10",
        "on mon 9 to 10", "on mon 9am-10am", "on mon 9 or 10", "on mon 9:30 -5", "on mon 9:30/10",
        "开 周一 9点到10点", "开 周一 上午9点到下午5点", "开 周一 九点半至十点",
        "on mon 2026-12-07", "on mon 九点点",
    ],
)  # fmt: skip
def test_what_is_no_one_time_is_asked_back(typed: str) -> None:
    expect(typed, ASKED)


DAYS = (
    ("monday", "mondays", "mon", "周一", "星期一", "礼拜一", "週一", "周1", "每周一", "禮拜一"),
    ("tuesday", "tuesdays", "tue", "tues", "周二", "星期二", "礼拜二", "週二", "周2", "每个周二"),
    ("wednesday", "wednesdays", "wed", "weds", "周三", "星期三", "礼拜三", "週三", "周3"),
    ("thursday", "thursdays", "thu", "thur", "thurs", "周四", "星期四", "礼拜四", "週四", "周4"),
    ("friday", "fridays", "fri", "周五", "星期五", "礼拜五", "週五", "周5", "逢周五"),
    ("saturday", "saturdays", "sat", "周六", "星期六", "礼拜六", "週六", "周6", "星期６"),
    ("sunday", "sundays", "sun", "周日", "周天", "星期日", "星期天", "礼拜天", "週日", "周7"),
)


@pytest.mark.parametrize("number", range(7))
def test_every_word_for_a_weekday(number: int) -> None:
    for word in DAYS[number]:
        for typed in (f"on {word} 9:30", f"{word} 9:30", f"开 {word.upper()}, 9点半"):
            assert parse_tips(typed) == Command(Action.ON, number, time(9, 30)), typed


@pytest.mark.parametrize(
    "days",
    [
        "every day", "daily", "weekdays", "mon-fri", "mon and wed", "mon, fri", "weekend",
        "每天", "工作日", "周末", "周一到周五", "周一和周三",
    ],
)  # fmt: skip
def test_more_than_one_day_a_week_is_refused_as_that(days: str) -> None:
    parsed = parse_tips(f"on {days} 9:30")
    assert isinstance(parsed, Mistake)
    assert (parsed.problem, parsed.doubtful) == (Problem.DAYS, False)
    assert isinstance(parse_tips(parsed.example), Command)


@pytest.mark.parametrize("word", ["someday", "today", "tomorrow", "mnday", "周八", "星期九"])
def test_a_word_that_is_no_weekday_is_named(word: str) -> None:
    parsed = parse_tips(f"on {word}")
    assert isinstance(parsed, Mistake)
    assert (parsed.problem, parsed.word) == (Problem.WEEKDAY, word)

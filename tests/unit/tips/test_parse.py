"""What people type after `tips`."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tips.actions import Action
from bot.tips.parse import Command, Mistake, Problem, parse_tips
from bot.tips.zones import AMBIGUOUS, NAMES, find_zone

HALF_NINE = time(9, 30)
SHANGHAI, NEW_YORK, PACIFIC = "Asia/Shanghai", "America/New_York", "America/Los_Angeles"


@pytest.mark.parametrize(
    ("typed", "weekday", "at", "zone"),
    [
        ("on", None, None, None),
        ("on mon 9:30", 0, HALF_NINE, None),
        ("on mon 9:30 Asia/Shanghai", 0, HALF_NINE, SHANGHAI),
        ("ON Mon, 9:30, asia/shanghai", 0, HALF_NINE, SHANGHAI),
        ("on 9:30 monday", 0, HALF_NINE, None),
        ("on every Monday at 9:30 in Shanghai", 0, HALF_NINE, SHANGHAI),
        ("on fri 5pm new york", 4, time(17), NEW_YORK),
        ("on fri 5:15 p.m. ET", 4, time(17, 15), NEW_YORK),
        ("on sunday at noon PST", 6, time(12), PACIFIC),
        ("on thurs 17.45 Europe/Berlin", 3, time(17, 45), "Europe/Berlin"),
        ("on mon 12am", 0, time(0), None),
        ("on 9", None, time(9), None),
        ("on mon 9:30 utc+8", 0, HALF_NINE, "Etc/GMT-8"),
        ("on mon 9:30 UTC +8", 0, HALF_NINE, "Etc/GMT-8"),
        ("on mon 9:30 gmt-3:00", 0, HALF_NINE, "Etc/GMT+3"),
        ("on mon 9:30 UTC\u22125", 0, HALF_NINE, "Etc/GMT+5"),
        ("on mon utc+0530 9:30", 0, HALF_NINE, "Asia/Kolkata"),
        ("on mon 9:30 UTC+5:30", 0, HALF_NINE, "Asia/Kolkata"),
        ("on mon 9:30 UTC+05:45", 0, HALF_NINE, "Asia/Kathmandu"),
        ("on mon 9:30 UTC-9:30", 0, HALF_NINE, "Pacific/Marquesas"),
        ("on mon 9:30 Zürich", 0, HALF_NINE, "Europe/Zurich"),
        ("on mon 9:30 São Paulo", 0, HALF_NINE, "America/Sao_Paulo"),
        ("on mon 9:30 Asunción", 0, HALF_NINE, "America/Asuncion"),
        ("on mon 9:30 GMT", 0, HALF_NINE, "Etc/UTC"),
        ("mon 9:30", 0, HALF_NINE, None),
        ("开 周一 9点半 上海", 0, HALF_NINE, SHANGHAI),
        ("开周一9点半上海", 0, HALF_NINE, SHANGHAI),
        ("开 周一 九点半", 0, HALF_NINE, None),
        ("周一九点半", 0, HALF_NINE, None),
        ("开 周一 9：30", 0, HALF_NINE, None),
        ("开 星期五 下午3点一刻 北京时间", 4, time(15, 15), SHANGHAI),
        ("開 週三 下午三點 台北", 2, time(15), "Asia/Taipei"),
        ("开 每周日 晚上8点 纽约", 6, time(20), NEW_YORK),
        ("开 星期天 上午10点 旧金山", 6, time(10), PACIFIC),
        ("开 周四 中午12点", 3, time(12), None),
        ("开 周四 二十三点五十九分", 3, time(23, 59), None),
    ],
)
def test_on_takes_day_time_and_zone_in_any_order(
    typed: str, weekday: int | None, at: time | None, zone: str | None
) -> None:
    assert parse_tips(typed) == Command(Action.ON, weekday, at, zone)


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("", Action.SHOW), ("settings", Action.SHOW), ("设置", Action.SHOW),
        ("off", Action.OFF), ("关", Action.OFF), ("关闭", Action.OFF), ("關閉", Action.OFF),
        ("resume", Action.RESUME), ("恢复", Action.RESUME), ("繼續", Action.RESUME),
        ("skip", Action.SKIP), ("跳过", Action.SKIP), ("next", Action.NEXT),
        ("下一条", Action.NEXT), ("下次", Action.NEXT), ("pause", Action.PAUSE),
        ("停", Action.PAUSE), ("暂停", Action.PAUSE), ("unpause", Action.RESUME),
        ("un-pause", Action.RESUME), ("取消暂停", Action.RESUME), ("turn off", Action.OFF),
        ("turn them off", Action.OFF), ("switch it off, please", Action.OFF),
        ("disable", Action.OFF), ("cancel", Action.OFF), ("停止", Action.OFF),
        ("关了吧", Action.OFF), ("禁用", Action.OFF), ("turn on", Action.ON),
        ("enable", Action.ON), ("启用", Action.ON), ("snooze", Action.PAUSE),
        ("停一下", Action.PAUSE), ("help", Action.HELP), ("帮助", Action.HELP),
        ("skip the next one", Action.SKIP), ("跳过这一条", Action.SKIP), ("skip it", Action.SKIP),
        ("change", Action.SHOW), ("改", Action.SHOW), ("show", Action.SHOW),
    ],
)  # fmt: skip
def test_plain_actions_in_both_languages(typed: str, action: Action) -> None:
    assert parse_tips(typed) == Command(action)


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("pause 2", 2), ("pause 2 weeks", 2), ("pause for three weeks", 3), ("pause 1w", 1),
        ("停 2周", 2), ("停两周", 2), ("暂停 十二 周", 12), ("停3个星期", 3), ("停 2", 2),
    ],
)  # fmt: skip
def test_a_pause_may_name_its_weeks(typed: str, weeks: int) -> None:
    assert parse_tips(typed) == Command(Action.PAUSE, weeks=weeks)


@pytest.mark.parametrize(
    ("typed", "problem", "word", "example"),
    [
        ("on mnday 9:30", Problem.WEEKDAY, "mnday", "on mon 9:30 Asia/Shanghai"),
        ("on wendsday 8:00 London", Problem.WEEKDAY, "wendsday", "on wed 8:00 Europe/London"),
        ("开 周八 9:30", Problem.WEEKDAY, "周八", "开 周一 9:30 上海"),
        ("on tue 25:00 london", Problem.TIME, "25:00", "on tue 9:30 Europe/London"),
        ("on tue 13pm", Problem.TIME, "13pm", "on tue 9:30 Asia/Shanghai"),
        ("on mon 0930", Problem.TIME, "0930", "on mon 9:30 Asia/Shanghai"),
        ("开 周二 9点75分", Problem.TIME, "9点75分", "开 周二 9:30 上海"),
        ("on mon 8:00 Asia/Shangai", Problem.ZONE, "asia/shangai", "on mon 8:00 Asia/Shanghai"),
        ("on mon 8:00 mars", Problem.ZONE, "mars", "on mon 8:00 Asia/Shanghai"),
        ("on mon 8:00 CST", Problem.AMBIGUOUS, "cst", "on mon 8:00 Asia/Shanghai"),
        ("pause 99", Problem.WEEKS, "99", "pause 52"),
        ("pause 0", Problem.WEEKS, "0", "pause 2"),
        ("暂停一个月", Problem.WEEKS, "一个月", "停 2周"),
        ("skip this week", Problem.WEEK_OFF, "this week", "pause 1"),
        ("off for 2 weeks", Problem.WEEK_OFF, "for 2 weeks", "pause 2"),
        ("跳过本周", Problem.WEEK_OFF, "本周", "停 1周"),
        ("pause this week", Problem.WEEKS, "this week", "pause 1"),
        ("onn", Problem.ACTION, "onn", "on"),
        ("onn mon 9:30", Problem.ACTION, "onn", "on mon 9:30"),
        ("on someday", Problem.WEEKDAY, "someday", "on mon 9:30 Asia/Shanghai"),
        ("on every day", Problem.DAYS, "every day", "on mon 9:30 Asia/Shanghai"),
        ("on tue 9:30 +8", Problem.ZONE, "+8", "on tue 9:30 UTC+8"),
        ("on tue 9:30 UTC8", Problem.ZONE, "utc8", "on tue 9:30 UTC+8"),
        ("on tue 9:30 UTC+12:45", Problem.ZONE, "utc+12:45", "on tue 9:30 UTC+8"),
        ("on tue 9-10 utc+8", Problem.TIME, "9-10", "on tue 9:30 UTC+8"),
        ("on tue 晚上12点", Problem.UNSURE, "晚上12点", "开 周二 9:30 上海"),
        ("puase 2", Problem.ACTION, "puase", "pause 2"),
        ("resme", Problem.ACTION, "resme", "resume"),
        ("off now", Problem.ACTION, "now", "off"),
        ("foo bar", Problem.ACTION, "foo", "on mon 9:30 Asia/Shanghai"),
    ],
)
def test_a_mistake_comes_with_the_corrected_form(
    typed: str, problem: Problem, word: str, example: str
) -> None:
    assert parse_tips(typed) == Mistake(problem, word, example)


@pytest.mark.parametrize(
    "typed",
    ["on pricing", "in a bottle", "are useless", "on everyday hiring", "停更怎么办", "怎么写"],
)
def test_what_may_be_a_question_is_doubtful(typed: str) -> None:
    parsed = parse_tips(typed)
    assert isinstance(parsed, Mistake)
    assert parsed.doubtful


@pytest.mark.parametrize("typed", ["mon off", "onn off", "pauze pause"])
def test_a_guess_that_could_not_be_typed_either_is_not_offered(typed: str) -> None:
    parsed = parse_tips(typed)
    assert isinstance(parsed, Mistake)
    assert isinstance(parse_tips(parsed.example), Command)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_nothing_that_is_typed_raises_and_every_example_can_be_typed(typed: str) -> None:
    parsed = parse_tips(typed)
    if isinstance(parsed, Mistake):
        assert isinstance(parse_tips(parsed.example), Command)


@settings(deadline=None)  # the first call loads the table of traditional characters
@given(st.lists(st.sampled_from(
    "on off pause skip turn 开 停 周一 周 mon 9:30 9 点 半 下午 晚上 noon to evening every day "
    "shanghai 上海 2 weeks utc +8 / : at".split()
), max_size=7), st.sampled_from(("", " ")))  # fmt: skip
def test_words_of_the_grammar_in_any_mixture_are_taken_or_corrected(
    words: list[str], joint: str
) -> None:
    parsed = parse_tips(joint.join(words))
    if isinstance(parsed, Mistake):
        assert isinstance(parse_tips(parsed.example), Command)


def test_every_name_of_a_zone_leads_to_a_real_one() -> None:
    assert {find_zone(name) for name in NAMES} == set(NAMES.values())
    for zone in [*NAMES.values(), *(zone for pair in AMBIGUOUS.values() for zone in pair)]:
        ZoneInfo(zone)

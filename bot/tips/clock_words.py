"""Weekdays, times of day and counts as people type them, in English and Chinese.

What has more than one meaning is refused: 晚上12点 may be the end of the day or its beginning.
"""

from __future__ import annotations

import re
from datetime import time
from difflib import get_close_matches
from typing import NamedTuple

from bot.tips.day_parts import NAMED_TIMES, clock_hour, take_day_part

DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_ZH = "一二三四五六日"
WEEKDAYS: dict[str, int] = {
    **{name: number for number, name in enumerate(DAYS_EN)},
    **{f"{name}s": number for number, name in enumerate(DAYS_EN)},
    **{name[:3]: number for number, name in enumerate(DAYS_EN)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
DAY_EN = re.compile(r"\b(" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?")
DAY_ZH = re.compile(r"[每逢]?个?(?:周|星期|礼拜)\s*([一二三四五六日天1-7])(?!\s*[周点:])")
# A day that is none of the seven, or more of them: tips come once a week.
MANY_DAYS = re.compile(
    r"\b(?:every|each)\s*(?:single\s*)?(?:day|morning|evening|night|weekday|workday)\b"
    r"|\bdaily\b|\bweekdays?\b|\bworkdays?\b|\bweekends?\b|每天|每日|天天|工作日|周末|每个?工作日"
)
OTHER_DAY = re.compile(
    r"\b(?:some|any|to|yester|birth|holi|pay)days?\b|\btomorrow\b|今天|明天|后天"
)

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
NUMBER = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
WORD_HOURS = {
    name: str(hour) for hour, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1)
}  # fmt: skip
WORD_HOUR = re.compile(r"\b(" + "|".join(WORD_HOURS) + r")\b")
O_CLOCK = re.compile(r"(?<=\d)\s*o\W?clock\b")
FREE = r"(?<![0-9a-z_+\-/:.])"  # not in the middle of another word or number
TIME_ZH = re.compile(
    rf"(?P<hour>{NUMBER})\s*[点时]\s*(?:(?P<half>半)|(?P<quarter>[一三])刻|"
    rf"过?(?P<minute>{NUMBER})\s*分?)?整?(?:钟)?"
)
TIME_EN = re.compile(
    FREE + r"(?P<hour>\d{1,2})\s*[:.h]\s*(?P<minute>\d{1,2})(?![\d:])\s*"
    r"(?P<half_day>[ap]\.?m\b\.?)?"
)
PAST_TO = re.compile(r"\b(?P<part_of>half|quarter) (?P<way>past|to) (?P<hour>\d{1,2})\b")
HOUR_EN = re.compile(FREE + r"(?P<hour>\d{1,2})\s*(?P<half_day>[ap]\.?m\b\.?)")
HOUR_BARE = re.compile(FREE + r"(?P<hour>\d{1,2})(?![\w:./])")
TIMES = (TIME_ZH, PAST_TO, TIME_EN, HOUR_EN, HOUR_BARE)
# Two times, from one to the other or one of them: 9-10, 9:30 to 10, 9点到10点, 9 or 10.
SIDE = rf"(?:{NUMBER}\s*[点时]\s*(?:半|[一三]刻|{NUMBER}分?)?|\d{{1,2}}(?:[:.h]\d{{2}})?)"
RANGE = re.compile(
    rf"{FREE}{SIDE}\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:[-–—~～/,、]|\bto\b|\btill\b|\buntil\b|\band\b|\bor\b|到|至|或|和)+\s*"
    rf"(?:[^\W\d]{{1,2}}\s*)?{SIDE}(?:\s*[ap]\.?m\b)?"
)


class Taken(NamedTuple):
    """A time of day that was read, or `fault`, the words that are not one; and the text without it.

    `unsure`: those words may be two times, or contradict each other.
    """

    at: time | None
    rest: str
    fault: str = ""
    unsure: bool = False


def take_weekday(text: str) -> tuple[int | None, str]:
    """The weekday in `text` (0 is Monday) and the text without it."""
    if found := DAY_ZH.search(text):
        sign = "日" if found[1] == "天" else found[1]
        number = int(sign) - 1 if sign.isdigit() else DAYS_ZH.index(sign)
    elif found := DAY_EN.search(text):
        number = WEEKDAYS[found[1]]
    else:
        return None, text
    return number, f"{text[: found.start()]} {text[found.end() :]}"


def find_many_days(text: str) -> str:
    """The words for more than one day a week, such as "every day" or mon-fri; "" if there are
    none."""
    if found := MANY_DAYS.search(text):
        return found[0]
    first, rest = take_weekday(text)
    second, _ = take_weekday(rest)
    if first is None or second is None:
        return ""
    days = [match[0].strip() for match in re.finditer(f"{DAY_ZH.pattern}|{DAY_EN.pattern}", text)]
    return " ".join(days[:2])


def take_time(text: str) -> Taken:
    """The time of day in `text`, if any."""
    text = O_CLOCK.sub("", WORD_HOUR.sub(lambda found: WORD_HOURS[found[1]], text))
    if found := RANGE.search(text):
        return Taken(None, text, found[0].strip())
    part, rest = take_day_part(text)
    for pattern in TIMES:
        if found := pattern.search(rest):
            at = _time(found, part)
            left = f"{rest[: found.start()]} {rest[found.end() :]}"
            if at is None:
                said = f"{part} {found[0].strip()}" if part.isascii() else part + found[0].strip()
                return Taken(None, left, said.strip(), unsure=bool(part))
            return Taken(at, left)
    if part in NAMED_TIMES:
        return Taken(NAMED_TIMES[part], rest)
    return Taken(None, rest, part, unsure=bool(part))


def closest_weekday(word: str) -> int | None:
    """The weekday that was probably meant by a misspelt word."""
    near = get_close_matches(word, WEEKDAYS, n=1, cutoff=0.7) if len(word) > 3 else []
    return WEEKDAYS[near[0]] if near else None


def to_number(text: str) -> int | None:
    """2, 二, 两, 十二, 二十三 or 零五 as a number."""
    if text.isdecimal():
        return int(text)
    if len(text) > 1 and text[0] in "零〇":
        text = text[1:]
    if not text or any(c not in DIGITS for c in text):
        return None
    tens, ten, ones = text.partition("十")
    if not ten:
        return DIGITS[text] if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def _time(found: re.Match[str], part: str) -> time | None:
    """None for what is no time, or not sure to be one."""
    parts = found.groupdict()
    hour = to_number(parts["hour"])
    minute = to_number(parts.get("minute") or "0")
    if parts.get("half") or parts.get("part_of") == "half":
        minute = 30
    elif parts.get("quarter"):
        minute = 15 if parts["quarter"] == "一" else 45
    elif parts.get("part_of"):
        minute = 15
    if hour is None or minute is None or minute > 59:
        return None
    half_day = (parts.get("half_day") or "").replace(".", "")
    if half_day and part:
        by_half, by_part = clock_hour(hour, half_day), clock_hour(hour, part)
        hour = by_half if by_half == by_part else None
    elif half_day or part:
        hour = clock_hour(hour, half_day or part)
    if hour is None or hour > 23:
        return None
    if parts.get("way") == "to":
        total = (hour * 60 - minute) % (24 * 60)
        return time(total // 60, total % 60)
    return time(hour, minute)

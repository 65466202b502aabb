"""Weekdays, times of day and counts as people type them, in English and Chinese."""

from __future__ import annotations

import re
from datetime import time
from difflib import get_close_matches

DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_ZH = "一二三四五六日"
WEEKDAYS: dict[str, int] = {
    **{name: number for number, name in enumerate(DAYS_EN)},
    **{f"{name}s": number for number, name in enumerate(DAYS_EN)},
    **{name[:3]: number for number, name in enumerate(DAYS_EN)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
DAY_EN = re.compile(r"\b(" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?")
DAY_ZH = re.compile(r"每?(?:周|星期|礼拜)\s*([一二三四五六日天1-7])(?!\s*[周点:])")

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
NUMBER = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
PART = r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)?\s*"
TIME_ZH = re.compile(
    PART + rf"(?P<hour>{NUMBER})\s*[点时]\s*(?:(?P<half>半)|(?P<quarter>[一三])刻|"
    rf"(?P<minute>{NUMBER})\s*分?)?整?(?:钟)?"
)
TIME_EN = re.compile(
    PART + r"(?<![\w+\-/:.])(?P<hour>\d{1,2})\s*[:.h]\s*(?P<minute>\d{1,2})(?![\d:])\s*"
    r"(?P<half_day>[ap]\.?m\b\.?)?"
)
HOUR_EN = re.compile(r"(?<![\w+\-/:.])(?P<hour>\d{1,2})\s*(?P<half_day>[ap]\.?m\b\.?)")
HOUR_BARE = re.compile(r"(?<![\w+\-/:.])(?P<hour>\d{1,2})(?![\w:./])")
NOON = re.compile(r"\bnoon\b")
TIMES = (TIME_ZH, TIME_EN, HOUR_EN, HOUR_BARE)
LATE = ("下午", "傍晚", "晚上", "晚")


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


def take_time(text: str) -> tuple[time | str | None, str]:
    """The time of day and the text without it; a text that names no time of day as it stands."""
    if found := NOON.search(text):
        return time(12), f"{text[: found.start()]} {text[found.end() :]}"
    for pattern in TIMES:
        if found := pattern.search(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return _time(found) or found[0].strip(), rest
    return None, text


def closest_weekday(word: str) -> int | None:
    """The weekday that was probably meant by a misspelt word."""
    near = get_close_matches(word, WEEKDAYS, n=1, cutoff=0.7) if len(word) > 3 else []
    return WEEKDAYS[near[0]] if near else None


def to_number(text: str) -> int | None:
    """2, 二, 两, 十二 or 二十三 as a number."""
    if text.isdecimal():
        return int(text)
    if not text or any(c not in DIGITS for c in text):
        return None
    tens, ten, ones = text.partition("十")
    if not ten:
        return DIGITS[text] if len(text) == 1 else None
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def _time(found: re.Match[str]) -> time | None:
    parts = found.groupdict()
    hour = to_number(parts["hour"])
    minute = to_number(parts.get("minute") or "0")
    if parts.get("half"):
        minute = 30
    elif parts.get("quarter"):
        minute = 15 if parts["quarter"] == "一" else 45
    if hour is None or minute is None or minute > 59:
        return None
    half_day = (parts.get("half_day") or "").replace(".", "")
    part = parts.get("part") or ""
    if half_day:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half_day == "pm" else 0)
    elif (part in LATE and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    return time(hour, minute) if hour < 24 else None

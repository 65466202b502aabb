"""How often a checklist starts by itself: its days, and the words for it, typed in either language.
Pure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.search.closest import closest
from bot.search.normalize import fold


class Rhythm(StrEnum):
    ONCE = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3}
UNITS = {
    "week": Rhythm.WEEK, "weeks": Rhythm.WEEK, "month": Rhythm.MONTH, "months": Rhythm.MONTH,
    "quarter": Rhythm.QUARTER, "quarters": Rhythm.QUARTER, "wk": Rhythm.WEEK, "wek": Rhythm.WEEK,
    "mth": Rhythm.MONTH, "qtr": Rhythm.QUARTER,
}  # fmt: skip
ADVERBS = {"weekly": Rhythm.WEEK, "monthly": Rhythm.MONTH, "quarterly": Rhythm.QUARTER}
EVERY = frozenset({"every", "each"})
BEFORE_EVERY = frozenset(
    {"once", "and", "repeat", "repeats", "repeated", "repeating", "recurring", "repetitive"}
)
A_UNIT = frozenset({"a", "per"})  # once a week
OTHER_ADVERBS = frozenset(
    {"daily", "yearly", "annually", "biweekly", "bi-weekly", "fortnightly", "bimonthly", "nightly",
     "weekdays", "hourly"}
)  # fmt: skip
OTHER_UNITS = re.compile(
    r"\d|other|two|three|four|six|half|half-year|first|last|second|third|fourth|fifth|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun|week|work)?days?|years?|fortnights?|nights?|hours?|"
    r"weekends?|mon|tue|wed|thu|fri|sat|sun"
)
_HAN = r"(?:每[一1]?个?(周|週|星期|礼拜|月|季度|季)|按(周|週|月|季度|季)|每逢(周|週|月|季度|季))"
HAN = re.compile(rf"{_HAN}(?:度)?(?:重复|循环|来|做)?(?:一[次遍轮])?(?:重复|循环)?")
HAN_OTHER = re.compile(
    r"每隔?(?:天|日|年|半年|晚|小时|工作日|个?工作日|[两二三四五六2-9]\s*个?(?:天|周|週|星期|礼拜|月|季度|年)|"
    r"个?(?:周|週|星期|礼拜)[一二三四五六日天末](?![次遍轮])|个?月(?:[初底中末]|第?[一二三十\d]+[号日天个]))[初末底]?"
    r"|隔[周月天]|[双雙][周週]|两周一次|半年一次"
)
HAN_UNITS = {
    "周": Rhythm.WEEK, "週": Rhythm.WEEK, "星期": Rhythm.WEEK, "礼拜": Rhythm.WEEK,
    "月": Rhythm.MONTH, "季度": Rhythm.QUARTER, "季": Rhythm.QUARTER,
}  # fmt: skip
POLITE = re.compile(r"[\s,]*\b(?:please|pls|plz|thanks|thank you)\b[.!]*\s*$", re.IGNORECASE)
EDGES = " ,，、.。:：;；"


class RhythmRead(NamedTuple):
    """A line without its words for a rhythm. `other`: words for one that there is not."""

    rest: str
    rhythm: Rhythm = Rhythm.ONCE
    other: str = ""


def shift(day: date, rhythm: Rhythm, times: int) -> date:
    """`day`, so many times the rhythm later. Where the month is too short, its last day: counted
    from 31 January it is 28 February, and 31 March again."""
    if rhythm is Rhythm.WEEK:
        return day + times * timedelta(days=7)
    months = day.year * 12 + day.month - 1 + times * MONTHS[rhythm]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_rhythm(text: str) -> RhythmRead:
    """Words for a rhythm stand at the end of a line, or before all else."""
    if found := HAN_OTHER.search(text):
        return RhythmRead(_without(text, found), other=found[0])
    for found in HAN.finditer(text):
        at_edge = not text[: found.start()].strip(EDGES) or not text[found.end() :].strip(EDGES)
        if at_edge:
            unit = next(filter(None, found.groups()))
            return RhythmRead(_without(text, found), HAN_UNITS[unit])
    return _read_english(text)


def _read_english(text: str) -> RhythmRead:
    words = POLITE.sub("", text).split()
    folded = [fold(word).strip(EDGES) for word in words]
    for start in (*range(max(len(words) - 4, 0), len(words)), *([0] if words else [])):
        end = _end_of_rhythm(folded, start)
        if end == start or (end < len(words) and start > 0):
            continue
        first = start
        while first and folded[first - 1] in BEFORE_EVERY:
            first -= 1
        rest = " ".join((*words[:first], *words[end:])).strip(EDGES)
        if rhythm := _rhythm_of(folded[start:end]):
            return RhythmRead(rest, rhythm)
        return RhythmRead(rest, other=" ".join(words[start:end]))
    return RhythmRead(text)


def _end_of_rhythm(words: list[str], start: int) -> int:
    """Where the words for a rhythm end that begin at `start`; `start` itself if none do."""
    for end in (start + 1, start + 2, start + 3, start + 4):
        if end <= len(words) and _rhythm_of(words[start:end]):
            return end
    first, *others = words[start:]
    if first in OTHER_ADVERBS:
        return start + 1
    if others and first in EVERY and OTHER_UNITS.match(others[0]):
        return len(words) if start or len(others) < 3 else start + 2
    return start


def _rhythm_of(words: list[str]) -> Rhythm:
    match words:
        case [word] if word not in OTHER_ADVERBS:
            return ADVERBS.get(closest(word, ADVERBS) or "", Rhythm.ONCE)
        case ["once", joint, unit] if joint in A_UNIT | EVERY:
            return UNITS.get(unit, Rhythm.ONCE)
        case [joint, unit] if closest(joint, EVERY):
            return UNITS.get(closest(unit, UNITS) or "", Rhythm.ONCE)
        case ["per", unit]:
            return UNITS.get(unit, Rhythm.ONCE)
        case _:
            return Rhythm.ONCE


def _without(text: str, found: re.Match[str]) -> str:
    parts = (text[: found.start()].strip(EDGES), text[found.end() :].strip(EDGES))
    return " ".join(filter(None, parts))

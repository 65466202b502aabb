"""The typed forms after `tips` or 周报 -> a command, or what is wrong and how to type it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum

from bot.search.normalize import simplify
from bot.tips.actions import ACTIONS, CHANGES, START, Action, closest_action, tidy
from bot.tips.clock_words import (
    DAYS_EN,
    DAYS_ZH,
    OTHER_DAY,
    closest_weekday,
    find_many_days,
    take_time,
    take_weekday,
    to_number,
)
from bot.tips.models import DEFAULT_TIME, DEFAULT_WEEKDAY
from bot.tips.zones import (
    AMBIGUOUS,
    NAMES,
    WRONG_OFFSET,
    closest_zone,
    find_zone,
    name_offset,
    take_offset,
)

MAX_WEEKS = 52


class Problem(StrEnum):
    ACTION = "action"
    WEEKDAY = "weekday"
    DAYS = "days"  # more than one day a week
    TIME = "time"
    UNSURE = "unsure"  # a time that may be one of two
    ZONE = "zone"
    AMBIGUOUS = "ambiguous"
    WEEKS = "weeks"
    WEEK_OFF = "week_off"  # a week without a tip, asked for by another action


@dataclass(frozen=True, slots=True)
class Command:
    """What is wanted. Of ON, what was not said is None: it stays as it is, or the default."""

    action: Action
    weekday: int | None = None
    at: time | None = None
    zone: str | None = None
    weeks: int | None = None  # of PAUSE; None is until resumed


@dataclass(frozen=True, slots=True)
class Mistake:
    """`word` is what was not understood; `example` is the whole form as it would be right.

    `doubtful`: the line may be a question that only begins with "tips", such as "tips on pricing".
    """

    problem: Problem
    word: str
    example: str
    doubtful: bool = field(default=False, compare=False)


FILLERS = re.compile(
    r"\b(?:every|each|at|on|in|the|from|to|week|weekly|tips?|them|it)\b|[,，、;]|每周|每|在|到|的"
)
HAN = re.compile(r"[\u3400-\u9fff]")
WEEKS_FORM = re.compile(r"(?:for\s+)?(\S+?)\s*(?:个?\s*(?:周|星期|礼拜)|weeks?|w)?")
SPAN = re.compile(r"\d|[一二两三四五六七八九十半]|weeks?|days?|months?|until|till|周|星期|天|月|到")
WEEK = re.compile(r"\bweeks?\b|周|星期|礼拜")
ONE_TIP = re.compile(
    r"(?:(?:this|it|the|a|one|next)\s*)*(?:one|tip)?|(?:这|本|下|一)*(?:条|次|个)?(?:贴士)?"
)
CLOCK_SIGN = re.compile(r"\d|[分刻点]")
TIME_SIGN = re.compile(r"\d\s*(?:[:点时]|[ap]\.?m\b)")
NO_DAY = re.compile(r"(?:周|星期|礼拜)[\d一二三四五六七八九十日天末]")
WORD_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip


def parse_tips(raw: str) -> Command | Mistake:
    """Never raises. A schedule without `on` in front of it counts as `on`."""
    text = tidy(_fold(raw))
    chinese = bool(HAN.search(text))
    if not text:
        return Command(Action.SHOW)
    found = START.match(text)
    if found is None:
        return _without_action(text, chinese)
    word, action, rest = found[1], ACTIONS[found[1]], text[found.end() :]
    if action is Action.ON:
        if not rest and word in CHANGES:
            return Command(Action.SHOW)
        return _mark_doubtful(_schedule(rest, chinese), rest)
    if action is Action.PAUSE:
        return _pause(rest, chinese)
    if not rest or (action is Action.SKIP and ONE_TIP.fullmatch(rest)):
        return Command(action)
    if action in (Action.SKIP, Action.OFF) and WEEK.search(rest):
        return Mistake(Problem.WEEK_OFF, rest, _pause_example(_weeks(rest) or 1, chinese))
    return Mistake(Problem.ACTION, rest, word, doubtful=len(text.split()) > 2 or chinese)


def _fold(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw).casefold().replace("\u2212", "-")
    return text if text.isascii() else simplify(text)


def _without_action(text: str, chinese: bool) -> Command | Mistake:
    first, _, rest = text.partition(" ")
    wanted = _schedule(text, chinese)
    if isinstance(wanted, Command):
        return wanted
    near = closest_action(first)
    meant = f"{near} {rest}".strip()
    if near and isinstance(parse_tips(meant), Command):
        return Mistake(Problem.ACTION, first, meant)
    if wanted.problem is Problem.ZONE and not closest_zone(wanted.word):
        has_weekday = take_weekday(text)[0] is not None
        example = _example(chinese, None, None, None)
        return Mistake(Problem.ACTION, first, example, doubtful=not has_weekday)
    return _mark_doubtful(wanted, text)


def _mark_doubtful(parsed: Command | Mistake, text: str) -> Command | Mistake:
    """A schedule's fault is doubtful where nothing in `text` speaks of a schedule."""
    if isinstance(parsed, Command) or take_weekday(text)[0] is not None:
        return parsed
    match parsed.problem:
        case Problem.TIME:
            sure = TIME_SIGN.search(text) is not None
        case Problem.DAYS:
            others = FILLERS.sub(" ", text.replace(parsed.word, " ")).strip()
            sure = not others or TIME_SIGN.search(text) is not None
        case Problem.ZONE:
            sure = bool(closest_zone(parsed.word)) or take_time(text).at is not None
        case _:
            sure = True
    return replace(parsed, doubtful=not sure)


def _schedule(text: str, chinese: bool) -> Command | Mistake:
    """Weekday, time and zone, in any order, each optional."""
    if many := find_many_days(text):
        return Mistake(Problem.DAYS, many, _example(chinese, None, None, None))
    offset, rest = take_offset(text)
    weekday, rest = take_weekday(rest)
    taken = take_time(rest)
    at, rest = taken.at, taken.rest
    name = " ".join(FILLERS.sub(" ", rest).split())
    zone = offset or find_zone(name)
    if taken.fault:
        problem = Problem.UNSURE if taken.unsure else Problem.TIME
        return Mistake(problem, taken.fault, _example(chinese, weekday, None, zone))
    if not name or (zone and not offset):
        return Command(Action.ON, weekday, at, zone or None)
    if name in AMBIGUOUS:
        example = _example(chinese, weekday, at, AMBIGUOUS[name][0])
        return Mistake(Problem.AMBIGUOUS, name, example)
    first, _, others = name.partition(" ")
    if weekday is None and (wrong := _wrong_day(first, text)):
        example = _example(chinese, closest_weekday(first), at, find_zone(others))
        return Mistake(Problem.WEEKDAY, wrong, example)
    if WRONG_OFFSET.fullmatch(name):
        return Mistake(Problem.ZONE, name, _example(chinese, weekday, at, "Etc/GMT-8"))
    if CLOCK_SIGN.search(name) and "/" not in name:
        return Mistake(Problem.TIME, name, _example(chinese, weekday, None, zone))
    return Mistake(Problem.ZONE, name, _example(chinese, weekday, at, closest_zone(name)))


def _wrong_day(first: str, text: str) -> str:
    """The word that stands where a weekday belongs and is none; "" if there is none."""
    if found := OTHER_DAY.search(text):
        return found[0]
    return first if closest_weekday(first) is not None or NO_DAY.match(first) else ""


def _pause(text: str, chinese: bool) -> Command | Mistake:
    rest = text.strip()
    if not rest:
        return Command(Action.PAUSE)
    weeks = _weeks(rest)
    if weeks is None or not 1 <= weeks <= MAX_WEEKS:
        many = weeks is not None and weeks > MAX_WEEKS
        number = MAX_WEEKS if many else 1 if "this week" in rest else 2
        sure = weeks is not None or SPAN.search(rest) is not None
        return Mistake(Problem.WEEKS, rest, _pause_example(number, chinese), doubtful=not sure)
    return Command(Action.PAUSE, weeks=weeks)


def _weeks(text: str) -> int | None:
    found = WEEKS_FORM.fullmatch(text)
    return (to_number(found[1]) or WORD_NUMBERS.get(found[1])) if found else None


def _pause_example(weeks: int, chinese: bool) -> str:
    weeks = min(weeks, MAX_WEEKS)
    return f"停 {weeks}周" if chinese else f"pause {weeks}"


def _example(chinese: bool, weekday: int | None, at: time | None, zone: str | None) -> str:
    """What was right in the typed form, and examples in place of the rest."""
    day, moment = DEFAULT_WEEKDAY if weekday is None else weekday, at or DEFAULT_TIME
    zone = zone or "Asia/Shanghai"
    clock = f"{moment.hour}:{moment.minute:02}"
    if not chinese:
        return f"on {DAYS_EN[day][:3]} {clock} {name_offset(zone)}"
    names = [name for name, value in NAMES.items() if value == zone and HAN.search(name)]
    return f"开 周{DAYS_ZH[day]} {clock} {names[0] if names else name_offset(zone)}"

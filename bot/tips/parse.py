"""The typed forms after `tips` or 周报 -> a command, or what is wrong and how to type it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from enum import StrEnum

from bot.tips.clock_words import (
    DAYS_EN,
    DAYS_ZH,
    closest_weekday,
    take_time,
    take_weekday,
    to_number,
)
from bot.tips.models import DEFAULT_TIME, DEFAULT_WEEKDAY
from bot.tips.zones import AMBIGUOUS, NAMES, closest_zone, find_zone

MAX_WEEKS = 52


class Action(StrEnum):
    SHOW = "show"
    ON = "on"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    NEXT = "next"


class Problem(StrEnum):
    ACTION = "action"
    WEEKDAY = "weekday"
    TIME = "time"
    ZONE = "zone"
    AMBIGUOUS = "ambiguous"
    WEEKS = "weeks"


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
    """`word` is what was not understood; `example` is the whole form as it would be right."""

    problem: Problem
    word: str
    example: str


ACTIONS: dict[str, Action] = {
    "on": Action.ON, "start": Action.ON, "subscribe": Action.ON, "set": Action.ON,
    "开启": Action.ON, "打开": Action.ON, "订阅": Action.ON, "开": Action.ON, "改到": Action.ON,
    "改": Action.ON,
    "off": Action.OFF, "stop": Action.OFF, "unsubscribe": Action.OFF, "关闭": Action.OFF,
    "关掉": Action.OFF, "关": Action.OFF, "退订": Action.OFF, "停用": Action.OFF,
    "取消": Action.OFF,
    "pause": Action.PAUSE, "暂停": Action.PAUSE, "停": Action.PAUSE,
    "resume": Action.RESUME, "continue": Action.RESUME, "恢复": Action.RESUME,
    "继续": Action.RESUME, "skip": Action.SKIP, "跳过": Action.SKIP,
    "next": Action.NEXT, "preview": Action.NEXT, "下一条": Action.NEXT, "下一次": Action.NEXT,
    "下次": Action.NEXT, "下条": Action.NEXT, "预览": Action.NEXT,
    "status": Action.SHOW, "settings": Action.SHOW, "设置": Action.SHOW, "状态": Action.SHOW,
}  # fmt: skip
START = re.compile(
    "(" + "|".join(sorted(ACTIONS, key=len, reverse=True)) + r")(?![a-z])\s*[,，:：]?\s*"
)
TYPO_WORDS = [word for word in ACTIONS if word.isascii() and len(word) >= 4]
# The traditional characters of the words above and of weekdays and times.
SIMPLE = str.maketrans(
    "開關啟閉訂閱暫繼續復過條預覽設態週點鐘時間號禮東爾紐約倫馬廣漢慶臺灣門韓國德羅",
    "开关启闭订阅暂继续复过条预览设态周点钟时间号礼东尔纽约伦马广汉庆台湾门韩国德罗",
)
FILLERS = re.compile(
    r"\b(?:every|each|at|on|in|the|from|to|week|weekly)\b|[,，、;]|每周|每|在|到|的"
)
HAN = re.compile(r"[\u3400-\u9fff]")
WEEKS_FORM = re.compile(r"(?:for\s+)?(\S+?)\s*(?:个?\s*(?:周|星期|礼拜)|weeks?|w)?")
TIME_SIGN = re.compile(r"\d\s*(?:[:点时]|[ap]\.?m\b)")
DAY_STARTS = ("周", "星期", "礼拜")
WORD_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip


def parse_tips(raw: str) -> Command | Mistake:
    """Never raises. A schedule without `on` in front of it counts as `on`."""
    text = unicodedata.normalize("NFKC", raw).casefold().translate(SIMPLE).strip(" .!。！")
    if not text:
        return Command(Action.SHOW)
    found = START.match(text)
    if found is None:
        return _without_action(text)
    action, rest = ACTIONS[found[1]], text[found.end() :]
    if action is Action.ON:
        return _schedule(rest, chinese=bool(HAN.search(text)))
    if action is Action.PAUSE:
        return _pause(rest, chinese=bool(HAN.search(text)))
    if rest:
        return Mistake(Problem.ACTION, rest, found[1])
    return Command(action)


def is_request(raw: str) -> bool:
    """Whether this is about the weekly tips, though perhaps mistyped, and not a question that only
    begins with "tips", such as "tips on pricing"."""
    parsed = parse_tips(raw)
    if isinstance(parsed, Command):
        return True
    text = unicodedata.normalize("NFKC", raw).casefold().translate(SIMPLE)
    has_weekday = take_weekday(text)[0] is not None
    match parsed.problem:
        case Problem.ACTION:
            few_words = len(text.split()) <= 2
            near = get_close_matches(parsed.word, TYPO_WORDS, n=1, cutoff=0.75)
            return bool(near) or (few_words and START.match(text) is not None)
        case Problem.TIME:
            return has_weekday or TIME_SIGN.search(parsed.word) is not None
        case Problem.ZONE:
            return has_weekday or bool(closest_zone(parsed.word))
        case _:
            return True


def _without_action(text: str) -> Command | Mistake:
    chinese = bool(HAN.search(text))
    first, _, rest = text.partition(" ")
    if near := get_close_matches(first, TYPO_WORDS, n=1, cutoff=0.75):
        return Mistake(Problem.ACTION, first, f"{near[0]} {rest}".strip())
    wanted = _schedule(text, chinese)
    if isinstance(wanted, Command) or wanted.problem is not Problem.ZONE:
        return wanted
    return Mistake(Problem.ACTION, first, _example(chinese, None, None, None))


def _schedule(text: str, chinese: bool) -> Command | Mistake:
    """Weekday, time and zone, in any order, each optional."""
    weekday, rest = take_weekday(text)
    at, rest = take_time(rest)
    name = " ".join(FILLERS.sub(" ", rest).split())
    zone = find_zone(name)
    if isinstance(at, str):
        return Mistake(Problem.TIME, at, _example(chinese, weekday, None, zone))
    if not name or zone:
        return Command(Action.ON, weekday, at, zone or None)
    if name in AMBIGUOUS:
        example = _example(chinese, weekday, at, AMBIGUOUS[name][0])
        return Mistake(Problem.AMBIGUOUS, name, example)
    first, _, others = name.partition(" ")
    meant = closest_weekday(first)
    if weekday is None and (meant is not None or first.startswith(DAY_STARTS)):
        example = _example(chinese, meant, at, find_zone(others))
        return Mistake(Problem.WEEKDAY, first, example)
    if any(c.isdigit() for c in name) and at is None:
        return Mistake(Problem.TIME, name, _example(chinese, weekday, None, None))
    return Mistake(Problem.ZONE, name, _example(chinese, weekday, at, closest_zone(name)))


def _pause(text: str, chinese: bool) -> Command | Mistake:
    rest = text.strip()
    if not rest:
        return Command(Action.PAUSE)
    found = WEEKS_FORM.fullmatch(rest)
    weeks = (to_number(found[1]) or WORD_NUMBERS.get(found[1])) if found else None
    if weeks is None or not 1 <= weeks <= MAX_WEEKS:
        many = weeks is not None and weeks > MAX_WEEKS
        number = MAX_WEEKS if many else 2
        return Mistake(Problem.WEEKS, rest, f"停 {number}周" if chinese else f"pause {number}")
    return Command(Action.PAUSE, weeks=weeks)


def _example(chinese: bool, weekday: int | None, at: time | None, zone: str | None) -> str:
    """What was right in the typed form, and examples in place of the rest."""
    day, moment = DEFAULT_WEEKDAY if weekday is None else weekday, at or DEFAULT_TIME
    zone = zone or "Asia/Shanghai"
    clock = f"{moment.hour}:{moment.minute:02}"
    if not chinese:
        return f"on {DAYS_EN[day][:3]} {clock} {zone}"
    names = [name for name, value in NAMES.items() if value == zone and HAN.search(name)]
    return f"开 周{DAYS_ZH[day]} {clock} {names[0] if names else zone}"

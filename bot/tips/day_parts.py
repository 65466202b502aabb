"""Words for a part of the day, and which hour of the clock a number means with each.

The table holds every hour from 0 to 12 that has one meaning; the rest is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time

NOON, HALF_A_DAY = 12, 12


def _hours(same: Iterable[int] = (), later: Iterable[int] = (), **other: int) -> Mapping[int, int]:
    """Said hour -> hour of the clock: the same, 12 hours later, or what `other` says of h12."""
    return (
        {hour: hour for hour in same}
        | {hour: hour + HALF_A_DAY for hour in later}
        | {int(name[1:]): hour for name, hour in other.items()}
    )


BEFORE_DAWN = _hours(range(7), h12=0)
MORNING = _hours(range(12))
MIDDAY = _hours((11,), (1, 2), h12=NOON)
AFTERNOON = _hours((), range(1, 12), h12=NOON)
DUSK = _hours((), range(4, 9))
EVENING = _hours((), range(5, 12))  # 12 to 4 may be of the day before: asked back
NIGHT = _hours(range(5), range(8, 12), h12=0)  # 5 to 7 are morning or evening
HALF_DAYS: Mapping[str, Mapping[int, int]] = {
    "am": _hours(range(1, 12), h12=0),
    "pm": _hours((), range(1, 12), h12=NOON),
}
PARTS: Mapping[str, Mapping[int, int]] = {
    "凌晨": BEFORE_DAWN, "清晨": MORNING, "早晨": MORNING, "早上": MORNING, "一早": MORNING,
    "上午": MORNING, "早": MORNING, "中午": MIDDAY, "正午": MIDDAY, "下午": AFTERNOON,
    "午后": AFTERNOON, "傍晚": DUSK, "黄昏": DUSK, "晚上": EVENING, "夜晚": EVENING,
    "晚间": EVENING, "晚": EVENING, "半夜": NIGHT, "深夜": NIGHT, "夜里": NIGHT, "夜间": NIGHT,
    "午夜": NIGHT, "子夜": NIGHT,
    "morning": MORNING, "mornings": MORNING, "afternoon": AFTERNOON, "afternoons": AFTERNOON,
    "evening": EVENING, "evenings": EVENING, "tonight": EVENING, "night": NIGHT, "nights": NIGHT,
    "noon": _hours(h12=NOON), "midday": MIDDAY, "midnight": _hours(h12=0),
}  # fmt: skip
NAMED_TIMES: Mapping[str, time] = {
    "noon": time(NOON), "midday": time(NOON), "正午": time(NOON), "中午": time(NOON),
    "midnight": time(0), "午夜": time(0), "子夜": time(0),
}  # fmt: skip
_WORDS = sorted((word for word in PARTS if len(word) > 1), key=len, reverse=True)
PART = re.compile(
    r"(?:\b(?:in the|at|this|every|each)\s+)?\b("
    + "|".join(word for word in _WORDS if word.isascii())
    + r")\b|("
    + "|".join(word for word in _WORDS if not word.isascii())
    + r"|[早晚](?=\s*[\d零一二两三四五六七八九十]))"
)


def take_day_part(text: str) -> tuple[str, str]:
    """The first word for a part of the day, or "", and the text without it."""
    found = PART.search(text)
    if found is None:
        return "", text
    return found[1] or found[2], f"{text[: found.start()]} {text[found.end() :]}"


def clock_hour(hour: int, part: str) -> int | None:
    """The hour of the clock, 0 to 23, that `hour` means with am, pm or a part of the day; None if
    it does not fit, or is not sure."""
    known = HALF_DAYS.get(part) or PARTS[part]
    if hour <= HALF_A_DAY:
        return known.get(hour)
    return hour if hour in known.values() and part not in HALF_DAYS else None

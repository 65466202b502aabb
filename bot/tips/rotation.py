"""Which tip comes next. Pure: what will come is a function of the content, what a channel has had
and the day, so that a preview shows exactly what is posted later.

Sections take turns: each has one turn in a cycle. A tip with a date ("before 2026-12-02") is kept
for the last turn of its section before the date; where that turn comes too late, the section has
its turn earlier in the cycle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import count

from bot.handbook.models import Handbook, Kind, Tip
from bot.tips.models import Rotation, Used

BEFORE = re.compile(r"\s*before\s+(\d{4}-\d{2}-\d{2})\s*")


@dataclass(frozen=True, slots=True)
class Pool:
    """The tips in their order, and the dates they are tied to. Built once from the handbook."""

    tips: tuple[Tip, ...]
    sections: tuple[str, ...] = field(init=False)
    deadlines: dict[str, date] = field(init=False)

    def __post_init__(self) -> None:
        found = {section_of(tip) for tip in self.tips}
        object.__setattr__(self, "sections", tuple(sorted(found, key=_by_number)))
        deadlines = {tip.id: day for tip in self.tips if (day := _deadline(tip.week_hint))}
        object.__setattr__(self, "deadlines", deadlines)

    @classmethod
    def of(cls, handbook: Handbook) -> Pool:
        return cls(tuple(t for t in handbook.by_kind[Kind.TIP] if isinstance(t, Tip)))

    def is_over(self, tip: Tip, day: date) -> bool:
        """Its date has passed and it has no text for afterwards: it is passed over."""
        return day >= self.deadlines.get(tip.id, date.max) and tip.fallback is None


@dataclass(frozen=True, slots=True)
class Pick:
    """The next tip: `number` of `total` in `round`."""

    tip: Tip
    round: int
    number: int
    total: int


def pick(pool: Pool, rotation: Rotation, day: date, sections: Sequence[str] = ()) -> Pick | None:
    """The tip for `day`, of the wanted `sections` (none: all). None if there is no such tip."""
    wanted = _wanted(pool, day, sections)
    rotation = _current(rotation, wanted, sections)
    used = {u.tip_id for u in rotation.used}
    unused = [tip for tip in wanted if tip.id not in used]
    if not unused:
        return None
    by_section: dict[str, list[Tip]] = {}
    for tip in unused:
        by_section.setdefault(section_of(tip), []).append(tip)
    turns = _turns(pool, rotation, by_section)
    section = _brought_forward(pool, turns, by_section, day) or turns[0]
    tip = _from_section(pool, by_section[section], day, period=7 * len(by_section))
    return Pick(tip, rotation.round, len(wanted) - len(unused) + 1, len(wanted))


def use(pool: Pool, rotation: Rotation, chosen: Pick, sections: Sequence[str] = ()) -> Rotation:
    """The rotation after `chosen`, which `pick` gave for the same `rotation` and `sections`."""
    if chosen.round != rotation.round:
        rotation = _fresh(rotation, [t for t in pool.tips if _is_wanted(t, sections)], sections)
    return replace(rotation, used=(*rotation.used, Used(chosen.tip.id, section_of(chosen.tip))))


def section_of(tip: Tip) -> str:
    return tip.sections[0]


def _wanted(pool: Pool, day: date, sections: Sequence[str]) -> list[Tip]:
    return [t for t in pool.tips if _is_wanted(t, sections) and not pool.is_over(t, day)]


def _is_wanted(tip: Tip, sections: Sequence[str]) -> bool:
    return not sections or section_of(tip) in sections


def _current(rotation: Rotation, wanted: Sequence[Tip], sections: Sequence[str]) -> Rotation:
    """The rotation itself, or the next round if all that is wanted was used."""
    used = {u.tip_id for u in rotation.used}
    if all(tip.id in used for tip in wanted):
        return _fresh(rotation, wanted, sections)
    return rotation


def _fresh(rotation: Rotation, wanted: Iterable[Tip], sections: Sequence[str]) -> Rotation:
    """The next round. A choice of sections starts only those again: the others' tips stay used,
    so that a wider choice later does not repeat them."""
    again = {tip.id for tip in wanted}
    kept = tuple(u for u in rotation.used if u.tip_id not in again) if sections else ()
    last = rotation.used[-1].section if rotation.used else rotation.last_section
    return Rotation(rotation.round + 1, kept, last)


def _turns(pool: Pool, rotation: Rotation, open_sections: Iterable[str]) -> list[str]:
    """The sections whose turn is still to come in this cycle, the next one first."""
    last = rotation.used[-1].section if rotation.used else rotation.last_section
    order = sorted(open_sections, key=_by_number)
    order = [s for s in order if _by_number(s) > _by_number(last)] + [
        s for s in order if _by_number(s) <= _by_number(last)
    ]
    had: set[str] = set()
    for used in rotation.used:
        had = {used.section} if used.section in had else had | {used.section}
        if had.issuperset(pool.sections):
            had = set()
    return [s for s in order if s not in had] or order


def _brought_forward(
    pool: Pool, turns: Sequence[str], by_section: dict[str, list[Tip]], day: date
) -> str:
    """A section with a tip that would miss its date by waiting for its turn, if it must go now."""
    late: list[tuple[date, str]] = []
    for place, section in enumerate(turns):
        dates = [d for t in by_section[section] if (d := pool.deadlines.get(t.id)) and d > day]
        if dates and _weeks_until(min(dates), day) <= place:
            late.append((min(dates), section))
    late.sort()
    must_go = any(
        _weeks_until(last, day) <= number for number, (last, _) in enumerate(late, start=1)
    )
    return late[0][1] if must_go else ""


def _from_section(pool: Pool, tips: Sequence[Tip], day: date, period: int) -> Tip:
    """The first without a date, unless the dated ones need this and all later turns."""
    dated = sorted(
        (last, place)
        for place, tip in enumerate(tips)
        if (last := pool.deadlines.get(tip.id, date.min)) > day
    )
    for number, (last, _) in zip(count(1), dated, strict=False):
        if 1 + ((last - day).days - 1) // period <= number:
            return tips[dated[0][1]]
    held = {place for _, place in dated}
    free = [tip for place, tip in enumerate(tips) if place not in held]
    return free[0] if free else tips[dated[0][1]]


def _weeks_until(last: date, day: date) -> int:
    """How many weekly days, `day` the first of them, come before `last`."""
    return 1 + ((last - day).days - 1) // 7


def _deadline(week_hint: str) -> date | None:
    found = BEFORE.fullmatch(week_hint)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


@cache
def _by_number(section: str) -> tuple[int, ...]:
    return tuple(int(part) for part in section.split(".") if part.isdigit())

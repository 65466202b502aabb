"""What a run's message says beside its items: how far it is, what is overdue, its pages. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checklists.models import Item, ItemState, Run
from bot.zones import due_at

PAGE_ITEMS = 15  # more is no page that one looks over
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total`, which leaves out what is not applicable."""

    done: int
    total: int
    excluded: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the items; `number` counts from 0."""

    number: int
    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Who did what: item numbers by user id, in the order of the list; `days` by the calendar."""

    days: int
    progress: Progress
    done_by: Mapping[str, tuple[int, ...]]
    left: tuple[int, ...]


def count_progress(run: Run, now: datetime) -> Progress:
    states = [item.state for item in run.items]
    excluded = states.count(ItemState.NOT_APPLICABLE)
    overdue = sum(is_overdue(run, item, now) for item in run.items)
    return Progress(states.count(ItemState.DONE), len(states) - excluded, excluded, overdue)


def today_of(run: Run, item: Item, now: datetime) -> date:
    """The day it is for the item's owner, or else for who started the run."""
    return now.astimezone(ZoneInfo(item.zone or run.zone)).date()


def is_overdue(run: Run, item: Item, now: datetime) -> bool:
    """Still open after its day. Nothing of a closed run is."""
    return bool(
        item.is_open and item.due and not run.is_closed and item.due < today_of(run, item, now)
    )


def next_overdue(run: Run, now: datetime) -> datetime | None:
    """When the next item becomes overdue, so that the message has to say so; None if none will."""
    if run.is_closed:
        return None
    moments = (
        due_at(item.due + DAY, time(0), item.zone or run.zone)
        for item in run.items
        if item.is_open and item.due and item.due < date.max
    )
    return min((moment for moment in moments if moment > now), default=None)


def page_of(run: Run, number: int | None = None) -> Page:
    """Page `number` (by default the one that the run shows), or the nearest that there is. All
    pages are about the same length."""
    count = -(-len(run.items) // PAGE_ITEMS) or 1
    size = -(-len(run.items) // count)
    at = min(max(run.page if number is None else number, 0), count - 1)
    return Page(at, count, run.items[at * size : (at + 1) * size])


def next_item(run: Run) -> Item | None:
    """The first that is open."""
    return next((item for item in run.items if item.is_open), None)


def is_folded(run: Run) -> bool:
    """Whether what is done takes one line: more than half of the list."""
    return 2 * sum(not item.is_open for item in run.items) > len(run.items)


def summarise(run: Run, now: datetime) -> Summary:
    done: dict[str, list[int]] = defaultdict(list)
    for item in run.items:
        if item.state is ItemState.DONE:
            done[item.changed_by].append(item.no)
    zone = ZoneInfo(run.zone)
    end = run.finished_at or run.closed_at or now
    return Summary(
        days=(end.astimezone(zone).date() - run.started_at.astimezone(zone).date()).days,
        progress=count_progress(run, now),
        done_by={user: tuple(numbers) for user, numbers in done.items()},
        left=tuple(item.no for item in run.items if item.is_open),
    )

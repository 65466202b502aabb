"""A checklist that starts by itself again and again: what it keeps from one round to the next.
Frozen and pure; instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from bot.checklists.models import Item, Run
from bot.checklists.rhythm import Rhythm, shift
from bot.checklists.start import due_day
from bot.handbook.models import Checklist
from bot.i18n import Lang, Text
from bot.outbox.models import GRACE
from bot.zones import due_at

START_AT = time(9, 30)  # by the clock of whoever set it up, as weekly tips


@dataclass(frozen=True, slots=True)
class Kept:
    """An item of each round, with its owner as the last round had it."""

    item: Item
    lead_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """`id` is that of its first run. Round `number` (the first run is 0) comes next; all days are
    counted from `first_day`, and from `target`, where the first round was for a day. `run_id` is
    the round of now; `skipped` the day of a round that came too late and was left out."""

    id: str
    team_id: str
    channel_id: str
    checklist_id: str
    title: Text
    label: str
    lang: Lang
    zone: str
    started_by: str
    rhythm: Rhythm
    first_day: date
    items: tuple[Kept, ...]
    run_id: str
    target: date | None = None
    number: int = 1
    skipped: date | None = None


def start_series(run: Run, checklist: Checklist, rhythm: Rhythm, target: date | None) -> Series:
    """The series that begins with `run`."""
    leads = {item.text: item.lead_days for item in checklist.items}
    return Series(
        id=run.id,
        team_id=run.team_id,
        channel_id=run.channel_id,
        checklist_id=run.checklist_id,
        title=run.title,
        label=run.label,
        lang=run.lang,
        zone=run.zone,
        started_by=run.started_by,
        rhythm=rhythm,
        first_day=run.started_at.astimezone(ZoneInfo(run.zone)).date(),
        items=tuple(Kept(replace(i, due=None), leads.get(i.text)) for i in run.items),
        run_id=run.id,
        target=target,
    )


def next_day(series: Series) -> date:
    return shift(series.first_day, series.rhythm, series.number)


def next_start(series: Series) -> datetime:
    return due_at(next_day(series), START_AT, series.zone)


def is_too_late(series: Series, now: datetime) -> bool:
    """Whether the round is skipped because it is late, as a weekly tip would be."""
    return now - next_start(series) > GRACE


def start_round(series: Series, now: datetime, left_open: int) -> Run:
    """The next round. `left_open`: items of the round before, which ends with this."""
    target = series.target and shift(series.target, series.rhythm, series.number)
    today = now.astimezone(ZoneInfo(series.zone)).date()
    items = (replace(k.item, due=due_day(k.lead_days, target, today)) for k in series.items)
    return Run(
        id=uuid5(NAMESPACE_URL, f"{series.id}:{series.number}").hex,  # one of each, whoever asks
        team_id=series.team_id,
        channel_id=series.channel_id,
        checklist_id=series.checklist_id,
        title=series.title,
        label=series.label,
        lang=series.lang,
        zone=series.zone,
        started_by=series.started_by,
        started_at=now,
        items=tuple(items),
        rhythm=series.rhythm,
        series_id=series.id,
        left_open=left_open,
    )


def pass_round(series: Series, run: Run) -> Series:
    """After `run` was started."""
    return replace(series, number=series.number + 1, run_id=run.id, skipped=None)


def skip_round(series: Series) -> Series:
    return replace(series, number=series.number + 1, skipped=next_day(series))


def follow_run(series: Series, run: Run) -> Series:
    """With the owners that the items have in `run`."""
    owned = {item.no: item for item in run.items}
    kept = (replace(k, item=_owned_as(k.item, owned.get(k.item.no, k.item))) for k in series.items)
    return replace(series, items=tuple(kept))


def change_owned(series: Series, user_id: str, change: Callable[[Item], Item]) -> Series:
    """With a change to all items of one person."""
    kept = (replace(k, item=change(k.item)) if k.item.owner == user_id else k for k in series.items)
    return replace(series, items=tuple(kept))


def without_owner(item: Item) -> Item:
    return replace(item, owner="", zone="", unreachable="")


def _owned_as(item: Item, other: Item) -> Item:
    return replace(item, owner=other.owner, zone=other.zone, unreachable=other.unreachable)

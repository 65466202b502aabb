"""The start of a run: the handbook's checklist, frozen, with the team's own changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.checklists.models import (
    ITEM_CHARS,
    LABEL_CHARS,
    MAX_ITEMS,
    Change,
    ChangeKind,
    Item,
    ItemState,
    LogLine,
    Run,
)
from bot.handbook.models import Checklist
from bot.i18n import Lang, Text
from bot.slack.typed import clean_line


def start_run(
    checklist: Checklist,
    *,
    run_id: str,
    team_id: str,
    channel_id: str,
    by: str,
    now: datetime,
    lang: Lang,
    zone: str,
    label: str = "",
    kept: Collection[int] | None = None,
    added: Iterable[str] = (),
    target: date | None = None,
) -> Run:
    """A new run. `kept`: the places (from 0) of the handbook's items that stay, by default all;
    `added`: items of the team's own; `target`: the day it is for, from which items with lead days
    get their due days, none before today. Raises ValueError if no item, or too many, are left."""
    today = now.astimezone(ZoneInfo(zone)).date()
    chosen = [
        (item.text, item.why, due_day(item.lead_days, target, today))
        for place, item in enumerate(checklist.items)
        if kept is None or place in kept
    ]
    own = (clean_line(text)[:ITEM_CHARS] for text in added)
    chosen += [(Text(text, text), Text(), None) for text in own if text]
    if not 1 <= len(chosen) <= MAX_ITEMS:
        raise ValueError(f"{len(chosen)} items: a run has 1 to {MAX_ITEMS}")
    items = (
        Item(no=no, text=text, why=why, due=due) for no, (text, why, due) in enumerate(chosen, 1)
    )
    return Run(
        id=run_id,
        team_id=team_id,
        channel_id=channel_id,
        checklist_id=checklist.id,
        title=checklist.title,
        label=clean_line(label)[:LABEL_CHARS],
        lang=lang,
        zone=zone,
        started_by=by,
        started_at=now,
        items=tuple(items),
    )


def copy_items(run: Run) -> tuple[Text, ...]:
    """The items that applied, as the start of a checklist of the team's own. In a list of one
    language, an item that was added stands in that one alone."""
    texts = [item.text for item in run.items if item.state is not ItemState.NOT_APPLICABLE]
    if not all(item.text.zh for item in run.items):
        return tuple(Text("", text.en) for text in texts)
    if not all(item.text.en for item in run.items):
        return tuple(Text(text.zh, "") for text in texts)
    return tuple(texts)


def due_day(lead_days: int | None, target: date | None, today: date) -> date | None:
    """So long before the target day, but not before today."""
    if target is None or lead_days is None:
        return None
    return max(target - timedelta(days=lead_days), today)


def first_line(run: Run) -> LogLine:
    """The first line of a new run's log."""
    return LogLine(1, run.started_at, run.started_by, Change(what=ChangeKind.STARTED))

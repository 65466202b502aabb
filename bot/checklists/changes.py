"""What a change does to a run. Pure: run and change in, the new run and its log line out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.checklists.models import Change, ChangeKind, Item, ItemState, LogLine, Run
from bot.checklists.rhythm import Rhythm

OF_CLOSED = frozenset(
    {ChangeKind.REOPENED, ChangeKind.UNREACHABLE, ChangeKind.FOLLOWED, ChangeKind.UNREPEATED}
)  # what may change in a closed run
OF_RUN = frozenset(
    {ChangeKind.STARTED, ChangeKind.CLOSED, ChangeKind.REOPENED, ChangeKind.FOLLOWED,
     ChangeKind.UNREPEATED}
)  # fmt: skip
LAST_OF_SERIES = frozenset({ChangeKind.FOLLOWED, ChangeKind.UNREPEATED})


class Refusal(StrEnum):
    """Why nothing was changed."""

    GONE = "gone"  # there is no such run
    NO_ITEM = "no_item"
    CLOSED = "closed"
    SAME = "same"  # it is so already


@dataclass(frozen=True, slots=True)
class Changed:
    before: Run
    after: Run
    line: LogLine


def make(run: Run, change: Change, by: str, now: datetime) -> Changed | Refusal:
    """The run after `by` has made `change`, or why it cannot be."""
    if run.is_closed and change.what not in OF_CLOSED:
        return Refusal.CLOSED
    if change.what not in OF_RUN and run.find_item(change.item) is None:
        return Refusal.NO_ITEM
    line = LogLine(run.changes + 1, now, by, change)
    after = apply(run, line)
    if replace(after, changes=run.changes) == run:
        return Refusal.SAME
    return Changed(run, replace(after, revision=run.revision + 1), line)


def apply(run: Run, line: LogLine) -> Run:
    """The run after one line of its log. Whoever settled an item first stays named."""
    change = line.change
    items = tuple(_changed(i, line) if i.no == change.item else i for i in run.items)
    settled = not any(item.is_open for item in items)
    closed_by, closed_at = run.closed_by, run.closed_at
    if change.what is ChangeKind.CLOSED or (
        change.what is ChangeKind.FOLLOWED and not run.is_closed
    ):
        closed_by, closed_at = line.by, line.at
    elif change.what is ChangeKind.REOPENED:
        closed_by, closed_at = "", None
    return replace(
        run,
        items=items,
        changes=line.number,
        rhythm=Rhythm.ONCE if change.what in LAST_OF_SERIES else run.rhythm,
        closed_by=closed_by,
        closed_at=closed_at,
        finished_at=(run.finished_at or line.at) if settled else None,
    )


def replay(start: Run, log: Iterable[LogLine]) -> Run:
    """The run that its log makes of its start."""
    for line in log:
        start = apply(start, line)
    return start


def _changed(item: Item, line: LogLine) -> Item:
    change = line.change
    match change.what:
        case ChangeKind.TICKED if item.state is not ItemState.DONE:
            return _settled(item, line, ItemState.DONE)
        case ChangeKind.EXCLUDED if (item.state, item.reason) != (
            ItemState.NOT_APPLICABLE,
            change.text,
        ):
            return _settled(item, line, ItemState.NOT_APPLICABLE)
        case ChangeKind.UNTICKED if not item.is_open:
            return replace(item, state=ItemState.OPEN, changed_by="", changed_at=None, reason="")
        case ChangeKind.ASSIGNED if item.owner != change.user_id or item.unreachable:
            return replace(item, owner=change.user_id, zone=change.zone, unreachable="")
        case ChangeKind.DUE:
            return replace(item, due=change.day)
        case ChangeKind.NOTED:
            return replace(item, note=change.text)
        case ChangeKind.ZONE_CHANGED if item.owner == change.user_id:
            return replace(item, zone=change.zone)
        case ChangeKind.UNREACHABLE if item.owner == change.user_id:
            return replace(item, unreachable=change.text)
    return item


def _settled(item: Item, line: LogLine, state: ItemState) -> Item:
    return replace(
        item, state=state, changed_by=line.by, changed_at=line.at, reason=line.change.text
    )

"""The messages that a run causes, each once: the list itself, its summary, what owners are told;
and the updates of the list. Pure: they are given to the outbox with the change that causes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.checklists.changes import Changed
from bot.checklists.models import ChangeKind, Item, Run
from bot.checklists.progress import today_of
from bot.outbox.models import GRACE, Kind, OutboundMessage
from bot.zones import due_at

FEATURE = "checklists"
REMIND_AT = time(9, 30)  # on the due day, by the owner's clock
UNDO = timedelta(seconds=10)  # the last tick may be a slip: its summary waits for so long


class PostKind(StrEnum):
    LIST = "list"  # the message that shows the run
    SUMMARY = "summary"
    ASSIGNED = "assigned"  # to an owner, directly
    DUE = "due"  # to an owner, directly
    STOPPED = "stopped"  # to whoever set up a series whose channel went, directly


CHANNEL_OVER = frozenset({"is_archived", "channel_deleted"})
DIRECT = frozenset({PostKind.ASSIGNED, PostKind.DUE})


NewId = Callable[[], str]


def kind_of(post: OutboundMessage) -> PostKind:
    return PostKind(post.data["kind"])


def item_of(post: OutboundMessage) -> int:
    """The number of the item that it is about, or 0."""
    return int(post.data["item"])


def build_update(run: Run, now: datetime, update_id: str) -> OutboundMessage:
    """An update of the message that shows the list."""
    return OutboundMessage(
        id=update_id,
        team_id=run.team_id,
        channel_id=run.channel_id,
        feature=FEATURE,
        key=f"{run.id}:message",
        subject=run.id,
        kind=Kind.UPDATE,
        due_at=now,
        next_at=now,
    )


def build_list_post(run: Run, nth: int, at: datetime, post_id: str) -> OutboundMessage:
    """The `nth` posting of the list: again, where its message was deleted."""
    return _post(run, PostKind.LIST, f"list:{nth}", at, at, post_id, channel_id=run.channel_id)


def new_posts(changed: Changed, now: datetime, new_id: NewId) -> list[OutboundMessage]:
    """What a change makes due at once: an owner hears of an assignment (not of their own), the
    channel of the end (not of the next round's start, which says so itself), and whoever set up a
    series that its channel is gone."""
    run, line = changed.after, changed.line
    change = line.change
    posts = []
    if change.what is ChangeKind.ASSIGNED and change.user_id not in ("", line.by):
        posts.append(
            _post(run, PostKind.ASSIGNED, f"assigned:{line.number}", now, now, new_id(),
                  channel_id=change.user_id, item=change.item)
        )  # fmt: skip
    seen = run.message_ts or run.id != run.series_id  # else its starter is told at once
    if change.what is ChangeKind.UNREPEATED and change.text and seen:
        posts.append(
            _post(run, PostKind.STOPPED, f"stopped:{line.number}", now, now, new_id(),
                  channel_id=run.started_by, reason=change.text)
        )  # fmt: skip
    finished = run.finished_at is not None and changed.before.finished_at is None
    closed = change.what is ChangeKind.CLOSED and run.finished_at is None
    if finished or closed:
        at = now + UNDO if finished else now
        key = f"summary:{line.number}"
        posts.append(
            _post(run, PostKind.SUMMARY, key, at, now, new_id(), channel_id=run.channel_id)
        )
    return [*posts, *_late_reminders(changed, now, new_id)]


def build_reminders(run: Run, now: datetime, new_id: NewId) -> Iterator[OutboundMessage]:
    """The reminders of due days still to come."""
    for item in run.items:
        if _wants_reminder(run, item) and (moment := _moment(run, item)) > now:
            yield _reminder(run, item, moment, now, new_id())


def is_wanted(run: Run, post: OutboundMessage) -> bool:
    """Whether a post that waits still has something to say."""
    kind = kind_of(post)
    if kind is PostKind.LIST:
        return not run.message_ts
    if kind is PostKind.STOPPED:
        return True
    if kind is PostKind.SUMMARY:
        return run.is_closed or run.finished_at is not None
    item = run.find_item(item_of(post))
    if item is None or run.is_closed or not item.is_open or item.owner != post.channel_id:
        return False
    if run.problem in CHANNEL_OVER:
        return False
    return kind is PostKind.ASSIGNED or post.key == _key(run, _due_key(item))


def is_punctual(run: Run, post: OutboundMessage) -> bool:
    """Whether a post waits for the right moment: a reminder's moves with its owner's clock."""
    item = run.find_item(item_of(post))
    if kind_of(post) is not PostKind.DUE or item is None or item.due is None:
        return True
    return bool(post.data.get("at_once")) or post.due_at == _moment(run, item)


def _late_reminders(changed: Changed, now: datetime, new_id: NewId) -> Iterator[OutboundMessage]:
    """An item that somebody else makes due today, after the hour of reminders: told at once; also
    where it is after that hour because the owner's clock is another now."""
    line = changed.line
    item = changed.after.find_item(line.change.item)
    told = line.change.what is ChangeKind.DUE and item is not None and item.owner != line.by
    if item is None or not (told or line.change.what is ChangeKind.ZONE_CHANGED):
        return
    run = changed.after
    late = _wants_reminder(run, item) and _moment(run, item) <= now
    if late and item.due == today_of(run, item, now):
        yield _reminder(run, item, now, now, new_id())


def _wants_reminder(run: Run, item: Item) -> bool:
    return bool(item.owner and item.due and item.is_open and not run.is_closed)


def _moment(run: Run, item: Item) -> datetime:
    if item.due is None:
        raise ValueError(f"item {item.no} has no due day")
    return due_at(item.due, REMIND_AT, item.zone or run.zone)


def _due_key(item: Item) -> str:
    return f"due:{item.no}:{item.owner}:{item.due}"


def _key(run: Run, key: str) -> str:
    return f"{run.id}:{key}"


def _reminder(run: Run, item: Item, at: datetime, now: datetime, post_id: str) -> OutboundMessage:
    return _post(
        run, PostKind.DUE, _due_key(item), at, now, post_id, channel_id=item.owner, item=item.no
    )


def _post(
    run: Run, kind: PostKind, key: str, at: datetime, now: datetime, post_id: str,
    *, channel_id: str, item: int = 0, reason: str = "",
) -> OutboundMessage:  # fmt: skip
    return OutboundMessage(
        id=post_id,
        team_id=run.team_id,
        channel_id=channel_id,
        feature=FEATURE,
        key=_key(run, key),
        subject=run.id,
        data={"kind": kind, "item": item, "at_once": at == now, "reason": reason},
        due_at=at,
        expires_at=at + GRACE,
        next_at=at,
    )

"""The records of the outbox. Frozen: a change is a new record. All instants are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

# A claim this old is abandoned: it is far longer than a request's time-out (sender.py), so its
# message, if there is one, stands in the history by then.
LEASE = timedelta(minutes=3)
UPDATE_LEASE = timedelta(seconds=20)  # an update may be repeated, so only its time-out counts
GRACE = timedelta(hours=12)  # the usual time from `due_at` to `expires_at`

RESTORED = "restored"  # the error of what a restored backup knows too little of
# Instead of a conversation's id: the feature names it when the message is rendered, and neither the
# outbox nor the log holds it.
HIDDEN = "hidden"

Content = dict[str, Any]  # arguments of chat.postMessage, without channel and thread


class Kind(StrEnum):
    POST = "post"  # a new message, at most once
    UPDATE = "update"  # of a message that is there: may be repeated, the newest content wins


class State(StrEnum):
    """Where a message stands. Only `waiting`, `claimed` and `unconfirmed` change by themselves."""

    WAITING = "waiting"  # certainly not sent; to be tried at `next_at`
    CLAIMED = "claimed"  # a process is sending it
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"  # may have been posted; never posted again unless proved absent
    MISSED = "missed"  # skipped: it expired, or nobody wants it any more
    FAILED = "failed"  # Slack refused it; see `error`


OPEN_STATES = (State.CLAIMED, State.UNCONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One message of one feature. Unique by (`team_id`, `feature`, `key`).

    `id` travels in the message's metadata. `channel_id` is a conversation, or a user for a direct
    message. `subject` names the feature's record that it belongs to; `data` is the feature's own
    and holds JSON. `expires_at`: after it the message is skipped. `attempt` counts all claims and
    tells one from another; `tries` counts them since the last success. `ts` is the posted message,
    or the one that an update replaces; `not_before` is the earliest moment of the next update.
    """

    id: str
    team_id: str
    channel_id: str
    feature: str
    key: str
    due_at: datetime
    subject: str = ""
    kind: Kind = Kind.POST
    data: Mapping[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    state: State = State.WAITING
    attempt: int = 0
    tries: int = 0
    claimed_at: datetime | None = None
    next_at: datetime | None = None  # when it is to be looked at next, unless settled
    not_before: datetime | None = None
    thread_ts: str = ""
    ts: str = ""
    error: str = ""

    def is_late(self, now: datetime) -> bool:
        return self.expires_at is not None and now > self.expires_at


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as things stand now. `thread_ts`: the thread that a post goes to. Of an update:
    `ts` is the message to replace, `look_again` when it will say something else by itself.
    `channel_id`: where a message goes whose own is HIDDEN."""

    content: Content
    thread_ts: str = ""
    ts: str = ""
    look_again: datetime | None = None
    channel_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages wait, how many of them could be posted now, and for how many seconds the
    oldest of those has been due."""

    waiting: int
    ready: int
    age: float


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` posts a minute in one workspace; `batch` messages at most in one claim, of all."""

    rate: int = 180
    batch: int = 100

    @property
    def burst(self) -> int:
        """How many messages of one workspace one claim takes: a second's worth, at least one."""
        return max(1, min(self.rate // 60, self.batch))

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=1) / self.rate

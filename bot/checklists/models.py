"""The records of a running checklist. Frozen: a change is a new record. Instants are aware UTC.

A run is its start and its log: `changes.apply` over the log gives the run as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.checklists.rhythm import Rhythm
from bot.i18n import Lang, Text

NO_TEXT = Text()
LABEL_CHARS = 80
ITEM_CHARS = 200
NOTE_CHARS = 500
REASON_CHARS = 200
MAX_ITEMS = 60


class ItemState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class ChangeKind(StrEnum):
    """What a change is about; the log keeps it by this value."""

    STARTED = "started"
    TICKED = "ticked"
    UNTICKED = "unticked"  # open again: also what was not applicable
    EXCLUDED = "excluded"  # not applicable, with a reason
    ASSIGNED = "assigned"  # to nobody, if `user_id` is empty
    DUE = "due"
    NOTED = "noted"
    UNREACHABLE = "unreachable"  # no direct message gets to the owner; `text` is Slack's error
    ZONE_CHANGED = "moved"  # the owner's time zone is now `zone`
    CLOSED = "closed"
    REOPENED = "reopened"
    FOLLOWED = "followed"  # the next round has started, and ends this one
    UNREPEATED = "unrepeated"  # no more rounds; by nobody where the channel went, for `text`


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody wants changed. Only the fields that `what` needs are set."""

    what: ChangeKind
    item: int = 0  # the item's number; 0 is the run itself
    text: str = ""
    user_id: str = ""
    zone: str = ""  # of `user_id`, an IANA name
    day: date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A change that was made: the `number`th of its run, counted from 1 (its start)."""

    number: int
    at: datetime
    by: str  # a user id
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line. `text` and `why` are as the handbook had them at the start."""

    no: int
    text: Text
    why: Text = NO_TEXT
    state: ItemState = ItemState.OPEN
    changed_by: str = ""  # who settled it
    changed_at: datetime | None = None
    reason: str = ""  # why it is not applicable
    owner: str = ""
    zone: str = ""  # the owner's
    due: date | None = None
    note: str = ""
    unreachable: str = ""  # why no direct message gets to the owner

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A checklist that a channel works through.

    `message_ts` is the message that shows it, "" where there is none; `page` the part it shows;
    `revision` grows with all that the message has to show; `problem` is Slack's error, if the
    message could not be posted or updated. Of a series, the newest run has its `rhythm`;
    `left_open` items of the round before it were open when it started.
    """

    id: str
    team_id: str
    channel_id: str
    checklist_id: str
    title: Text
    label: str  # for what, as the starter named it
    lang: Lang
    zone: str  # the starter's
    started_by: str
    started_at: datetime
    items: tuple[Item, ...]
    closed_by: str = ""
    closed_at: datetime | None = None
    finished_at: datetime | None = None  # since when no item is open
    changes: int = 1  # lines in its log
    message_ts: str = ""
    page: int = 0
    revision: int = 1
    problem: str = ""
    series_id: str = ""
    rhythm: Rhythm = Rhythm.ONCE
    left_open: int = 0

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def find_item(self, no: int) -> Item | None:
        return next((item for item in self.items if item.no == no), None)

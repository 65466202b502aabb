"""The records of weekly tips. Frozen: a change is a new record. All instants are aware UTC."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.i18n import Lang
from bot.outbox.models import State

# How far a checklist is that runs in a channel, as mrkdwn; "" if none does.
# Of (team_id, channel_id, ids of checklists, language, now).
FindProgress = Callable[[str, str, Collection[str], Lang, datetime], str]

UNTIL_RESUMED = date.max  # of a pause without an end

DEFAULT_WEEKDAY = 0
DEFAULT_TIME = time(9, 30)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wall-clock time once a week. `weekday` 0 is Monday; `zone` is an IANA name."""

    weekday: int = DEFAULT_WEEKDAY
    at: time = DEFAULT_TIME
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Used:
    """A tip that a channel has had in its round. The section outlives a removed tip."""

    tip_id: str
    section: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """A channel's way through the tips: the round, and what was used in it, in order."""

    round: int = 1
    used: tuple[Used, ...] = ()
    last_section: str = ""  # where the round before ended

    def without(self, tip_id: str) -> Rotation:
        """Give back a tip that was not posted after all."""
        return replace(self, used=tuple(u for u in self.used if u.tip_id != tip_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's weekly tips.

    `next_date` names the first Monday-to-Sunday week that has not had its tip, by the day on which
    it is due there; nothing but a delivery moves it to a later week, so no week has two tips.
    `paused_until` is the first day after a pause. `not_before` is the moment of the last change:
    a change cannot make a tip late. `sections` empty means all.
    """

    id: int = 0  # 0 until it is saved
    team_id: str
    channel_id: str
    created_by: str
    schedule: Schedule
    lang: Lang
    next_date: date
    sections: tuple[str, ...] = ()
    on: bool = True
    ended: str = ""  # why it was turned off, if not by a person: Slack's error or event
    paused_until: date | None = None
    not_before: datetime | None = None
    rotation: Rotation = Rotation()
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One tip for one channel and one local date: at most one of each. `state`, `attempt`, `ts` and
    `error` are its message's."""

    id: str
    subscription_id: int
    team_id: str
    channel_id: str
    local_date: date
    due_at: datetime
    state: State
    lang: Lang
    tip_id: str = ""
    round: int = 0
    number: int = 0  # of `total` in the round
    total: int = 0
    attempt: int = 0
    ts: str = ""
    error: str = ""

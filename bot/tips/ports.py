"""The outside that tests replace: storage, Slack, the clock, the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.i18n import Lang
from bot.tips.claims import Take
from bot.tips.models import Delivery, Subscription
from bot.tips.outcomes import Outcome

Message = dict[str, Any]  # arguments of chat.postMessage, without the channel
# How far a checklist is that runs in a channel, as mrkdwn; "" if none does.
# Of (team_id, channel_id, ids of checklists, language, now).
FindProgress = Callable[[str, str, Collection[str], Lang, datetime], str]


class Unwanted(Exception):
    """What a message was to say holds no more: it is not posted, and nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """`posts` are this process's to post, now; `missed` came too late and are dealt with."""

    posts: Sequence[Delivery] = ()
    missed: Sequence[Delivery] = ()

    def __bool__(self) -> bool:
        return bool(self.posts or self.missed)


class Queue(Protocol):
    """The due work of all workspaces. Any number of processes may use it at once."""

    def next_moment(self) -> datetime | None:
        """When there is something to do; None if never."""

    def claim(self, now: datetime, take: Take) -> Claimed:
        """Claim what may be posted now. No two callers get the same delivery."""

    def claim_lookups(self, now: datetime) -> list[Delivery]:
        """Claimed a lease ago and never settled: now unconfirmed, for the caller to look up."""

    def claim_farewells(self) -> list[Subscription]:
        """Subscriptions that ended by themselves; the caller tells their subscribers."""


class Deliveries(Protocol):
    def settle(self, team_id: str, after: Delivery, *, give_back: bool = False) -> bool:
        """Save what came of the attempt `after.attempt`; `give_back` frees its tip.

        False, and nothing saved, if the delivery is no longer this attempt's.
        """


class Subscriptions(Protocol):
    def end(self, team_id: str, channel_id: str, error: str) -> None:
        """Turn a channel's tips off because of `error`; its subscriber is to be told."""


class Workspaces(Protocol):
    def stop(self, team_id: str, error: str) -> None:
        """Post nothing more there, until `start`."""

    def hold(self, team_id: str, until: datetime) -> None:
        """Post nothing there before `until`."""


@dataclass(frozen=True, slots=True)
class Store:
    queue: Queue
    deliveries: Deliveries
    subscriptions: Subscriptions
    workspaces: Workspaces


class Sender(Protocol):
    """Slack. Nothing here raises for what Slack or the network does."""

    def post(self, delivery: Delivery, message: Message) -> Outcome:
        """Post once, without retry, with the delivery's id in the metadata."""

    def find(self, delivery: Delivery) -> Outcome:
        """Look for the delivery in its channel's history: POSTED, ABSENT, LIMITED or UNSURE."""

    def tell(self, team_id: str, user_id: str, message: Message) -> Outcome:
        """A direct message."""

    def slack_time(self) -> datetime | None:
        """Slack's own clock; None if it cannot be read."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware UTC."""

    def wait(self, duration: timedelta) -> bool:
        """Pause; False if the process is to stop."""


@dataclass(frozen=True, slots=True)
class Words:
    """How messages are made; None for a tip that left the content. Raises Unwanted."""

    tip: Callable[[Delivery], Message | None]
    farewell: Callable[[Sequence[Subscription]], Message]

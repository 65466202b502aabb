"""What the outbox needs from others: features, storage, Slack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.outbox.models import Backlog, Content, OutboundMessage, Rendered
from bot.outbox.outcomes import Effect, Outcome

if TYPE_CHECKING:
    from sqlalchemy import Connection

    Transaction: TypeAlias = Connection  # of the database, as features see it

Now = Callable[[], datetime]  # aware UTC


class CannotRender(Exception):
    """The message can never be rendered; the text is a short code for its `error`."""


class Customer(Protocol):
    """A feature, or a part of one, whose messages the outbox sends.

    `name` stands in its messages' `feature`, `noun` in the log, `event_type` in the metadata.
    """

    name: str
    noun: str
    event_type: str

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        """The message as things stand now; None if nobody wants it any more.

        Raises CannotRender, or StorageError: then it is tried again later.
        """

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """Within the transaction that saves `message` as it is after an attempt: change what the
        feature keeps about it. Rows of the feature are locked before those of the outbox."""

    def describe(self, message: OutboundMessage) -> str:
        """What the log says of it besides its ids: `name=value` pairs, no content."""


class Planner(Protocol):
    """A feature that adds messages when their time comes."""

    def next_moment(self) -> datetime | None:
        """When there is something to enqueue; None if never."""

    def enqueue_due(self, now: datetime) -> bool:
        """Enqueue what is due; False if there was nothing. Any number of processes may
        call it at once."""


class Store(Protocol):
    """The outbox's table, for all workspaces. Any number of processes may use it at once."""

    @property
    def batch(self) -> int:
        """How many messages may be under way at once."""

    def next_moment(self, features: Collection[str]) -> datetime | None:
        """When there is something to do for these features; None if never."""

    def backlog(self, now: datetime, features: Collection[str]) -> Backlog:
        """What waits to be posted, for whoever watches."""

    def list_late(self, now: datetime, features: Collection[str]) -> list[OutboundMessage]:
        """Some messages that wait and have expired."""

    def claim(self, now: datetime, limit: int, features: Collection[str]) -> list[OutboundMessage]:
        """Claim up to `limit` messages that may be posted, updated or, `unconfirmed`, looked up
        now. No two callers get the same one."""

    def begin(self, message: OutboundMessage) -> bool:
        """Save the thread that a claimed message is about to be posted to; False if the claim has
        been lost."""

    def settle(self, after: OutboundMessage, record: Callable[[Transaction], None]) -> bool:
        """Save what came of the attempt `after.attempt`, and what `record` does, at once.

        False, and nothing saved, if the message is no longer this attempt's.
        """

    def expire(self, after: OutboundMessage, record: Callable[[Transaction], None]) -> bool:
        """The same for a message that `list_late` returned."""


class Workspaces(Protocol):
    def stop(self, team_id: str, error: str) -> None:
        """Send nothing more there, until `start` or `resume`."""

    def hold(self, team_id: str, until: datetime, *, updates: bool = False) -> None:
        """Post nothing there, or update nothing, before `until`."""

    def next_check(self) -> datetime | None:
        """When a stopped workspace's token is to be tried again; None if none is stopped."""

    def claim_checks(self, now: datetime) -> Sequence[str]:
        """Stopped workspaces whose token is to be tried now, each for one caller."""

    def resume(self, team_id: str) -> None:
        """Slack accepts the token again: send what waits."""


class Sender(Protocol):
    """Slack. Nothing here raises for what Slack or the network does."""

    def post(self, message: OutboundMessage, content: Content, event_type: str) -> Outcome:
        """Post once, without retry, with the message's id in the metadata."""

    def update(self, message: OutboundMessage, content: Content) -> Outcome:
        """Replace the message at `message.ts`, once, without retry."""

    def find(self, message: OutboundMessage) -> Outcome:
        """Look for it in the conversation's history: POSTED, ABSENT, LIMITED, NOT_POSTED (it can
        be looked for later) or UNSURE (it cannot be known)."""

    def check(self, team_id: str) -> Outcome:
        """Whether Slack accepts the workspace's token: POSTED if it does."""

    def slack_time(self) -> datetime | None:
        """Slack's own clock; None if it cannot be read."""

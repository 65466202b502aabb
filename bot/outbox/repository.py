"""The outbox in the database. Together with claiming.py the only SQL about it.

Features add to it within their own transactions. Everywhere the rows of a feature are locked before
those of the outbox, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    and_,
    case,
    delete,
    func,
    literal,
    select,
    true,
    update,
)

from bot.database.columns import UtcInstant
from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.outbox.claiming import (
    ALIVE,
    TO_LOOK_UP,
    TO_POST,
    TO_UPDATE,
    Claiming,
    is_late,
)
from bot.outbox.models import OPEN_STATES, Kind, OutboundMessage, Pace, State
from bot.outbox.tables import message_row, to_message
from bot.outbox.tables import outbox as OUTBOX

SETTLED = ("state", "tries", "next_at", "not_before", "ts", "error")  # what an attempt changes
EXPIRED = 100  # at a time
DEFAULT_PACE = Pace()
Record = Callable[[Connection], None]


class _Lost(Exception):
    """The claim is another's by now: nothing is to be saved."""


class Outbox:
    """`on_added` is called after each transaction that may have added something."""

    def __init__(self, database: Database, pace: Pace = DEFAULT_PACE) -> None:
        self._database = database
        self._pace = pace
        self.on_added: Callable[[], None] = lambda: None

    @property
    def batch(self) -> int:
        return self._pace.batch

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction in which messages are added; the worker is nudged when they are there."""
        with self._database.write() as connection:
            yield connection
        self.on_added()

    def add(self, connection: Connection, messages: Iterable[OutboundMessage]) -> set[str]:
        """Enqueue messages; one whose key is there already, sent or not, stays as it is. Returns
        the ids of the new ones."""
        rows = [message_row(message) for message in messages]
        if not rows:
            return set()
        query = self._database.insert(OUTBOX).on_conflict_do_nothing()
        return set(connection.scalars(query.returning(OUTBOX.c.id), rows))

    def ask_update(self, connection: Connection, message: OutboundMessage, now: datetime) -> None:
        """Have a message updated as soon as it may be. Any number of calls cost one update, which
        shows things as they are then; one during an update costs another after it."""
        claimed = OUTBOX.c.state == State.CLAIMED
        soon = case((OUTBOX.c.not_before > now, OUTBOX.c.not_before), else_=_instant(now))
        query = self._database.insert(OUTBOX).values(message_row(message))
        connection.execute(
            query.on_conflict_do_update(
                index_elements=["team_id", "feature", "key"],
                set_={
                    "again": case((claimed, true()), else_=OUTBOX.c.again),
                    "state": case((claimed, OUTBOX.c.state), else_=State.WAITING),
                    "next_at": case((claimed, OUTBOX.c.next_at), else_=soon),
                    "channel_id": message.channel_id,
                    "due_at": now,
                },
            )
        )

    def list_of(
        self, connection: Connection, team_id: str, feature: str, subject: str
    ) -> list[OutboundMessage]:
        """All messages of one record of a feature, the oldest first."""
        query = select(OUTBOX).where(*_of(team_id, feature, subject)).order_by(OUTBOX.c.due_at)
        return [to_message(row) for row in connection.execute(query).mappings()]

    def lock_waiting(
        self, connection: Connection, team_id: str, feature: str, subject: str
    ) -> list[OutboundMessage]:
        """Those of them that are to be posted and that no process is about to claim or settle."""
        query = select(OUTBOX).where(*_of(team_id, feature, subject), TO_POST)
        rows = connection.execute(query.with_for_update(skip_locked=True)).mappings()
        return [to_message(row) for row in rows]

    def save_waiting(self, connection: Connection, message: OutboundMessage) -> None:
        """Change one that `lock_waiting` returned."""
        query = update(OUTBOX).where(OUTBOX.c.id == message.id)
        connection.execute(query.values(**message_row(message)))

    def withdraw(self, connection: Connection, messages: Sequence[OutboundMessage]) -> None:
        """Forget some that `lock_waiting` returned: their keys may be used again."""
        ids = [message.id for message in messages]
        if ids:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(ids)))

    def forget(self, connection: Connection, team_id: str, feature: str, subject: str) -> None:
        """All messages of a record of a feature, which is deleted."""
        connection.execute(delete(OUTBOX).where(*_of(team_id, feature, subject)))

    def move(self, connection: Connection, team_id: str, old: str, new: str) -> None:
        """Slack gave a channel another id."""
        here = (OUTBOX.c.team_id == team_id, OUTBOX.c.channel_id == old)
        connection.execute(update(OUTBOX).where(*here).values(channel_id=new))

    def history(
        self, team_id: str, feature: str, channel_id: str = "", limit: int = 10
    ) -> list[OutboundMessage]:
        """The newest first; of one channel, or of the whole workspace."""
        query = select(OUTBOX).where(OUTBOX.c.team_id == team_id, OUTBOX.c.feature == feature)
        if channel_id:
            query = query.where(OUTBOX.c.channel_id == channel_id)
        query = query.order_by(OUTBOX.c.due_at.desc(), OUTBOX.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [to_message(row) for row in connection.execute(query).mappings()]

    # For the dispatcher (ports.Store)

    def next_moment(self, features: Collection[str]) -> datetime | None:
        ours = OUTBOX.c.feature.in_(features)
        moments = [
            _earliest(and_(TO_POST, ours), TEAMS.c.next_post_at),
            _earliest(and_(TO_LOOK_UP, ours)),
            _earliest(and_(TO_UPDATE, ours), TEAMS.c.next_update_at),
        ]
        with self._database.read() as connection:
            found = [connection.scalar(query) for query in moments]
        return min((moment for moment in found if moment), default=None)

    def list_late(self, now: datetime, features: Collection[str]) -> list[OutboundMessage]:
        query = (
            select(OUTBOX)
            .join(TEAMS, OUTBOX.c.team_id == TEAMS.c.team_id)
            .where(TO_POST, is_late(now), OUTBOX.c.feature.in_(features), ALIVE)
            .limit(EXPIRED)
        )
        with self._database.read() as connection:
            return [to_message(row) for row in connection.execute(query).mappings()]

    def claim(self, now: datetime, limit: int, features: Collection[str]) -> list[OutboundMessage]:
        most = min(limit, self._pace.batch)
        with self._database.write() as connection:
            return Claiming(connection, self._pace, now, most, features).claim()

    def begin(self, message: OutboundMessage) -> bool:
        query = update(OUTBOX).where(*_still(message, (State.CLAIMED,)))
        with self._database.write() as connection:
            saved = connection.execute(
                query.values(thread_ts=message.thread_ts).returning(OUTBOX.c.id)
            )
            return saved.first() is not None

    def expire(self, after: OutboundMessage, record: Record) -> bool:
        return self._settle(after, record, (State.WAITING,))

    def settle(self, after: OutboundMessage, record: Record) -> bool:
        return self._settle(after, record, OPEN_STATES)

    def _settle(self, after: OutboundMessage, record: Record, states: Sequence[State]) -> bool:
        values: dict[str, Any] = {name: getattr(after, name) for name in SETTLED}
        if after.kind is Kind.UPDATE:  # asked for again meanwhile: once more
            values |= {
                "state": case((OUTBOX.c.again, State.WAITING), else_=after.state),
                "next_at": case((OUTBOX.c.again, _instant(after.not_before)),
                                else_=_instant(after.next_at)),
                "again": False,
            }  # fmt: skip
        query = update(OUTBOX).where(*_still(after, states)).values(**values)
        query = query.returning(OUTBOX.c.id)
        try:
            with self._database.write() as connection:
                record(connection)
                if connection.execute(query).first() is None:
                    raise _Lost
                if after.state is State.SENT:  # the token works: see Workspaces.resume
                    connection.execute(_forget_checks(after.team_id))
        except _Lost:
            return False
        return True


def new_id() -> str:
    return uuid4().hex


def _of(team_id: str, feature: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (
        OUTBOX.c.team_id == team_id, OUTBOX.c.feature == feature, OUTBOX.c.subject == subject,
    )  # fmt: skip


def _still(message: OutboundMessage, states: Sequence[State]) -> tuple[ColumnElement[bool], ...]:
    """The message's row, if it is still at the attempt that the caller knows of."""
    return (
        OUTBOX.c.id == message.id,
        OUTBOX.c.team_id == message.team_id,
        OUTBOX.c.attempt == message.attempt,
        OUTBOX.c.state.in_(states),
    )


def _forget_checks(team_id: str) -> Update:
    here = (TEAMS.c.team_id == team_id, TEAMS.c.checks > 0)
    return update(TEAMS).where(*here).values(checks=0, check_at=None)


def _instant(moment: datetime | None) -> ColumnElement[datetime]:
    """A moment for a CASE, where no column says how it is stored."""
    return literal(moment, UtcInstant())


def _earliest(
    condition: ColumnElement[bool], held: ColumnElement[datetime] | None = None
) -> Select[Any]:
    """The least `next_at` in living workspaces, none before its workspace is `held` until."""
    moment: ColumnElement[Any] = OUTBOX.c.next_at
    if held is not None:
        moment = case((held > OUTBOX.c.next_at, held), else_=OUTBOX.c.next_at)
    return (
        select(func.min(moment))
        .join_from(OUTBOX, TEAMS, OUTBOX.c.team_id == TEAMS.c.team_id)
        .where(condition, OUTBOX.c.next_at.is_not(None), ALIVE)
    )

"""The outbox in the database: what features do with it, within their own transactions. The only SQL
about it stands here and in queue.py and claiming.py, which the dispatcher uses.

Everywhere the rows of a feature are locked before those of the outbox, so that no two transactions
wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    func,
    null,
    or_,
    select,
    true,
    update,
)

from bot.database.engine import Database
from bot.outbox.claiming import IS_POST, TO_POST
from bot.outbox.models import RESTORED, OutboundMessage, Pace, State
from bot.outbox.queue import DEFAULT_PACE, Queue
from bot.outbox.tables import instant, message_row, to_message
from bot.outbox.tables import outbox as OUTBOX


class Outbox(Queue):
    """`on_added` is called after each transaction that may have added something."""

    def __init__(self, database: Database, pace: Pace = DEFAULT_PACE) -> None:
        super().__init__(database, pace)
        self.on_added: Callable[[], None] = lambda: None

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
        soon = case((OUTBOX.c.not_before > now, OUTBOX.c.not_before), else_=instant(now))
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
        """The record's messages that are still to be posted and that no process holds a lock on."""
        query = select(OUTBOX).where(*_of(team_id, feature, subject), TO_POST)
        rows = connection.execute(query.with_for_update(skip_locked=True)).mappings()
        return [to_message(row) for row in rows]

    def save_waiting(self, connection: Connection, message: OutboundMessage) -> None:
        """Change one that `lock_waiting` returned."""
        query = update(OUTBOX).where(OUTBOX.c.id == message.id)
        connection.execute(query.values(**message_row(message)))

    def withdraw(self, connection: Connection, messages: Sequence[OutboundMessage]) -> None:
        """Delete messages that `lock_waiting` returned: their keys may be used again."""
        ids = [message.id for message in messages]
        if ids:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(ids)))

    def forget(self, connection: Connection, team_id: str, feature: str, subject: str) -> None:
        """Delete all messages of a feature's record that has been deleted."""
        connection.execute(delete(OUTBOX).where(*_of(team_id, feature, subject)))

    def move(self, connection: Connection, team_id: str, old: str, new: str) -> None:
        """Follow a channel to the new id that Slack gave it."""
        here = (OUTBOX.c.team_id == team_id, OUTBOX.c.channel_id == old)
        connection.execute(update(OUTBOX).where(*here).values(channel_id=new))

    def doubt(self, now: datetime, unfindable: Collection[str] = ()) -> int:
        """After a restore: what was due and not settled in the backup may have been posted since.
        It is unconfirmed, and looked up, but for the ids `unfindable`. Returns how many."""
        open_since = or_(
            OUTBOX.c.state.in_([State.WAITING, State.CLAIMED]),
            and_(OUTBOX.c.state == State.UNCONFIRMED, OUTBOX.c.next_at.is_not(None)),
        )
        values = {
            "state": State.UNCONFIRMED, "claimed_at": now, "attempt": OUTBOX.c.attempt + 1,
            "next_at": case((OUTBOX.c.id.in_(unfindable), null()), else_=instant(now)),
            "error": RESTORED,
        }  # fmt: skip
        query = update(OUTBOX).where(IS_POST, open_since, OUTBOX.c.due_at <= now).values(**values)
        with self._database.write() as connection:
            return len(connection.scalars(query.returning(OUTBOX.c.id)).all())

    def forget_settled(self, features: Collection[str], before: datetime, limit: int) -> int:
        """Drop up to `limit` messages that nothing more comes of and that were due before that
        moment; how many. Only for features that never use a key again."""
        settled = or_(
            OUTBOX.c.state.in_([State.SENT, State.MISSED, State.FAILED]),
            and_(OUTBOX.c.state == State.UNCONFIRMED, OUTBOX.c.next_at.is_(None)),
        )
        old = (OUTBOX.c.feature.in_(features), settled, OUTBOX.c.due_at < before)
        with self._database.read() as connection:
            ids = list(connection.scalars(select(OUTBOX.c.id).where(*old).limit(limit)))
        if ids:
            with self._database.write() as connection:
                connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(ids), *old))
        return len(ids)

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

    def count_sent(self, team_id: str, feature: str, since: datetime) -> int:
        """How many messages of a feature were posted in a workspace, by when they were due."""
        query = select(func.count()).where(
            OUTBOX.c.team_id == team_id, OUTBOX.c.feature == feature, OUTBOX.c.state == State.SENT,
            OUTBOX.c.due_at >= since,
        )  # fmt: skip
        with self._database.read() as connection:
            return connection.scalar(query) or 0


def new_id() -> str:
    return uuid4().hex


def _of(team_id: str, feature: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (
        OUTBOX.c.team_id == team_id, OUTBOX.c.feature == feature, OUTBOX.c.subject == subject,
    )  # fmt: skip

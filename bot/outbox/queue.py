"""The outbox as the dispatcher sees it (ports.Store): claiming what is due, saving outcomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Update,
    bindparam,
    case,
    func,
    select,
    update,
)

from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.outbox.claiming import ALIVE, TO_LOOK_UP, TO_POST, TO_UPDATE, Claiming, is_late
from bot.outbox.models import OPEN_STATES, Backlog, Kind, OutboundMessage, Pace, State
from bot.outbox.tables import instant, to_message
from bot.outbox.tables import outbox as OUTBOX

SETTLED = ("state", "tries", "next_at", "not_before", "ts", "error")  # what an attempt changes
EXPIRED = 100  # at a time
DEFAULT_PACE = Pace()
Record = Callable[[Connection], None]


class _Lost(Exception):
    """Another process has the claim by now: nothing may be saved."""


class Queue:
    def __init__(self, database: Database, pace: Pace = DEFAULT_PACE) -> None:
        self._database = database
        self._pace = pace

    @property
    def batch(self) -> int:
        return self._pace.batch

    def next_moment(self, features: Collection[str]) -> datetime | None:
        with self._database.read() as connection:
            found = connection.execute(NEXT_MOMENTS, {"features": list(features)}).one()
        return min((moment for moment in found if moment), default=None)

    def backlog(self, now: datetime, features: Collection[str]) -> Backlog:
        """What waits to be posted in living workspaces, for whoever watches."""
        due = OUTBOX.c.next_at <= now
        query = (
            select(func.count(), func.count(case((due, 1))), func.min(case((due, OUTBOX.c.due_at))))
            .join_from(OUTBOX, TEAMS, OUTBOX.c.team_id == TEAMS.c.team_id)
            .where(TO_POST, OUTBOX.c.feature.in_(features), ALIVE)
        )
        with self._database.read() as connection:
            waiting, ready, oldest = connection.execute(query).one()
        return Backlog(waiting, ready, (now - oldest).total_seconds() if oldest else 0.0)

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
                "next_at": case((OUTBOX.c.again, instant(after.not_before)),
                                else_=instant(after.next_at)),
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


def _earliest(
    condition: ColumnElement[bool], held: ColumnElement[datetime] | None = None
) -> ScalarSelect[Any]:
    """The least `next_at` in living workspaces, none before its workspace is `held` until."""
    moment: ColumnElement[Any] = OUTBOX.c.next_at
    if held is not None:
        moment = case((held > OUTBOX.c.next_at, held), else_=OUTBOX.c.next_at)
    return (
        select(func.min(moment))
        .join_from(OUTBOX, TEAMS, OUTBOX.c.team_id == TEAMS.c.team_id)
        .where(condition, OURS, OUTBOX.c.next_at.is_not(None), ALIVE)
        .scalar_subquery()
    )


# What the worker asks most: built once.
OURS = OUTBOX.c.feature.in_(bindparam("features", expanding=True))
NEXT_MOMENTS = select(
    _earliest(TO_POST, TEAMS.c.next_post_at),
    _earliest(TO_LOOK_UP),
    _earliest(TO_UPDATE, TEAMS.c.next_update_at),
)

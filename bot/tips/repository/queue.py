"""The due work of all workspaces: the only calls here that take no workspace."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, and_, bindparam, case, func, not_, select, update

from bot.database.engine import Database
from bot.database.tables import workspaces
from bot.tips import tables
from bot.tips.changes import next_moment
from bot.tips.claims import Take
from bot.tips.models import LEASE, Delivery, State, Subscription
from bot.tips.ports import Claimed
from bot.tips.repository.claiming import ALIVE, DEFAULT_PACE, Claiming, Pace
from bot.tips.repository.rows import to_delivery, to_subscription

SUBS, DELIVERIES, TEAMS = tables.subscriptions, tables.deliveries, workspaces
LOOKUPS = 20  # at a time


class QueueRepository:
    def __init__(self, database: Database, pace: Pace = DEFAULT_PACE) -> None:
        self._database = database
        self._pace = pace

    def refresh(self) -> int:
        """Compute all due moments again, at a start: governments change clocks, and a new release
        of the zone database then moves them. Returns how many moved."""
        with self._database.write() as connection:
            rows = connection.execute(select(SUBS).where(SUBS.c.on).with_for_update()).mappings()
            moved = [
                {"sub_id": row["id"], "next_at": moment}
                for row in rows.all()
                if (moment := next_moment(to_subscription(row))) != row["next_at"]
            ]
            if moved:
                query = update(SUBS).where(SUBS.c.id == bindparam("sub_id"))
                connection.execute(query, moved)
        return len(moved)

    def next_moment(self) -> datetime | None:
        """When there is something to do; None if never."""
        held, post = TEAMS.c.next_post_at, DELIVERIES.c.state == State.WAITING
        lookup = DELIVERIES.c.state.in_([State.CLAIMED, State.UNCONFIRMED])
        with self._database.read() as connection:
            moments = [
                connection.scalar(_earliest(SUBS.c.next_at, hold=held)),
                connection.scalar(_earliest(DELIVERIES.c.retry_at, hold=held).where(post)),
                connection.scalar(_earliest(DELIVERIES.c.retry_at).where(lookup)),
            ]
        return min((moment for moment in moments if moment), default=None)

    def upcoming(self, limit: int, team_id: str = "", channel_id: str = "") -> list[Subscription]:
        """What comes next, the earliest first, for operators."""
        query = select(SUBS).where(SUBS.c.next_at.is_not(None))
        if team_id:
            query = query.where(SUBS.c.team_id == team_id)
        if channel_id:
            query = query.where(SUBS.c.channel_id == channel_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(SUBS.c.next_at, SUBS.c.id).limit(limit))
            return [to_subscription(row) for row in rows.mappings()]

    def list_teams(self) -> list[str]:
        """All workspaces, for operators."""
        with self._database.read() as connection:
            return list(connection.scalars(select(TEAMS.c.team_id).order_by(TEAMS.c.team_id)))

    def claim(self, now: datetime, take: Take) -> Claimed:
        """Claim what may be posted now, of many workspaces a little each, so that none waits for
        another's thousands. What is too late is settled as missed."""
        with self._database.write() as connection:
            return Claiming(self._database, connection, self._pace, now).claim(take)

    def claim_lookups(self, now: datetime) -> list[Delivery]:
        """Claimed a lease ago and never settled: now unconfirmed, for the caller to look up."""
        again = now + LEASE
        query = (
            select(DELIVERIES)
            .join(TEAMS, DELIVERIES.c.team_id == TEAMS.c.team_id)
            .where(
                DELIVERIES.c.state.in_([State.CLAIMED, State.UNCONFIRMED]),
                DELIVERIES.c.retry_at <= now,
                ALIVE,
            )
            .order_by(DELIVERIES.c.retry_at)
            .limit(LOOKUPS)
            .with_for_update(skip_locked=True, of=DELIVERIES)
        )
        with self._database.write() as connection:
            found = [to_delivery(row) for row in connection.execute(query).mappings()]
            ids = [delivery.id for delivery in found]
            if ids:
                connection.execute(
                    update(DELIVERIES)
                    .where(DELIVERIES.c.id.in_(ids))
                    .values(state=State.UNCONFIRMED, retry_at=again)
                )
        return [replace(d, state=State.UNCONFIRMED, retry_at=again) for d in found]

    def claim_farewells(self) -> list[Subscription]:
        """Subscriptions that ended by themselves; the caller tells their subscribers."""
        ended = and_(not_(SUBS.c.told), not_(SUBS.c.on))
        query = (
            select(SUBS)
            .join(TEAMS, SUBS.c.team_id == TEAMS.c.team_id)
            .where(ended, ALIVE)
            .with_for_update(skip_locked=True, of=SUBS)
        )
        with self._database.write() as connection:
            found = [to_subscription(row) for row in connection.execute(query).mappings()]
            if found:
                ids = [sub.id for sub in found]
                connection.execute(update(SUBS).where(SUBS.c.id.in_(ids)).values(told=True))
        return found


def _earliest(column: Column[datetime], hold: Column[datetime] | None = None) -> Select[Any]:
    """The least `column` of living workspaces, none before its workspace's `hold`."""
    table = column.table
    moment = column if hold is None else case((hold > column, hold), else_=column)
    return (
        select(func.min(moment))
        .join_from(table, TEAMS, table.c.team_id == TEAMS.c.team_id)
        .where(column.is_not(None), ALIVE)
    )

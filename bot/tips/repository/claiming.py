"""Claiming, in one transaction. What makes it safe with any number of processes: on PostgreSQL it
locks the workspaces and rows it takes and passes over those that another has (SKIP LOCKED); on
SQLite write transactions come one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from bot.database.engine import Database
from bot.database.tables import workspaces
from bot.tips import tables
from bot.tips.claims import Take, Taken
from bot.tips.models import GRACE, LEASE, Delivery, State, Subscription
from bot.tips.ports import Claimed
from bot.tips.repository.deliveries import settle
from bot.tips.repository.rows import delivery_row, subscription_row, to_delivery, to_subscription

SUBS, DELIVERIES, TEAMS = tables.subscriptions, tables.deliveries, workspaces
ALIVE = TEAMS.c.stopped == ""
MOVED = ("next_date", "next_at", "paused_until", "not_before", "rotation")  # by a claim


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` messages a minute in one workspace; `batch` at most in one claim, of all."""

    rate: int = 180
    batch: int = 100

    @property
    def burst(self) -> int:
        """Of one workspace in one claim: what it may have in a second, at least one."""
        return max(1, min(self.rate // 60, self.batch))

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=1) / self.rate


DEFAULT_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Claiming:
    """One claim, within its transaction."""

    database: Database
    connection: Connection
    pace: Pace
    now: datetime

    def claim(self, take: Take) -> Claimed:
        late = self._expire()
        teams = self._teams()
        if not teams:
            return Claimed(missed=late)
        again = self._claim_waiting(teams)
        subs = self._due(teams)
        saved = self._save(subs, [take(sub, self.now) for sub in subs])
        posts = [*again, *(d for d in saved if d.state is State.CLAIMED)]
        self._advance(posts)
        return Claimed(posts, [*late, *(d for d in saved if d.state is State.MISSED)])

    def _teams(self) -> list[str]:
        """Workspaces with something due, that served longest ago first; locked."""
        due = select(SUBS.c.team_id).where(SUBS.c.next_at <= self.now)
        waiting = select(DELIVERIES.c.team_id).where(
            DELIVERIES.c.state == State.WAITING, DELIVERIES.c.retry_at <= self.now
        )
        query = (
            select(TEAMS.c.team_id)
            .where(
                ALIVE,
                or_(TEAMS.c.next_post_at.is_(None), TEAMS.c.next_post_at <= self.now),
                TEAMS.c.team_id.in_(due.union_all(waiting)),
            )
            .order_by(TEAMS.c.next_post_at.asc().nulls_first())
            .limit(max(1, self.pace.batch // self.pace.burst))
            .with_for_update(skip_locked=True, key_share=True)
        )
        return list(self.connection.scalars(query))

    def _expire(self) -> list[Delivery]:
        """Those that waited too long: not this week any more."""
        query = select(DELIVERIES).where(
            DELIVERIES.c.state == State.WAITING, DELIVERIES.c.due_at < self.now - GRACE
        )
        rows = self.connection.execute(query.with_for_update(skip_locked=True)).mappings()
        late = []
        for row in rows.all():
            delivery = replace(to_delivery(row), state=State.MISSED, retry_at=None)
            settle(self.connection, delivery.team_id, delivery, (State.WAITING,), give_back=True)
            late.append(delivery)
        return late

    def _claim_waiting(self, teams: Sequence[str]) -> list[Delivery]:
        ready = and_(DELIVERIES.c.state == State.WAITING, DELIVERIES.c.retry_at <= self.now)
        query = (
            update(DELIVERIES)
            .where(DELIVERIES.c.id.in_(self._some_of_each(DELIVERIES, teams, ready)), ready)
            .values(
                state=State.CLAIMED,
                attempt=DELIVERIES.c.attempt + 1,
                claimed_at=self.now,
                retry_at=self.now + LEASE,
            )
            .returning(*DELIVERIES.c)
        )
        return [to_delivery(row) for row in self.connection.execute(query).mappings()]

    def _due(self, teams: Sequence[str]) -> list[Subscription]:
        due = SUBS.c.next_at <= self.now
        query = (
            select(SUBS)
            .where(SUBS.c.id.in_(self._some_of_each(SUBS, teams, due)), due)
            .order_by(SUBS.c.next_at, SUBS.c.id)
            .with_for_update(skip_locked=True)
        )
        return [to_subscription(row) for row in self.connection.execute(query).mappings()]

    def _some_of_each(
        self, table: Table, teams: Sequence[str], condition: ColumnElement[bool]
    ) -> Select[Any]:
        """The ids of the first few rows of each workspace."""
        place = func.row_number().over(partition_by=table.c.team_id, order_by=table.c.id)
        ranked = (
            select(table.c.id, place.label("place"))
            .where(table.c.team_id.in_(teams), condition)
            .subquery()
        )
        return select(ranked.c.id).where(ranked.c.place <= self.pace.burst)

    def _save(self, subs: Sequence[Subscription], taken: Sequence[Taken]) -> list[Delivery]:
        """The deliveries that are new. There is none to be had twice for one date, even if a
        subscription's own record were wrong; its week passes then, and no tip is used."""
        if not taken:
            return []
        rows = [delivery_row(one.delivery) for one in taken]
        query = self.database.insert(DELIVERIES).on_conflict_do_nothing()
        new = set(self.connection.scalars(query.returning(DELIVERIES.c.id), rows))
        changes = []
        for before, one in zip(subs, taken, strict=True):
            after = one.subscription
            if one.delivery.id not in new:
                after = replace(after, rotation=before.rotation)
            row = subscription_row(after)
            changes.append({"sub_id": after.id} | {name: row[name] for name in MOVED})
        self.connection.execute(update(SUBS).where(SUBS.c.id == bindparam("sub_id")), changes)
        return [one.delivery for one in taken if one.delivery.id in new]

    def _advance(self, posts: Sequence[Delivery]) -> None:
        """Each workspace's pace, from now on, for what it was given."""
        counts = Counter(delivery.team_id for delivery in posts)
        if counts:
            moments = [
                {"team": team_id, "next_post_at": self.now + count * self.pace.interval}
                for team_id, count in counts.items()
            ]
            self.connection.execute(
                update(TEAMS).where(TEAMS.c.team_id == bindparam("team")), moments
            )

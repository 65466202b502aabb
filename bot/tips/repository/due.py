"""Subscriptions by the moment of their next tip, of all workspaces: the only calls about tips that
take no workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.outbox.claiming import ALIVE
from bot.outbox.repository import Outbox
from bot.tips.changes import next_moment
from bot.tips.deliveries import to_message
from bot.tips.models import Delivery, Subscription
from bot.tips.planning import Plan, Planned
from bot.tips.repository.rows import subscription_row, to_subscription
from bot.tips.tables import subscriptions as SUBS

BATCH = 100  # subscriptions in one transaction
MOVED = ("next_date", "next_at", "paused_until", "not_before", "rotation")  # by a delivery
NEXT_MOMENT = (  # built once: the worker asks often
    select(func.min(SUBS.c.next_at))
    .join_from(SUBS, TEAMS, SUBS.c.team_id == TEAMS.c.team_id)
    .where(ALIVE)
)


class DueTips:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

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
        """When the next tip is due; None if never."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_MOMENT)
        return found

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

    def enqueue(
        self, now: datetime, plan: Plan, *, everywhere: bool = False
    ) -> tuple[list[Delivery], int]:
        """Turn due subscriptions into deliveries in the outbox; the new ones, and how many
        subscriptions there were. No two processes get the same ones. `everywhere`: also in stopped
        workspaces."""
        query = (
            select(SUBS)
            .join(TEAMS, SUBS.c.team_id == TEAMS.c.team_id)
            .where(SUBS.c.next_at <= now, *(() if everywhere else (ALIVE,)))
            .order_by(SUBS.c.next_at, SUBS.c.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True, of=SUBS)
        )
        with self._outbox.write() as connection:
            subs = [to_subscription(row) for row in connection.execute(query).mappings()]
            return self._save(connection, subs, [plan(sub, now) for sub in subs]), len(subs)

    def _save(
        self, connection: Connection, subs: Sequence[Subscription], planned: Sequence[Planned]
    ) -> list[Delivery]:
        """The deliveries that are new. At most one delivery per date, even if a subscription's own
        record were wrong: its week passes then, and no tip is used."""
        if not planned:
            return []
        new = self._outbox.add(connection, [to_message(one.delivery) for one in planned])
        changes = []
        for before, one in zip(subs, planned, strict=True):
            after = one.subscription
            if one.delivery.id not in new:
                after = replace(after, rotation=before.rotation)
            row = subscription_row(after)
            changes.append({"sub_id": after.id} | {name: row[name] for name in MOVED})
        connection.execute(update(SUBS).where(SUBS.c.id == bindparam("sub_id")), changes)
        return [one.delivery for one in planned if one.delivery.id in new]

"""Subscriptions: a channel's weekly tips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.database.engine import Database
from bot.database.workspaces import is_installed, require_workspace
from bot.outbox.repository import Outbox, new_id
from bot.tips import tables
from bot.tips.changes import turn_off
from bot.tips.deliveries import FEATURE as DELIVERIES
from bot.tips.end_notices import FEATURE, build_end_notice, extend
from bot.tips.models import Subscription
from bot.tips.repository.deliveries import call_off
from bot.tips.repository.rows import subscription_row, to_subscription

TABLE = tables.subscriptions

Change = Callable[[Subscription | None], Subscription | None]


class SubscriptionRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def find(self, team_id: str, channel_id: str) -> Subscription | None:
        """A channel's subscription, also one that is off."""
        query = select(TABLE).where(TABLE.c.team_id == team_id, TABLE.c.channel_id == channel_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return to_subscription(row) if row else None

    def list_by_user(self, team_id: str, user_id: str) -> list[Subscription]:
        """The subscriptions that a person made and that are on, the oldest first."""
        query = (
            select(TABLE)
            .where(TABLE.c.team_id == team_id, TABLE.c.created_by == user_id, TABLE.c.on)
            .order_by(TABLE.c.id)
        )
        with self._database.read() as connection:
            return [to_subscription(row) for row in connection.execute(query).mappings()]

    def change(
        self, team_id: str, channel_id: str, change: Change
    ) -> tuple[Subscription | None, Subscription | None]:
        """Replace a channel's subscription by what `change` makes of it; before and after.

        `change` gets None where there is none and may return None to leave all as it is. It runs
        while the row is locked, so no claim and no other change comes between; it may run twice,
        if two people subscribe one channel at once.
        """
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            before = _locked(connection, team_id, channel_id)
            after = change(before)
            if after is None or after == before:
                return before, before
            if before is not None:
                self._save(connection, after)
                return before, after
            made = self._insert(connection, after)
        return (None, made) if made else self.change(team_id, channel_id, change)

    def end(self, team_id: str, channel_id: str, error: str, now: datetime) -> None:
        """Turn a channel's tips off because of `error`; its subscriber is told."""
        with self._outbox.write() as connection:
            self.end_within(connection, team_id, channel_id, error, now)

    def end_within(
        self, connection: Connection, team_id: str, channel_id: str, error: str, now: datetime
    ) -> None:
        """The same, in a transaction of the caller's."""
        before = _locked(connection, team_id, channel_id)
        if before is None or not before.on:
            return
        sub = turn_off(before, ended=error)
        self._save(connection, sub)
        waiting = self._outbox.lock_waiting(connection, team_id, FEATURE, sub.created_by)
        if waiting:
            self._outbox.save_waiting(connection, extend(waiting[0], sub))
        else:
            self._outbox.add(connection, [build_end_notice(sub, now, new_id())])

    def move(self, team_id: str, channel_id: str, new_channel_id: str) -> None:
        """Follow a channel to its new id, unless that has a subscription of its own."""
        taken = select(TABLE.c.id).where(
            TABLE.c.team_id == team_id, TABLE.c.channel_id == new_channel_id
        )
        here = (TABLE.c.team_id == team_id, TABLE.c.channel_id == channel_id)
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            if connection.execute(taken).first():
                gone = connection.scalar(delete(TABLE).where(*here).returning(TABLE.c.id))
                self._outbox.forget(connection, team_id, DELIVERIES, str(gone))
            else:
                connection.execute(update(TABLE).where(*here).values(channel_id=new_channel_id))
                self._outbox.move(connection, team_id, channel_id, new_channel_id)

    def _save(self, connection: Connection, sub: Subscription) -> None:
        values = subscription_row(sub)
        connection.execute(update(TABLE).where(TABLE.c.id == sub.id).values(**values))
        if not sub.on or sub.paused_until:
            call_off(self._outbox, connection, sub)

    def _insert(self, connection: Connection, sub: Subscription) -> Subscription | None:
        """The subscription with its id; None if another process inserted one first."""
        query = (
            self._database.insert(TABLE)
            .values(**subscription_row(sub))
            .on_conflict_do_nothing()
            .returning(TABLE.c.id)
        )
        new_id = connection.scalar(query)
        return replace(sub, id=new_id) if new_id else None


def _locked(connection: Connection, team_id: str, channel_id: str) -> Subscription | None:
    query = (
        select(TABLE)
        .where(
            TABLE.c.team_id == team_id,
            TABLE.c.channel_id == channel_id,
            is_installed(TABLE.c.team_id),
        )
        .with_for_update(of=TABLE)
    )
    row = connection.execute(query).mappings().first()
    return to_subscription(row) if row else None

"""Subscriptions: a channel's weekly tips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from bot.database.engine import Database
from bot.database.workspaces import add_workspace
from bot.tips import tables
from bot.tips.changes import turn_off
from bot.tips.models import Subscription
from bot.tips.repository.deliveries import call_off
from bot.tips.repository.rows import subscription_row, to_subscription

TABLE = tables.subscriptions

Change = Callable[[Subscription | None], Subscription | None]


class SubscriptionRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

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

    def list_all(self, team_id: str) -> list[Subscription]:
        """All of a workspace, by channel."""
        query = select(TABLE).where(TABLE.c.team_id == team_id).order_by(TABLE.c.channel_id)
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
        with self._database.write() as connection:
            add_workspace(self._database, connection, team_id)
            before = _locked(connection, team_id, channel_id)
            after = change(before)
            if after is None or after == before:
                return before, before
            if before is not None:
                _save(connection, after)
                return before, after
            made = self._insert(connection, after)
        return (None, made) if made else self.change(team_id, channel_id, change)

    def end(self, team_id: str, channel_id: str, error: str) -> None:
        """Turn a channel's tips off because of `error`; its subscriber is to be told."""
        with self._database.write() as connection:
            sub = _locked(connection, team_id, channel_id)
            if sub is not None and sub.on:
                _save(connection, turn_off(sub, ended=error), told=False)

    def move(self, team_id: str, channel_id: str, new_channel_id: str) -> None:
        """Slack gave the channel another id. Where that has a subscription of its own, it stays."""
        taken = select(TABLE.c.id).where(
            TABLE.c.team_id == team_id, TABLE.c.channel_id == new_channel_id
        )
        here = (TABLE.c.team_id == team_id, TABLE.c.channel_id == channel_id)
        with self._database.write() as connection:
            if connection.execute(taken).first():
                connection.execute(delete(TABLE).where(*here))
            else:
                connection.execute(update(TABLE).where(*here).values(channel_id=new_channel_id))
                moved = tables.deliveries
                connection.execute(
                    update(moved)
                    .where(moved.c.team_id == team_id, moved.c.channel_id == channel_id)
                    .values(channel_id=new_channel_id)
                )

    def _insert(self, connection: Connection, sub: Subscription) -> Subscription | None:
        """None if somebody else was faster."""
        query = (
            self._database.insert(TABLE)
            .values(**subscription_row(sub), told=True)
            .on_conflict_do_nothing()
            .returning(TABLE.c.id)
        )
        new_id = connection.scalar(query)
        return replace(sub, id=new_id) if new_id else None


def insert_many(connection: Connection, subs: list[Subscription]) -> None:
    """For imports and benchmarks: new subscriptions of workspaces that are there."""
    connection.execute(insert(TABLE), [subscription_row(sub) | {"told": True} for sub in subs])


def _locked(connection: Connection, team_id: str, channel_id: str) -> Subscription | None:
    query = (
        select(TABLE)
        .where(TABLE.c.team_id == team_id, TABLE.c.channel_id == channel_id)
        .with_for_update()
    )
    row = connection.execute(query).mappings().first()
    return to_subscription(row) if row else None


def _save(connection: Connection, sub: Subscription, told: bool = True) -> None:
    values = subscription_row(sub) | {"told": told}
    connection.execute(update(TABLE).where(TABLE.c.id == sub.id).values(**values))
    if not sub.on or sub.paused_until:
        call_off(connection, sub)

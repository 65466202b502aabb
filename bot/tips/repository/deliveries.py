"""Deliveries: what was posted, or was not, and why."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select, update

from bot.database.engine import Database
from bot.tips import tables
from bot.tips.models import Delivery, State, Subscription
from bot.tips.repository.rows import delivery_row, to_delivery

TABLE = tables.deliveries
OPEN_STATES = (State.CLAIMED, State.UNCONFIRMED)


class DeliveryRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def history(self, team_id: str, channel_id: str = "", limit: int = 10) -> list[Delivery]:
        """The newest first; of one channel, or of the whole workspace."""
        query = select(TABLE).where(TABLE.c.team_id == team_id)
        if channel_id:
            query = query.where(TABLE.c.channel_id == channel_id)
        query = query.order_by(TABLE.c.local_date.desc(), TABLE.c.claimed_at.desc()).limit(limit)
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query).mappings()]

    def settle(self, team_id: str, after: Delivery, *, give_back: bool = False) -> bool:
        """Save what came of the attempt `after.attempt`; `give_back` frees its tip.

        False, and nothing saved, if the delivery is no longer this attempt's.
        """
        with self._database.write() as connection:
            return settle(connection, team_id, after, OPEN_STATES, give_back=give_back)


def call_off(connection: Connection, sub: Subscription) -> None:
    """What waits to be tried again is not wanted any more; its tip comes another time."""
    here = (TABLE.c.subscription_id == sub.id, TABLE.c.state == State.WAITING)
    for row in connection.execute(select(TABLE).where(*here)).mappings().all():
        after = replace(to_delivery(row), state=State.MISSED, retry_at=None, error="called_off")
        settle(connection, sub.team_id, after, (State.WAITING,), give_back=True)


def settle(
    connection: Connection,
    team_id: str,
    after: Delivery,
    expected: tuple[State, ...],
    *,
    give_back: bool,
) -> bool:
    found = connection.execute(
        update(TABLE)
        .where(
            TABLE.c.id == after.id,
            TABLE.c.team_id == team_id,
            TABLE.c.attempt == after.attempt,
            TABLE.c.state.in_(expected),
        )
        .values(**delivery_row(after))
        .returning(TABLE.c.id)
    ).first()
    if found and give_back:
        _give_back(connection, after)
    return found is not None


def _give_back(connection: Connection, delivery: Delivery) -> None:
    """The channel's rotation without the tip, which was not posted after all."""
    subs = tables.subscriptions
    here = subs.c.id == delivery.subscription_id
    rotation = connection.scalar(select(subs.c.rotation).where(here).with_for_update())
    if rotation is not None:
        left = rotation.without(delivery.tip_id)
        connection.execute(update(subs).where(here).values(rotation=left))

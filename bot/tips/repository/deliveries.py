"""Deliveries: what was posted, or was not, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.outbox.models import State
from bot.outbox.repository import Outbox
from bot.tips.deliveries import FEATURE, to_delivery
from bot.tips.models import Delivery, Subscription
from bot.tips.tables import subscriptions

CALLED_OFF = "called_off"


class DeliveryRepository:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def history(self, team_id: str, channel_id: str = "", limit: int = 10) -> list[Delivery]:
        """The newest first; of one channel, or of the whole workspace."""
        found = self._outbox.history(team_id, FEATURE, channel_id, limit)
        return [to_delivery(message) for message in found]

    def count_sent(self, team_id: str, since: datetime) -> int:
        """Tips that were posted in a workspace."""
        return self._outbox.count_sent(team_id, FEATURE, since)


def call_off(outbox: Outbox, connection: Connection, sub: Subscription) -> None:
    """Withdraw what is waiting, as it is no longer wanted; its tip comes another time."""
    for message in outbox.lock_waiting(connection, sub.team_id, FEATURE, str(sub.id)):
        after = replace(message, state=State.MISSED, next_at=None, error=CALLED_OFF)
        outbox.save_waiting(connection, after)
        give_back(connection, to_delivery(message))


def give_back(connection: Connection, delivery: Delivery) -> None:
    """The channel's rotation without the tip, which was not posted after all."""
    here = subscriptions.c.id == delivery.subscription_id
    query = select(subscriptions.c.rotation).where(here).with_for_update()
    rotation = connection.scalar(query)
    if rotation is not None:
        left = rotation.without(delivery.tip_id)
        connection.execute(update(subscriptions).where(here).values(rotation=left))

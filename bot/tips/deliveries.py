"""Deliveries as messages of the outbox, and back. Pure."""

from __future__ import annotations

from datetime import date

from bot.outbox.models import GRACE, OutboundMessage, State
from bot.outbox.outcomes import Effect
from bot.tips.models import Delivery

FEATURE = "tips"
DATA = ("tip_id", "round", "number", "total", "lang")


def to_message(delivery: Delivery) -> OutboundMessage:
    """A new message; one that is missed already is only kept as a record."""
    waits = delivery.state is State.WAITING
    return OutboundMessage(
        id=delivery.id,
        team_id=delivery.team_id,
        channel_id=delivery.channel_id,
        feature=FEATURE,
        key=f"{delivery.subscription_id}:{delivery.local_date}",
        subject=str(delivery.subscription_id),
        data={"date": str(delivery.local_date)} | {name: getattr(delivery, name) for name in DATA},
        due_at=delivery.due_at,
        expires_at=delivery.due_at + GRACE,
        state=delivery.state,
        next_at=delivery.due_at if waits else None,
        error=delivery.error,
    )


def to_delivery(message: OutboundMessage) -> Delivery:
    return Delivery(
        id=message.id,
        subscription_id=int(message.subject),
        team_id=message.team_id,
        channel_id=message.channel_id,
        local_date=date.fromisoformat(message.data["date"]),
        due_at=message.due_at,
        state=message.state,
        attempt=message.attempt,
        ts=message.ts,
        error=message.error,
        **{name: message.data[name] for name in DATA},
    )


def is_given_back(message: OutboundMessage, effect: Effect) -> bool:
    """Whether the tip, which was not posted, is to come another time. Not so a tip that cannot be
    rendered or posted: it would come again every week."""
    if message.state is State.MISSED:
        return effect is not Effect.UNWANTED
    return message.state is State.FAILED and effect in (Effect.CHANNEL_GONE, Effect.PLAN_LIMIT)

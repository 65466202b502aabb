"""What an outcome means for a delivery. Pure: delivery and outcome in, delivery out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.tips.models import LEASE, Delivery, State
from bot.tips.outcomes import Effect, Outcome

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)
LEAST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to save. `give_back`: the tip was not posted and comes another time."""

    after: Delivery
    give_back: bool = False


def settle_post(delivery: Delivery, outcome: Outcome, now: datetime) -> Settlement:
    """After an attempt to post."""
    error = outcome.error
    match outcome.effect:
        case Effect.POSTED:
            return Settlement(_sent(delivery, outcome))
        case Effect.LIMITED:
            return try_again(delivery, now + max(outcome.wait, LEAST_WAIT), error)
        case Effect.NOT_POSTED:
            pause = min(FIRST_PAUSE * 2 ** min(delivery.attempt - 1, 10), LONGEST_PAUSE)
            return try_again(delivery, now + pause, error)
        case Effect.WORKSPACE_DEAD:  # for the case that the workspace is mended within the day
            return try_again(delivery, now, error)
        case Effect.CHANNEL_GONE | Effect.PLAN_LIMIT:
            return Settlement(_failed(delivery, error), give_back=True)
        case Effect.UNWANTED:
            return Settlement(replace(delivery, state=State.MISSED, retry_at=None, error=error))
        case Effect.OUR_FAULT:  # a tip that cannot be posted must not come again every week
            return Settlement(_failed(delivery, error))
        case _:
            look_up = delivery.claimed_at + LEASE
            return Settlement(_unconfirmed(delivery, look_up, error))


def settle_lookup(delivery: Delivery, outcome: Outcome, now: datetime) -> Settlement:
    """After looking for an unconfirmed delivery in the channel's history."""
    match outcome.effect:
        case Effect.POSTED:
            return Settlement(_sent(delivery, outcome))
        case Effect.ABSENT:
            return try_again(delivery, now, delivery.error)
        case Effect.LIMITED | Effect.NOT_POSTED:
            later = now + max(outcome.wait, FIRST_PAUSE)
            return Settlement(_unconfirmed(delivery, later, delivery.error))
        case _:  # no scope, no channel: nobody can know, so it is never posted again
            return Settlement(_unconfirmed(delivery, None, outcome.error))


def try_again(delivery: Delivery, at: datetime, error: str) -> Settlement:
    """Certainly not posted: once more at `at`, or, if that is too late, not this week."""
    if at > delivery.last_moment:
        missed = replace(delivery, state=State.MISSED, retry_at=None, error=error or "late")
        return Settlement(missed, give_back=True)
    return Settlement(replace(delivery, state=State.WAITING, retry_at=at, error=error))


def _sent(delivery: Delivery, outcome: Outcome) -> Delivery:
    return replace(delivery, state=State.SENT, ts=outcome.ts, retry_at=None, error="")


def _failed(delivery: Delivery, error: str) -> Delivery:
    return replace(delivery, state=State.FAILED, retry_at=None, error=error)


def _unconfirmed(delivery: Delivery, look_up_at: datetime | None, error: str) -> Delivery:
    return replace(delivery, state=State.UNCONFIRMED, retry_at=look_up_at, error=error)

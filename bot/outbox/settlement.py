"""What an outcome means for a message. Pure: message and outcome in, message out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.outbox.models import LEASE, UPDATE_LEASE, OutboundMessage, State
from bot.outbox.outcomes import Effect, Outcome

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)
LEAST_WAIT = timedelta(seconds=1)
UPDATE_GAP = timedelta(seconds=1)  # between two updates of one message
LONGEST_UPDATE_PAUSE = timedelta(minutes=1)


def settle_post(message: OutboundMessage, outcome: Outcome, now: datetime) -> OutboundMessage:
    """After an attempt to post."""
    error = outcome.error
    match outcome.effect:
        case Effect.POSTED:
            return _sent(message, outcome.ts)
        case Effect.LIMITED:
            return try_again(message, now + max(outcome.wait, LEAST_WAIT), error)
        case Effect.NOT_POSTED:
            pause = min(FIRST_PAUSE * 2 ** min(max(message.tries - 1, 0), 10), LONGEST_PAUSE)
            return try_again(message, now + pause, error)
        case Effect.WORKSPACE_DEAD:  # for the case that the workspace is mended in time
            return try_again(message, now, error)
        case Effect.UNWANTED:
            return _missed(message, error)
        case Effect.UNSURE:
            look_up_at = (message.claimed_at or now) + LEASE
            return _unconfirmed(message, look_up_at, error)
        case _:  # refused, and it would be refused again
            return replace(message, state=State.FAILED, next_at=None, error=error)


def settle_lookup(message: OutboundMessage, outcome: Outcome, now: datetime) -> OutboundMessage:
    """After looking for an unconfirmed message in the conversation's history."""
    match outcome.effect:
        case Effect.POSTED:
            return _sent(message, outcome.ts)
        case Effect.ABSENT:
            return try_again(message, now, message.error)
        case Effect.LIMITED | Effect.NOT_POSTED:
            later = now + max(outcome.wait, FIRST_PAUSE)
            return _unconfirmed(message, later, message.error)
        case _:  # no scope, no channel: nobody can know, so it is never posted again
            return _unconfirmed(message, None, outcome.error)


def settle_update(
    message: OutboundMessage, outcome: Outcome, now: datetime, look_again: datetime | None = None
) -> OutboundMessage:
    """After an attempt to update. Where the update was asked for again meanwhile, the repository
    lets it wait until `not_before`, whatever comes of this one."""
    match outcome.effect:
        case Effect.POSTED:
            if message.tries > 1:  # an earlier update, given up, may still arrive after this one
                look_again = min(look_again or now + UPDATE_LEASE, now + UPDATE_LEASE)
            state = State.WAITING if look_again else State.SENT
            return replace(
                message, state=state, next_at=look_again, not_before=now + UPDATE_GAP, tries=0,
                error="",
            )  # fmt: skip
        case Effect.LIMITED:
            at = now + max(outcome.wait, UPDATE_GAP)
        case Effect.NOT_POSTED | Effect.UNSURE:
            at = now + update_pause(message.tries)
        case Effect.WORKSPACE_DEAD:  # it is updated when the workspace is started again
            at = now + UPDATE_GAP
        case effect:  # not before it is asked for again
            unwanted = effect is Effect.UNWANTED
            return replace(
                message, state=State.MISSED if unwanted else State.FAILED, next_at=None,
                not_before=now + UPDATE_GAP, tries=0, error=outcome.error,
            )  # fmt: skip
    return replace(message, state=State.WAITING, next_at=at, not_before=at, error=outcome.error)


def update_pause(tries: int) -> timedelta:
    """How long to wait after the `tries`th update that came to nothing."""
    return min(UPDATE_GAP * (1 << min(tries, 10)), LONGEST_UPDATE_PAUSE)


def try_again(message: OutboundMessage, at: datetime, error: str) -> OutboundMessage:
    """Certainly not posted: once more at `at`, or, if it expires before, not at all."""
    if message.is_late(at):
        return _missed(message, error or Effect.LATE)
    return replace(message, state=State.WAITING, next_at=at, error=error)


def expire(message: OutboundMessage) -> OutboundMessage:
    """A message that waited too long."""
    return _missed(message, message.error or Effect.LATE)


def _sent(message: OutboundMessage, ts: str) -> OutboundMessage:
    return replace(message, state=State.SENT, ts=ts, next_at=None, error="")


def _missed(message: OutboundMessage, error: str) -> OutboundMessage:
    return replace(message, state=State.MISSED, next_at=None, error=str(error))


def _unconfirmed(
    message: OutboundMessage, look_up_at: datetime | None, error: str
) -> OutboundMessage:
    return replace(message, state=State.UNCONFIRMED, next_at=look_up_at, error=error)

"""The messages that questions cause, each once. Pure: they are given to the outbox with the change
that causes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.insights.models import KEEP, Question
from bot.outbox.models import HIDDEN, Kind, OutboundMessage

QUESTIONS = "questions"  # to the curators, and their updates
ASKERS = "askers"  # to those who asked
NAMES = "names"  # to the curators: a name that an entry might have
DIGESTS = "digests"
SETTLING = timedelta(seconds=2)  # until every process finds the entry that answers
LIFE_OF_DIGEST = timedelta(days=2)


def build_question_post(
    question: Question, channel_id: str, now: datetime, post_id: str
) -> OutboundMessage:
    """One in each channel that has been the curators'."""
    return OutboundMessage(
        id=post_id,
        team_id=question.team_id,
        channel_id=channel_id,
        feature=QUESTIONS,
        key=f"{question.id}:{channel_id}",
        subject=question.id,
        due_at=now,
        expires_at=now + KEEP,
        next_at=now,
    )


def build_question_update(
    question: Question, post: OutboundMessage, now: datetime, update_id: str
) -> OutboundMessage:
    return OutboundMessage(
        id=update_id,
        team_id=question.team_id,
        channel_id=post.channel_id,
        feature=QUESTIONS,
        key=f"{post.key}:shown",
        subject=question.id,
        kind=Kind.UPDATE,
        due_at=now,
        next_at=now,
    )


def build_asker_post(team_id: str, token: str, now: datetime, post_id: str) -> OutboundMessage:
    """Nothing in it says to whom it goes."""
    due_at = now + SETTLING
    return OutboundMessage(
        id=post_id,
        team_id=team_id,
        channel_id=HIDDEN,
        feature=ASKERS,
        key=token,
        subject=token,
        due_at=due_at,
        expires_at=now + KEEP,
        next_at=due_at,
    )


def build_name_post(
    team_id: str, key: str, entry_id: str, name: str, channel_id: str, now: datetime, post_id: str
) -> OutboundMessage:
    return OutboundMessage(
        id=post_id,
        team_id=team_id,
        channel_id=channel_id,
        feature=NAMES,
        key=f"{key}:{entry_id}"[:160],
        subject=entry_id[:64],
        data={"entry_id": entry_id, "name": name},
        due_at=now,
        expires_at=now + KEEP,
        next_at=now,
    )


def build_digest_post(
    team_id: str, channel_id: str, due_at: datetime, days: int, post_id: str
) -> OutboundMessage:
    return OutboundMessage(
        id=post_id,
        team_id=team_id,
        channel_id=channel_id,
        feature=DIGESTS,
        key=due_at.date().isoformat(),
        subject="digest",
        data={"days": days},
        due_at=due_at,
        expires_at=due_at + LIFE_OF_DIGEST,
        next_at=due_at,
    )

"""The messages that entries and proposals cause, each once: to the curators, to who proposed, to
an entry's owner; and the updates of those in a channel. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from bot.entries.models import Proposal, TeamEntry
from bot.outbox.models import Kind, OutboundMessage

FEATURE = "entries"


class PostKind(StrEnum):
    PROPOSED = "proposed"  # to the curators; its update shows what became of it
    TOLD = "told"  # to who proposed: what became of it
    UNREACHED = "unreached"  # to who proposed: the curators' channel takes no message
    ASKED = "asked"  # to an entry's owner: still right?
    ASKED_CURATORS = "asked_curators"


def kind_of(post: OutboundMessage) -> PostKind:
    return PostKind(post.data["kind"])


def is_person(channel_id: str) -> bool:
    """Whether a message goes to a person, not to a channel. It cannot be updated later."""
    return channel_id.startswith(("U", "W"))


def build_proposed(
    proposal: Proposal, recipients: Iterable[str], now: datetime
) -> list[OutboundMessage]:
    """One for each channel or person that is to see the proposal."""
    return [
        _post(proposal.team_id, to, PostKind.PROPOSED, f"{proposal.id}:proposed:{to}",
              proposal.id, now)
        for to in recipients
    ]  # fmt: skip


def build_told(proposal: Proposal, now: datetime) -> OutboundMessage:
    to, key = proposal.proposer, f"{proposal.id}:told"
    return _post(proposal.team_id, to, PostKind.TOLD, key, proposal.id, now)


def build_unreached(proposal: Proposal, now: datetime) -> OutboundMessage:
    to, key = proposal.proposer, f"{proposal.id}:unreached"
    return _post(proposal.team_id, to, PostKind.UNREACHED, key, proposal.id, now)


def build_updates(posts: Sequence[OutboundMessage], now: datetime) -> list[OutboundMessage]:
    """Updates of the proposal's messages that stand in a channel."""
    return [
        OutboundMessage(
            id=uuid4().hex,
            team_id=post.team_id,
            channel_id=post.channel_id,
            feature=FEATURE,
            key=f"{post.key}:update",
            subject=post.subject,
            kind=Kind.UPDATE,
            data={"kind": PostKind.PROPOSED, "ts": post.ts},
            due_at=now,
            next_at=now,
        )
        for post in posts
        if post.kind is Kind.POST
        and post.ts
        and kind_of(post) is PostKind.PROPOSED
        and not is_person(post.channel_id)
    ]


def build_asked(
    entry: TeamEntry, kind: PostKind, recipients: Iterable[str], now: datetime
) -> list[OutboundMessage]:
    """Whether an entry is still right. The key holds the day and how often it was asked."""
    day = entry.review_by.isoformat() if entry.review_by else ""
    return [
        _post(entry.team_id, to, kind, f"{entry.entry_id}:{day}:{entry.asked}:{to}",
              entry.entry_id, now, day=day)
        for to in recipients
    ]  # fmt: skip


def _post(
    team_id: str, to: str, kind: PostKind, key: str, subject: str, now: datetime, **data: str
) -> OutboundMessage:
    return OutboundMessage(
        id=uuid4().hex,
        team_id=team_id,
        channel_id=to,
        feature=FEATURE,
        key=key,
        subject=subject,
        data={"kind": kind, **data},
        due_at=now,
        next_at=now,
    )

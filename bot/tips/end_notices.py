"""What a subscriber is told when tips end by themselves: one direct message for the channels that
end at about the same time. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.outbox.models import OutboundMessage
from bot.tips.models import Subscription

FEATURE = "tips_ended"
GATHERING = timedelta(seconds=5)  # more channels may end meanwhile
LIFE = timedelta(days=3)  # after that it is old news


def build_end_notice(sub: Subscription, now: datetime, notice_id: str) -> OutboundMessage:
    due_at = now + GATHERING
    return OutboundMessage(
        id=notice_id,
        team_id=sub.team_id,
        channel_id=sub.created_by,
        feature=FEATURE,
        key=f"{sub.created_by}:{notice_id}",
        subject=sub.created_by,
        data={"lang": sub.lang, "channels": {sub.channel_id: sub.ended}},
        due_at=due_at,
        expires_at=now + LIFE,
        next_at=due_at,
    )


def extend(notice: OutboundMessage, sub: Subscription) -> OutboundMessage:
    """The notice with one more channel."""
    data = {**notice.data, "channels": {**channels_of(notice), sub.channel_id: sub.ended}}
    return replace(notice, data=data)


def channels_of(notice: OutboundMessage) -> Mapping[str, str]:
    """Why tips ended, by channel."""
    found: Mapping[str, str] = notice.data["channels"]
    return found

"""What Slack issues for a limited time: triggers, each good for one view, and response_urls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.playground.records import TEAM_ID

TRIGGER_SECONDS = 3
RESPONSE_URL_MINUTES, RESPONSE_URL_USES = 30, 5
Issued = TypeVar("Issued")
KEPT = 5_000  # of each, the newest, so that an old one can be told from a made-up one


@dataclass(slots=True)
class Trigger:
    user_id: str
    until: datetime
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where an interaction may be answered. `message_ts`: the message that it was about."""

    channel_id: str
    user_id: str
    until: datetime
    message_ts: str = ""
    uses: int = 0


@dataclass
class Triggers:
    """Not thread-safe: the workspace's lock guards it."""

    clock: Callable[[], datetime]
    issued: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def new_trigger(self, user_id: str) -> str:
        trigger = f"{next(self._numbers)}.{TEAM_ID}.trigger"
        until = self.clock() + timedelta(seconds=TRIGGER_SECONDS)
        _keep(self.issued, trigger, Trigger(user_id, until))
        return trigger

    def take_trigger(self, name: str) -> tuple[str, str]:
        """(user id, "") once within three seconds, else ("", Slack's error code)."""
        trigger = self.issued.get(name)
        if trigger is None:
            return "", "invalid_trigger_id"
        if trigger.used:
            return "", "exchanged_trigger_id"
        trigger.used = True
        return ("", "expired_trigger_id") if self.clock() > trigger.until else (trigger.user_id, "")

    def new_response_url(self, channel_id: str, user_id: str, message_ts: str = "") -> str:
        """Its key."""
        key = f"r{next(self._numbers)}"
        until = self.clock() + timedelta(minutes=RESPONSE_URL_MINUTES)
        _keep(self.response_urls, key, ResponseUrl(channel_id, user_id, until, message_ts))
        return key

    def take_response_url(self, key: str) -> tuple[ResponseUrl | None, str]:
        """(where to answer, "") five times within 30 minutes, else (None, Slack's error code)."""
        url = self.response_urls.get(key)
        if url is None or self.clock() > url.until:
            return None, "expired_url"
        if url.uses >= RESPONSE_URL_USES:
            return None, "used_url"
        url.uses += 1
        return url, ""


def _keep(kept: dict[str, Issued], key: str, new: Issued) -> None:
    kept[key] = new
    if len(kept) > KEPT:
        del kept[next(iter(kept))]

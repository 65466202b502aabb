"""Slack for running checklists: the tips' sender, which retries nothing, and two more calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.checklists.models import Run
from bot.checklists.posts import Post
from bot.tips.models import Delivery
from bot.tips.outcomes import Effect, Outcome
from bot.tips.ports import Message
from bot.tips.sender import SlackSender

TIMEOUT = 10  # seconds: half of a refresh's lease
EVENT_TYPE = "checklist_run"
NO_DIRECT = frozenset({"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot"})


class RunSender(SlackSender):
    def __init__(self, token_of: Callable[[str], str], base_url: str) -> None:
        super().__init__(token_of, base_url, timeout=TIMEOUT)

    def post(self, delivery: Delivery, message: Message) -> Outcome:
        """CHANNEL_GONE also stands for a person who cannot be written to."""
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}}
        arguments = {"channel": delivery.channel_id, "metadata": metadata, **message}
        outcome = self._call(delivery.team_id, "chat.postMessage", arguments)
        if outcome.error in NO_DIRECT:
            return replace(outcome, effect=Effect.CHANNEL_GONE)
        return outcome

    def find(self, delivery: Delivery) -> Outcome:
        """A direct message stands in a conversation with an id of its own (scope im:write); a reply
        in a thread is no part of the channel's history."""
        if isinstance(delivery, Post) and delivery.thread_ts:
            where = {"channel": delivery.channel_id, "ts": delivery.thread_ts}
            return self._find(delivery, "conversations.replies", where)
        if not delivery.channel_id.startswith(("U", "W")):
            return super().find(delivery)
        answer: dict[str, Any] = {}
        outcome = self._call(
            delivery.team_id, "conversations.open", {"users": delivery.channel_id}, answer
        )
        if outcome.effect is not Effect.POSTED:
            unsure = outcome.effect not in (Effect.LIMITED, Effect.NOT_POSTED)
            return replace(outcome, effect=Effect.UNSURE) if unsure else outcome
        conversation = str((answer.get("channel") or {}).get("id") or "")
        return super().find(replace(delivery, channel_id=conversation))

    def update(self, run: Run, message: Message) -> Outcome:
        """chat.update takes no unfurling options."""
        shown = {key: value for key, value in message.items() if not key.startswith("unfurl")}
        arguments = {"channel": run.channel_id, "ts": run.message_ts, **shown}
        return self._call(run.team_id, "chat.update", arguments)

"""Slack, as the outbox needs it (ports.Sender)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.outbox.calls import Note, SlackCalls
from bot.outbox.models import RESTORED, Content, OutboundMessage
from bot.outbox.outcomes import Effect, Outcome

TIMEOUT_SECONDS = 10  # half of an update's lease
# Where in the history a message may stand, counted from its claim: our clock may differ from
# Slack's by clock_check.MAX_SKEW, and a post is begun and ended within minutes. What a restored
# backup does not know of may have been posted at any time since it was due.
LOOK_BACK = timedelta(minutes=3)
LOOK_AHEAD = timedelta(minutes=10)
PAGE = 200  # Slack cuts it to 15 for apps that are sold outside its marketplace
MAX_PAGES = 5
MAX_PLACES = 10_000


class SlackSender:
    """Posts, updates and looks for messages, each call once."""

    def __init__(
        self,
        token_of: Callable[[str], str],
        base_url: str,
        timeout: float = TIMEOUT_SECONDS,
        note: Note = lambda method, effect: None,
    ) -> None:
        self._calls = SlackCalls(token_of, base_url, timeout, note)
        self._conversations: dict[tuple[str, str], str] = {}  # of direct messages; they never move
        self._places: dict[str, tuple[str, int]] = {}  # of look-ups that were told to wait

    def post(self, message: OutboundMessage, content: Content, event_type: str) -> Outcome:
        """CHANNEL_GONE also stands for a person who cannot be written to."""
        channel_id, failure = self._conversation_of(message)
        if failure is not None:
            # Nothing was posted, whatever became of the question for the conversation.
            unsure = failure.effect is Effect.UNSURE
            return replace(failure, effect=Effect.NOT_POSTED) if unsure else failure
        arguments: dict[str, Any] = {
            "channel": channel_id,
            "metadata": {"event_type": event_type, "event_payload": {"delivery_id": message.id}},
            **content,
        }
        if message.thread_ts:
            arguments["thread_ts"] = message.thread_ts
        return self._calls.call(message.team_id, "chat.postMessage", arguments)

    def update(self, message: OutboundMessage, content: Content) -> Outcome:
        """chat.update takes no unfurling options."""
        shown = {key: value for key, value in content.items() if not key.startswith("unfurl")}
        arguments = {"channel": message.channel_id, "ts": message.ts, **shown}
        return self._calls.call(message.team_id, "chat.update", arguments)

    def find(self, message: OutboundMessage) -> Outcome:
        """ABSENT only if all that was posted there around the claim was read. A reply in a thread
        is no part of the conversation's history."""
        channel_id, failure = self._conversation_of(message)
        if failure is not None:
            return _unread(failure)
        if message.claimed_at is None:
            return Outcome(Effect.UNSURE, error="never_claimed")
        since = message.due_at if message.error == RESTORED else message.claimed_at
        where = {
            "channel": channel_id,
            "oldest": f"{(since - LOOK_BACK).timestamp():.6f}",
            "latest": f"{(message.claimed_at + LOOK_AHEAD).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": PAGE,
        }
        if message.thread_ts:
            where["ts"] = message.thread_ts
        method = "conversations.replies" if message.thread_ts else "conversations.history"
        return self._find(message, method, where)

    def check(self, team_id: str) -> Outcome:
        return self._calls.call(team_id, "auth.test", {})

    def slack_time(self) -> datetime | None:
        headers = {key.lower(): value for key, value in self._calls.headers().items()}
        date = headers.get("date")
        try:
            return parsedate_to_datetime(date).astimezone(UTC) if date else None
        except ValueError:
            return None

    def _conversation_of(self, message: OutboundMessage) -> tuple[str, Outcome | None]:
        """The id of the conversation to post to, or why there is none. A direct message stands in
        one of its own, which is opened (scope im:write); without the scope the user's id serves."""
        user_id = message.channel_id
        if not user_id.startswith(("U", "W")):
            return message.channel_id, None
        known = self._conversations.get((message.team_id, user_id))
        if known:
            return known, None
        answer: dict[str, Any] = {}
        outcome = self._calls.call(
            message.team_id, "conversations.open", {"users": user_id}, answer
        )
        if outcome.error == "missing_scope":
            return user_id, None
        if outcome.effect is not Effect.POSTED:
            return "", outcome
        found = str((answer.get("channel") or {}).get("id") or "")
        if not found:
            return user_id, None
        self._conversations[message.team_id, user_id] = found
        return found, None

    def _find(self, message: OutboundMessage, method: str, where: dict[str, Any]) -> Outcome:
        """Where Slack allows one page a minute, each look goes on where the last was stopped."""
        cursor, pages = self._places.pop(message.id, ("", MAX_PAGES))
        while pages:
            page: dict[str, Any] = {}
            arguments = where | ({"cursor": cursor} if cursor else {})
            outcome = self._calls.call(message.team_id, method, arguments, page)
            if outcome.effect is Effect.LIMITED and len(self._places) < MAX_PLACES:
                self._places[message.id] = (cursor, pages)
            if outcome.effect is not Effect.POSTED:
                return _unread(outcome)
            pages -= 1
            for found in page.get("messages") or ():
                payload = (found.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == message.id:
                    return Outcome(Effect.POSTED, ts=str(found["ts"]))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Outcome(Effect.ABSENT)
        return Outcome(Effect.UNSURE, error="history_too_long")


def token_of(team_id: str, token: str) -> Callable[[str], str]:
    """The token of one workspace, "" for any other: another one's channels would look deleted to
    it, and what is posted there would end."""
    return lambda asked: token if asked == team_id else ""


def _unread(outcome: Outcome) -> Outcome:
    """A history that could not be read: later, or, where the app may not read it, never."""
    if outcome.effect is Effect.UNSURE:
        return Outcome(Effect.NOT_POSTED, error=outcome.error)
    if outcome.effect in (Effect.LIMITED, Effect.NOT_POSTED):
        return outcome
    return Outcome(Effect.UNSURE, error=outcome.error)

"""Slack, as the outbox needs it: the one place here that imports its SDK."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.outbox.models import Content, OutboundMessage
from bot.outbox.outcomes import Effect, Outcome, effect_of

TIMEOUT_SECONDS = 10  # half of an update's lease
# Where in the history a message may stand, counted from its claim: our clock may differ from
# Slack's by clock_check.MAX_SKEW, and a post is begun and ended within minutes.
LOOK_BACK = timedelta(minutes=3)
LOOK_AHEAD = timedelta(minutes=10)
PAGE = 200  # Slack cuts it to 15 for apps that are sold outside its marketplace
MAX_PAGES = 5
# A person who cannot be written to, said of the direct message or of its conversation.
NO_DIRECT = frozenset(
    {"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot", "users_not_found"}
)
DEFAULT_WAIT_SECONDS = 30  # of a 429 that names no time

log = logging.getLogger("bot.outbox.sender")


class SlackSender:
    """Sends with a client that retries nothing: Slack has no idempotency key, and the SDK's default
    handler would send a message again that may have arrived."""

    def __init__(
        self, token_of: Callable[[str], str], base_url: str, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._token_of = token_of
        self._conversations: dict[tuple[str, str], str] = {}  # of direct messages; they never move
        quiet = logging.getLogger("bot.outbox.slack_sdk")
        quiet.setLevel(logging.CRITICAL)  # failures are logged once, in the message's own line
        seconds: Any = timeout  # typed as whole seconds by the SDK, which takes fractions as well
        self._client = WebClient(
            base_url=base_url, timeout=seconds, retry_handlers=[], logger=quiet
        )

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
        return self._call(message.team_id, "chat.postMessage", arguments)

    def update(self, message: OutboundMessage, content: Content) -> Outcome:
        """chat.update takes no unfurling options."""
        shown = {key: value for key, value in content.items() if not key.startswith("unfurl")}
        arguments = {"channel": message.channel_id, "ts": message.ts, **shown}
        return self._call(message.team_id, "chat.update", arguments)

    def find(self, message: OutboundMessage) -> Outcome:
        """ABSENT only if all that was posted there around the claim was read. A reply in a thread
        is no part of the conversation's history."""
        channel_id, failure = self._conversation_of(message)
        if failure is not None:
            return _unread(failure)
        if message.claimed_at is None:
            return Outcome(Effect.UNSURE, error="never_claimed")
        where = {
            "channel": channel_id,
            "oldest": f"{(message.claimed_at - LOOK_BACK).timestamp():.6f}",
            "latest": f"{(message.claimed_at + LOOK_AHEAD).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": PAGE,
        }
        if message.thread_ts:
            where["ts"] = message.thread_ts
        method = "conversations.replies" if message.thread_ts else "conversations.history"
        return self._find(message, method, where)

    def check(self, team_id: str) -> Outcome:
        return self._call(team_id, "auth.test", {})

    def slack_time(self) -> datetime | None:
        try:
            headers: Mapping[str, str] = self._client.api_test().headers
        except SlackApiError as error:
            headers = error.response.headers
        except (OSError, ValueError) as error:
            log.warning("Slack's clock cannot be read: %s", type(error).__name__)
            return None
        date = {key.lower(): value for key, value in headers.items()}.get("date")
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
        outcome = self._call(message.team_id, "conversations.open", {"users": user_id}, answer)
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
        cursor = ""
        for _ in range(MAX_PAGES):
            page: dict[str, Any] = {}
            arguments = where | ({"cursor": cursor} if cursor else {})
            outcome = self._call(message.team_id, method, arguments, page)
            if outcome.effect is not Effect.POSTED:
                return _unread(outcome)
            for found in page.get("messages") or ():
                payload = (found.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == message.id:
                    return Outcome(Effect.POSTED, ts=str(found["ts"]))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Outcome(Effect.ABSENT)
        return Outcome(Effect.UNSURE, error="history_too_long")

    def _call(
        self,
        team_id: str,
        method: str,
        arguments: dict[str, Any],
        answer: dict[str, Any] | None = None,
    ) -> Outcome:
        """One request. POSTED stands for any success; `answer` receives its body."""
        token = self._token_of(team_id)
        if not token:
            return Outcome(Effect.WORKSPACE_DEAD, error="no_token")
        try:
            if answer is None:
                response = self._client.api_call(method, json={"token": token, **arguments})
            else:  # methods that read take a form
                response = self._client.api_call(method, params={"token": token, **arguments})
        except SlackApiError as error:
            return _refusal(error)
        except (OSError, ValueError) as error:  # ValueError: a body that is not UTF-8
            return Outcome(_effect_of_failure(error), error=_name(error))
        except Exception as error:  # http.client's own, for a connection cut while answering
            return Outcome(Effect.UNSURE, error=_name(error))
        if answer is not None:
            answer.update(response.data if isinstance(response.data, dict) else {})
        return Outcome(Effect.POSTED, ts=str(response.get("ts") or ""))


def token_of(team_id: str, token: str) -> Callable[[str], str]:
    """The token of one workspace, "" for any other: another one's channels would look deleted to
    it, and what is posted there would end."""
    return lambda asked: token if asked == team_id else ""


def ask_team(token: str, base_url: str) -> tuple[str, str]:
    """The id of the workspace that `token` belongs to, or "" and Slack's or the network's error."""
    try:
        return str(WebClient(token=token, base_url=base_url).auth_test()["team_id"]), ""
    except SlackApiError as error:
        return "", str(error.response["error"])
    except OSError as error:
        return "", _name(error)


def _refusal(error: SlackApiError) -> Outcome:
    response = error.response
    code = str(response.get("error") or "")
    if code in NO_DIRECT:
        return Outcome(Effect.CHANNEL_GONE, error=code)
    effect = effect_of(code, response.status_code)
    wait = timedelta()
    if effect is Effect.LIMITED:
        headers = {key.lower(): value for key, value in response.headers.items()}
        seconds = str(headers.get("retry-after") or "")
        wait = timedelta(seconds=int(seconds) if seconds.isdigit() else DEFAULT_WAIT_SECONDS)
    return Outcome(effect, error=code[:60], wait=wait)


def _effect_of_failure(error: Exception) -> Effect:
    """Only where no connection was made is it certain that nothing was sent."""
    cause = error.reason if isinstance(error, URLError) else error
    name = type(cause).__name__
    return Effect.NOT_POSTED if name in ("ConnectionRefusedError", "gaierror") else Effect.UNSURE


def _name(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    return type(cause).__name__ if isinstance(cause, Exception) else type(error).__name__


def _unread(outcome: Outcome) -> Outcome:
    """A history that could not be read: later, or, where the app may not read it, never."""
    if outcome.effect is Effect.UNSURE:
        return Outcome(Effect.NOT_POSTED, error=outcome.error)
    if outcome.effect in (Effect.LIMITED, Effect.NOT_POSTED):
        return outcome
    return Outcome(Effect.UNSURE, error=outcome.error)

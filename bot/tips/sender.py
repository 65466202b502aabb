"""Slack, as the tips need it: the one place in this package that imports its SDK."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.tips.models import Delivery
from bot.tips.outcomes import Effect, Outcome, effect_of
from bot.tips.ports import Message

TIMEOUT_SECONDS = 30
# Where in the history a delivery may stand, counted from its claim: our clock may differ from
# Slack's by delivery.MAX_SKEW, and a post is begun and ended within minutes.
LOOK_BACK = timedelta(minutes=3)
LOOK_AHEAD = timedelta(minutes=10)
PAGE = 200  # Slack cuts it to 15 for apps that are sold outside its marketplace
MAX_PAGES = 5
EVENT_TYPE = "weekly_tip"

log = logging.getLogger("bot.tips.sender")


class SlackSender:
    """Posts with a client that retries nothing: Slack has no idempotency key, and the SDK's default
    handler would send a message again that may have arrived."""

    def __init__(
        self, token_of: Callable[[str], str], base_url: str, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._token_of = token_of
        quiet = logging.getLogger("bot.tips.slack_sdk")
        quiet.setLevel(logging.CRITICAL)  # failures are told once, in the delivery's own line
        seconds: Any = timeout  # typed as whole seconds by the SDK, which takes fractions as well
        self._client = WebClient(
            base_url=base_url, timeout=seconds, retry_handlers=[], logger=quiet
        )

    def post(self, delivery: Delivery, message: Message) -> Outcome:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}}
        return self._call(
            delivery.team_id,
            "chat.postMessage",
            {"channel": delivery.channel_id, "metadata": metadata, **message},
        )

    def tell(self, team_id: str, user_id: str, message: Message) -> Outcome:
        return self._call(team_id, "chat.postMessage", {"channel": user_id, **message})

    def find(self, delivery: Delivery) -> Outcome:
        return self._find(delivery, "conversations.history", {"channel": delivery.channel_id})

    def _find(self, delivery: Delivery, method: str, where: dict[str, str]) -> Outcome:
        """ABSENT only if all that was posted there around the claim was read."""
        cursor = ""
        for _ in range(MAX_PAGES):
            arguments = {
                **where,
                "oldest": f"{(delivery.claimed_at - LOOK_BACK).timestamp():.6f}",
                "latest": f"{(delivery.claimed_at + LOOK_AHEAD).timestamp():.6f}",
                "include_all_metadata": True,
                "limit": PAGE,
            } | ({"cursor": cursor} if cursor else {})
            page: dict[str, Any] = {}
            outcome = self._call(delivery.team_id, method, arguments, page)
            if outcome.effect is not Effect.POSTED:
                return _unread(outcome)
            for found in page.get("messages") or ():
                payload = (found.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == delivery.id:
                    return Outcome(Effect.POSTED, ts=str(found["ts"]))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Outcome(Effect.ABSENT)
        return Outcome(Effect.UNSURE, error="history_too_long")

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
    it, and their subscriptions would end."""
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
    effect = effect_of(code, response.status_code)
    wait = timedelta()
    if effect is Effect.LIMITED:
        headers = {key.lower(): value for key, value in response.headers.items()}
        seconds = str(headers.get("retry-after") or "")
        wait = timedelta(seconds=int(seconds) if seconds.isdigit() else 30)
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

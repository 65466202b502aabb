"""One request to Slack at a time, its outcome by the classes of outcomes.py, and nothing retried:
Slack has no idempotency key, and the SDK's default handler would send a message again that may have
arrived."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.database.errors import StorageError
from bot.outbox.outcomes import Effect, Outcome, effect_of

# A person who cannot be written to, said of the direct message or of its conversation.
NO_DIRECT = frozenset(
    {"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot", "users_not_found"}
)
Note = Callable[[str, Effect], object]
DEFAULT_WAIT_SECONDS = 30  # of a 429 that names no time

log = logging.getLogger("bot.outbox.sender")


class SlackCalls:
    """`token_of` gives a workspace's token, "" where there is none. It may raise StorageError.
    `note` hears of each call: its method and what came of it."""

    def __init__(
        self, token_of: Callable[[str], str], base_url: str, timeout: float, note: Note
    ) -> None:
        self._token_of = token_of
        self._note = note
        quiet = logging.getLogger("bot.outbox.slack_sdk")
        quiet.setLevel(logging.CRITICAL)  # failures are logged once, in the message's own line
        seconds: Any = timeout  # typed as whole seconds by the SDK, which takes fractions as well
        self._client = WebClient(
            base_url=base_url, timeout=seconds, retry_handlers=[], logger=quiet
        )

    def call(
        self,
        team_id: str,
        method: str,
        arguments: dict[str, Any],
        answer: dict[str, Any] | None = None,
    ) -> Outcome:
        """One request. POSTED stands for any success; `answer` receives its body."""
        try:
            token = self._token_of(team_id)
        except StorageError:
            return Outcome(Effect.NOT_POSTED, error="storage")
        if not token:
            return Outcome(Effect.WORKSPACE_DEAD, error="no_token")
        outcome = self._request(token, method, arguments, answer)
        self._note(method, outcome.effect)
        return outcome

    def _request(
        self, token: str, method: str, arguments: dict[str, Any], answer: dict[str, Any] | None
    ) -> Outcome:
        try:
            if answer is None:
                response = self._client.api_call(method, json={"token": token, **arguments})
            else:  # methods that read take a form
                response = self._client.api_call(method, params={"token": token, **arguments})
        except SlackApiError as error:
            return _refusal(error)
        except (OSError, ValueError) as error:  # ValueError: a body that is not UTF-8
            return Outcome(_effect_of_failure(error), error=_name_of(error))
        except Exception as error:  # http.client's own, for a connection cut while answering
            return Outcome(Effect.UNSURE, error=_name_of(error))
        if answer is not None:
            answer.update(response.data if isinstance(response.data, dict) else {})
        return Outcome(Effect.POSTED, ts=str(response.get("ts") or ""))

    def headers(self) -> Mapping[str, str]:
        """The headers of Slack's answer; none if there is no answer."""
        try:
            found = self._client.api_test().headers
        except SlackApiError as error:
            found = error.response.headers
        except (OSError, ValueError) as error:
            log.warning("Slack's clock cannot be read: %s", type(error).__name__)
            self._note("api.test", Effect.NOT_POSTED)
            return {}
        self._note("api.test", Effect.POSTED)
        return dict(found)


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


def _name_of(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    return type(cause).__name__ if isinstance(cause, Exception) else type(error).__name__

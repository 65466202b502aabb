"""Slack's Web API and response_urls as the bot calls them: nothing that may have arrived is sent
again by itself."""

from __future__ import annotations

from time import sleep
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.webhook import WebhookClient, WebhookResponse

TIMEOUT_SECONDS = 10  # somebody waits for it
LONGEST_WAIT = 5  # seconds; what Slack asks beyond that, the person is told
MAX_WAITS = 2
LIMITED = 429


class ShortWait(RetryHandler):
    """Waits as long as a 429 asks, if that is short: the call was refused, so it may come again.

    The SDK's default handler also repeats a call whose connection was cut, which may have been
    accepted: Slack has no idempotency key.
    """

    def __init__(self) -> None:
        super().__init__(max_retry_count=MAX_WAITS)

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != LIMITED:
            return False
        return 0 <= _asked_wait(response) <= LONGEST_WAIT

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        state.next_attempt_requested = True
        if response is not None:
            sleep(_asked_wait(response))
        state.increment_current_attempt()


def build_client(
    base_url: str, token: str = "", timeout: int = TIMEOUT_SECONDS, *, waits: bool = True
) -> WebClient:
    """`waits`: whether a call may wait as a 429 asks; not where an ack waits for it."""
    handlers: list[RetryHandler] = [ShortWait()] if waits else []
    return WebClient(
        token=token or None, base_url=base_url, timeout=timeout, retry_handlers=handlers
    )


def post_to_url(response_url: str, body: dict[str, Any]) -> WebhookResponse:
    """Post to a response_url. A refusal is returned, as the SDK does, not raised."""
    client = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[ShortWait()])
    return client.send_dict(body)


def _asked_wait(response: HttpResponse) -> int:
    """The seconds of Retry-After; -1 where it names none."""
    headers = {key.lower(): value for key, value in response.headers.items()}
    values = headers.get("retry-after") or [""]
    text = str(values if isinstance(values, str) else values[0])
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1

"""Socket Mode: Slack's requests over a WebSocket that is watched, and made anew when it ends.

The SDK's own client needs up to a minute to see that a connection was cut, and spins meanwhile.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from math import inf
from threading import Event, Thread
from time import monotonic
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.settings import Settings, SettingsError
from bot.slack.client import build_client
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.http import Refused, dispatch_payload
from bot.slack.observer import Dispatches

WORKERS = 10
OPEN_SECONDS = 5
PING_SECONDS = 3.0  # between pings; a connection that answers none within
PONG_SECONDS = 4.0  # this time is cut: a silent one is replaced within ten seconds
STABLE_SECONDS = 10  # a connection that lived shorter counts as a failed attempt
OVERLAP_SECONDS = 10  # an old connection lives on, for the acks that are under way
WAITS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # before each attempt in a row
MAX_MESSAGE = 4_000_000  # bytes
WRONG_TOKEN = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "not_allowed_token_type", "forbidden_team", "invalid_auth_type",
})  # fmt: skip
LOST = (*CALL_ERRORS, WebSocketException)

log = logging.getLogger("bot.socket")
quiet = logging.getLogger("bot.socket.protocol")  # the library's own lines: ours say it once
quiet.setLevel(logging.CRITICAL)


class SocketMode:
    """From `start` to `close` there is one open connection, or the next is being made."""

    def __init__(self, app: Dispatches, settings: Settings) -> None:
        self._app = app
        self._client = build_client(settings.slack_api_url, timeout=OPEN_SECONDS, waits=False)
        self._app_token = settings.app_token
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="socket")
        self._closed = Event()
        self._wanted = Event()  # a new connection is needed
        self._current: ClientConnection | None = None
        self._connected_at = -inf
        self._keeper = Thread(target=self._keep_connected, name="socket-keeper", daemon=True)

    def start(self) -> None:
        """Connect. Raises SettingsError for a token that Slack refuses; an outage is waited out."""
        try:
            self._connect()
        except SlackApiError as error:
            if code_of(error) in WRONG_TOKEN:
                raise SettingsError(
                    f"Slack refused SLACK_APP_TOKEN ({code_of(error)}). It needs the scope "
                    "connections:write, and Socket Mode must be on in the app's settings."
                ) from error
            self._miss(error)
        except (*LOST, AttributeError) as error:  # the SDK raises that for JSON that is a list
            self._miss(error)
        self._keeper.start()

    def close(self) -> None:
        """Take no more requests, finish those under way, disconnect."""
        self._closed.set()
        self._wanted.set()
        if self._keeper.is_alive():
            self._keeper.join(OPEN_SECONDS)
        self._workers.shutdown(wait=True, cancel_futures=True)
        if self._current:
            self._current.close()

    def _keep_connected(self) -> None:
        """Make a connection whenever one is wanted, waiting longer from failure to failure."""
        failures = 0
        while not self._closed.is_set():
            self._wanted.wait()
            if monotonic() - self._connected_at > STABLE_SECONDS:
                failures = 0
            if self._closed.wait(WAITS[min(failures, len(WAITS) - 1)]):
                return
            self._wanted.clear()
            failures += 1
            try:
                self._connect()
            except Exception as error:  # whatever comes, this thread goes on
                self._miss(error)

    def _miss(self, error: Exception) -> None:
        said = code_of(error) or type(error).__name__
        if said == "link_disabled":
            said += ": switch Socket Mode on again in the app's settings"
        log.warning("Slack cannot be connected to (%s); trying again", said)
        self._wanted.set()

    def _connect(self) -> None:
        answer = self._client.apps_connections_open(app_token=self._app_token)
        stack = ExitStack()
        opening = connect(
            str(answer.get("url")),
            open_timeout=OPEN_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            close_timeout=1,
            max_size=MAX_MESSAGE,
            logger=quiet,
        )
        connection = stack.enter_context(opening)
        self._current, self._connected_at = connection, monotonic()
        log.info("connected by Socket Mode")
        Thread(
            target=self._read, args=(connection, stack), name="socket-reader", daemon=True
        ).start()

    def _read(self, connection: ClientConnection, stack: ExitStack) -> None:
        """Until the connection ends, however it does; then the next one is wanted."""
        try:
            with stack:
                for message in connection:
                    self._receive(connection, message)
        except WebSocketException as error:
            log.info("a connection was lost: %s", error)
        finally:
            if self._current is connection and not self._closed.is_set():
                self._wanted.set()

    def _receive(self, connection: ClientConnection, message: str | bytes) -> None:
        envelope = _parse(message)
        if envelope.get("type") == "disconnect":
            log.info("Slack asks for a new connection: %s", ascii(envelope.get("reason")))
            if self._current is connection:
                self._current = None
                self._wanted.set()
            _close_later(connection)
        elif envelope.get("envelope_id") and not self._closed.is_set():
            self._workers.submit(self._answer, connection, envelope)

    def _answer(self, connection: ClientConnection, envelope: dict[str, Any]) -> None:
        try:
            response = dispatch_payload(self._app, envelope.get("payload"), _retry_of(envelope))
            connection.send(json.dumps(_build_ack(envelope, response)))
        except Refused as refused:
            log.info("ignored an envelope: %s", refused)
        except WebSocketException:
            log.warning("an ack was lost with its connection: Slack sends the request again")
        except Exception:
            log.exception("an envelope failed")


def _parse(message: str | bytes) -> dict[str, Any]:
    """The envelope; {} if the text is not one."""
    try:
        parsed = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _retry_of(envelope: dict[str, Any]) -> dict[str, str]:
    """The headers of HTTP mode for an event that comes again."""
    attempt, reason = envelope.get("retry_attempt"), envelope.get("retry_reason")
    found = {"x-slack-retry-num": attempt, "x-slack-retry-reason": reason}
    return {name: str(value) for name, value in found.items() if value}


def _build_ack(envelope: dict[str, Any], response: BoltResponse) -> dict[str, Any]:
    ack: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
    if response.body and response.status == 200:
        ack["payload"] = json.loads(response.body)
    return ack


def _close_later(connection: ClientConnection) -> None:
    """Slack closes a connection that it asked to be replaced; if it forgets, we do."""

    def close() -> None:
        Event().wait(OVERLAP_SECONDS)
        connection.close()

    Thread(target=close, name="socket-closer", daemon=True).start()

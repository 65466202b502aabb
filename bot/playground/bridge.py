"""From the local workspace to the bot: signed HTTP requests; and the bot's response_urls back."""

from __future__ import annotations

import hmac
import json
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from time import monotonic, time
from typing import Any
from urllib.parse import urlencode

from bot.playground.records import BOT_USER_ID, TEAM_ID
from bot.playground.workspace import Workspace

ACK_SECONDS = 3
KEPT_LOG = 40  # requests shown in the side panel
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Payload = dict[str, Any]


class NoAnswer(Exception):
    """The bot answered late, with an error, or not at all; the text is the one that Slack shows."""


@dataclass(frozen=True, slots=True)
class Ack:
    """The bot's answer. `body`: its JSON; `text`: what it said instead of JSON."""

    status: int  # 0: none within three seconds
    body: Payload
    text: str

    @property
    def error(self) -> str:
        """Slack's code for an answer that is none, else ""."""
        if self.status == HTTPStatus.OK:
            return ""
        if not self.status:
            return "operation_timeout"
        return "http_client_error" if self.status < 500 else "http_service_error"


@dataclass(frozen=True, slots=True)
class Bridge:
    """`bot_port` is where the bot's own HTTP server listens."""

    bot_port: int
    secret: str

    def form(self, workspace: Workspace, fields: Payload) -> Ack:
        return self._post(workspace, fields, urlencode(fields), FORM)

    def interaction(self, workspace: Workspace, payload: Payload) -> Ack:
        return self._post(workspace, payload, urlencode({"payload": json.dumps(payload)}), FORM)

    def event(self, workspace: Workspace, event: Payload) -> None:
        envelope = {
            "type": "event_callback", "team_id": TEAM_ID, "api_app_id": "ALOCAL",
            "event_id": f"Ev{workspace.number()}", "event_time": int(time()), "event": event,
            "authorizations": [{"team_id": TEAM_ID, "user_id": BOT_USER_ID, "is_bot": True}],
        }  # fmt: skip
        self._post(workspace, envelope, json.dumps(envelope), JSON)

    def _post(self, workspace: Workspace, payload: Payload, body: str, content_type: str) -> Ack:
        """Send, and show both sides in the log."""
        timestamp = str(int(time()))
        digest = hmac.new(self.secret.encode(), f"v0:{timestamp}:{body}".encode(), sha256)
        headers = {"Content-Type": content_type, "X-Slack-Request-Timestamp": timestamp,
                   "X-Slack-Signature": f"v0={digest.hexdigest()}"}  # fmt: skip
        status, answer, began = 0, "", monotonic()
        try:
            with closing(
                HTTPConnection("127.0.0.1", self.bot_port, timeout=ACK_SECONDS)
            ) as connection:
                connection.request("POST", "/slack/events", body.encode(), headers)
                response = connection.getresponse()
                status, answer = response.status, response.read().decode()
        except (OSError, HTTPException) as error:
            status, answer = 0, f"operation_timeout ({error})"
        taken = round((monotonic() - began) * 1000)
        ack = _read(status, answer)
        self.record(workspace, "→", payload, status, ack.body or ack.text, taken)
        return ack

    @staticmethod
    def record(
        workspace: Workspace, way: str, sent: Any, status: int, answer: Any, taken: int = 0
    ) -> None:
        """In the side panel; `taken` in milliseconds."""
        with workspace.lock:
            entry = {"way": way, "sent": sent, "status": status, "answer": answer, "taken": taken}
            workspace.log.append({"number": workspace.number(), **entry})
            del workspace.log[:-KEPT_LOG]
            workspace.touch()


def _read(status: int, answer: str) -> Ack:
    try:
        body = json.loads(answer)
    except ValueError:
        body = None
    return Ack(status, body, "") if isinstance(body, dict) else Ack(status, {}, answer)

"""Whole payloads as Slack sends them, signed for HTTP or bare for Socket Mode.

Their trigger_id and response_url are made when they are sent: see LocalSlack.stamp.
"""

from __future__ import annotations

import hmac
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from time import time
from typing import Any
from urllib.parse import urlencode

from tests.support.local_slack import BOT, CHANNEL, SECRET, TEAM, USER

DM = f"D{USER}"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_numbers = count(1)


@dataclass(frozen=True)
class Response:
    status: int
    body: str

    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


def command(text: str, *, user: str = USER, channel: str = CHANNEL) -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": TEAM,
        "team_domain": "test",
        "channel_id": channel,
        "channel_name": "general",
        "user_id": user,
        "user_name": "someone",
        "api_app_id": "A1",
        "command": "/llm-startup",
        "text": text,
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": "",
    }


def event(kind: str, **fields: Any) -> dict[str, Any]:
    """An event envelope; `fields` go into the event."""
    number = next(_numbers)
    return {
        "token": "legacy",
        "team_id": TEAM,
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": {"type": kind, "event_ts": f"17.{number:06}", **fields},
    }


def mention(text: str, *, user: str = USER, **fields: Any) -> dict[str, Any]:
    ts = f"1700000001.{next(_numbers):06}"
    return event(
        "app_mention", user=user, text=f"<@{BOT}> {text}", ts=ts, channel=CHANNEL, **fields
    )


def direct_message(text: str, *, user: str = USER, **fields: Any) -> dict[str, Any]:
    ts = f"1700000002.{next(_numbers):06}"
    return event("message", user=user, text=text, ts=ts, channel=DM, channel_type="im", **fields)


def open_home(user: str = USER, tab: str = "home") -> dict[str, Any]:
    return event("app_home_opened", user=user, tab=tab, channel=f"D{user}")


def click(
    action: dict[str, Any],
    *,
    user: str = USER,
    channel: str = CHANNEL,
    ephemeral: bool = True,
    message_ts: str = "1700000003.000001",
    **extra: Any,
) -> dict[str, Any]:
    """A block_actions payload for a button or select as it stands in a reply."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "test"},
        "user": {"id": user},
        "api_app_id": "A1",
        "token": "legacy",
        "trigger_id": "",
        "channel": {"id": channel, "name": "general"},
        "container": {
            "type": "message",
            "message_ts": message_ts,
            "channel_id": channel,
            "is_ephemeral": ephemeral,
        },
        "response_url": "",
        "actions": [{"block_id": "b", "action_ts": "17.0", **action}],
        **extra,
    }


def click_in_view(
    action: dict[str, Any], *, view_type: str = "home", user: str = USER
) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "test"},
        "user": {"id": user},
        "api_app_id": "A1",
        "token": "legacy",
        "trigger_id": "",
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": view_type, "hash": "h", "blocks": []},
        "actions": [{"block_id": "b", "action_ts": "17.0", **action}],
    }


def explain(text: str, *, user: str = USER) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "explain_terms",
        "team": {"id": TEAM},
        "user": {"id": user},
        "channel": {"id": CHANNEL, "name": "general"},
        "api_app_id": "A1",
        "token": "legacy",
        "trigger_id": "",
        "message_ts": "17.1",
        "message": {"type": "message", "user": "U2", "text": text, "ts": "17.1"},
        "response_url": "",
    }


def encode(payload: dict[str, Any]) -> tuple[str, str]:
    """(body, content type) of a payload as Slack posts it."""
    if payload.get("type") in ("event_callback", "url_verification"):
        return json.dumps(payload), JSON
    if "command" in payload:
        return urlencode(payload), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


def post(
    wsgi: Any,
    body: str | bytes,
    content_type: str = FORM,
    *,
    path: str = "/slack/events",
    method: str = "POST",
    secret: str = SECRET,
    age: int = 0,
    **headers: str,
) -> Response:
    """Send one signed request through a WSGI application; `headers` override the signed ones."""
    raw = body.encode() if isinstance(body, str) else body
    timestamp = str(int(time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + raw, sha256).hexdigest()
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.input": io.BytesIO(raw),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp,
        "HTTP_X_SLACK_SIGNATURE": f"v0={digest}",
        **headers,
    }
    seen: list[str] = []
    chunks: Iterable[bytes] = wsgi(environ, lambda status, headers: seen.append(status))
    return Response(int(seen[0].split()[0]), b"".join(chunks).decode())


def send(wsgi: Any, payload: dict[str, Any], **headers: str) -> Response:
    return post(wsgi, *encode(payload), **headers)


def buttons(blocks: list[dict[str, Any]], action_id: str) -> list[dict[str, Any]]:
    """All elements of a reply whose id is `action_id`, with or without a number; each knows its
    block, as in what Slack sends."""
    found = []
    for block in blocks:
        where = {"block_id": block["block_id"]} if "block_id" in block else {}
        elements = [*block.get("elements", []), block.get("accessory")]
        for element in filter(None, elements):
            if str(element.get("action_id", "")).split(":")[0] == action_id:
                found.append(element | where)
    return found

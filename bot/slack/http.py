"""HTTP mode: one WSGI application with /slack/events and /healthz.

Bolt trusts its input: malformed JSON, a non-numeric timestamp or a body that is not UTF-8 would
end in a traceback, and a failed signature logs the whole body. So requests are checked here, and
Bolt's own check of the signature is off.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
MAX_BODY = 1_000_000  # bytes; Slack documents no maximum, its payloads stay far below
# What these keys of a payload hold, where they stand at all. Bolt reads them without looking.
SHAPES: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "team_id": (str, type(None)),
    "event": dict,
    "event_id": str,
    "team": (dict, type(None)),  # null where an app is installed on a whole organisation
    "enterprise": (dict, type(None)),
    "user": dict,
    "channel": dict,
    "actions": list,
    "view": dict,
    "container": dict,
    "message": dict,
    "response_url": str,
    "trigger_id": str,
    "callback_id": str,
    "authorizations": (list, type(None)),
}
TEXT = ("content-type", "text/plain; charset=utf-8")

log = logging.getLogger("bot.http")


class Refused(Exception):
    """A request that is not Slack's, or not well formed."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def build_wsgi(
    app: App, signing_secret: str
) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    verifier = SignatureVerifier(signing_secret)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        try:
            if path == HEALTH_PATH and method in ("GET", "HEAD"):
                return _send(start_response, HTTPStatus.OK, "ok")
            if path != EVENTS_PATH:
                raise Refused(HTTPStatus.NOT_FOUND, "no such path")
            if method != "POST":
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "POST only")
            return _dispatch(app, _checked(environ, verifier), start_response)
        except Refused as refused:
            log.info("refused %s %s: %s", method, path[:100], refused)
            return _send(start_response, refused.status, str(refused))

    return application


def _checked(environ: WSGIEnvironment, verifier: SignatureVerifier) -> BoltRequest:
    """The request if it is signed, fresh, small enough and well formed. Raises Refused."""
    body = _read_body(environ)
    timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        raise Refused(HTTPStatus.UNAUTHORIZED, "no valid signature")
    if not verifier.is_valid(body=body, timestamp=timestamp, signature=signature):
        raise Refused(HTTPStatus.UNAUTHORIZED, "no valid signature")
    content_type = environ.get("CONTENT_TYPE", "")
    if not _check_form(body, content_type) and "payload" in body:
        # Bolt takes a form that holds this word anywhere for an interaction, and a command with
        # "payload" in its text would be lost. Written otherwise it means the same.
        body = body.replace("payload", "%70ayload")
    headers = {"content-type": content_type}
    for name in ("x-slack-retry-num", "x-slack-retry-reason"):
        if value := environ.get("HTTP_" + name.upper().replace("-", "_")):
            headers[name] = value
    return BoltRequest(body=body, headers=headers)


def _read_body(environ: WSGIEnvironment) -> str:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise Refused(HTTPStatus.BAD_REQUEST, "Content-Length is not a number")
    if int(length) > MAX_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body too large")
    raw = environ["wsgi.input"].read(int(length) if int(length) else MAX_BODY + 1)
    if len(raw) > MAX_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body too large")
    try:
        return bytes(raw).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "body is not UTF-8") from error


def _check_form(body: str, content_type: str) -> bool:
    """Refuse what Bolt would fail on: JSON that is none, or an object of another shape.

    True if the body is or holds JSON, False if it is a plain form.
    """
    if "json" in content_type or body.startswith("{"):  # as Bolt decides
        text: str | None = body
    else:
        text = next(iter(parse_qs(body).get("payload", ())), None) if "payload" in body else None
    if text is None:
        return False
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "malformed JSON") from error
    if not isinstance(parsed, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "not a JSON object")
    for key, kinds in SHAPES.items():
        if key in parsed and not isinstance(parsed[key], kinds):
            raise Refused(HTTPStatus.BAD_REQUEST, f"{key} has an unexpected form")
    actions = parsed.get("actions")
    if actions is not None and not (actions and all(isinstance(a, dict) for a in actions)):
        raise Refused(HTTPStatus.BAD_REQUEST, "actions has an unexpected form")
    return True


def _dispatch(app: App, request: BoltRequest, start_response: StartResponse) -> Iterable[bytes]:
    response = app.dispatch(request)
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    status = HTTPStatus(response.status)
    start_response(f"{status.value} {status.phrase}", headers)
    return [response.body.encode("utf-8")]


def _send(start_response: StartResponse, status: HTTPStatus, text: str) -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [TEXT])
    return [text.encode("utf-8")]

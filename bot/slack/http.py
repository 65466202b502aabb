"""HTTP mode: one WSGI application with /slack/events, /healthz, /readyz, and pages for a browser.

Bolt trusts its input: malformed JSON, a non-numeric timestamp or a body that is not UTF-8 would
end in a traceback, and a failed signature logs the whole body. So requests are checked here, and
Bolt's own check of the signature is off.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from slack_bolt import BoltRequest, BoltResponse

from bot.database.deadline import within
from bot.logs import begin_request
from bot.slack.observer import Dispatches
from bot.slack.pages import ShowPage, Visit
from bot.slack.shapes import clean, find_fault
from bot.slack.signature import Signature

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
READY_PATH = "/readyz"
MAX_BODY = 1_000_000  # bytes; Slack documents no maximum, its payloads stay far below
CLICK_SECONDS = 2.0  # for all waiting on the database before the ack; Slack allows three in all
ODD = (AttributeError, TypeError, KeyError, ValueError, IndexError, RecursionError)
SPECIAL = ("\\u0000", "\\ud")  # how JSON writes what shapes.clean takes away
Look = Callable[[], tuple[bool, Mapping[str, Any]]]
TEXT = ("content-type", "text/plain; charset=utf-8")

NO_PAGES: Mapping[str, ShowPage] = {}

log = logging.getLogger("bot.http")


class Refused(Exception):
    """A request that is not Slack's, or not well formed."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def build_wsgi(
    app: Dispatches,
    signing_secret: str,
    look: Look | None = None,
    pages: Mapping[str, ShowPage] = NO_PAGES,
) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """`look` answers READY_PATH: whether the bot can do its work, and what it found. `pages` are
    what a browser may ask for, by path."""
    signed = Signature(signing_secret)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        begin_request()
        try:
            if path == HEALTH_PATH and method in ("GET", "HEAD"):
                return _send(start_response, HTTPStatus.OK, "ok")
            if look and path == READY_PATH and method in ("GET", "HEAD"):
                return send_readiness(start_response, look)
            if path in pages and method == "GET":
                return _show(start_response, pages[path], environ)
            if path != EVENTS_PATH:
                raise Refused(HTTPStatus.NOT_FOUND, "no such path")
            if method != "POST":
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "POST only")
            request = _build_request(environ, _read_signed(environ, signed))
            return _respond(_dispatch(app, request), start_response)
        except Refused as refused:
            log.info("refused %s %s: %s", ascii(method[:20]), ascii(path[:100]), refused)
            return _send(start_response, refused.status, str(refused))

    return application


def _read_signed(environ: WSGIEnvironment, signed: Signature) -> str:
    """The body if it is signed, fresh and small enough. Raises Refused."""
    body = _read_body(environ)
    timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
    if not signed.is_valid(body, timestamp, signature):
        raise Refused(HTTPStatus.UNAUTHORIZED, "no valid signature")
    return body


def _build_request(environ: WSGIEnvironment, body: str) -> BoltRequest:
    content_type = environ.get("CONTENT_TYPE", "")
    payload = _parse_json(body, content_type)
    if payload is not None:
        body, content_type = json.dumps(_checked_shape(payload)), "application/json"
    elif "payload" in body:
        # Bolt takes a form that holds this word anywhere for an interaction, and a command with
        # "payload" in its text would be lost. Written otherwise it means the same.
        body = body.replace("payload", "%70ayload")
    headers = {"content-type": content_type}
    for name in ("x-slack-retry-num", "x-slack-retry-reason"):
        if value := environ.get("HTTP_" + name.upper().replace("-", "_")):
            headers[name] = value
    try:
        return BoltRequest(body=body.replace("%00", ""), headers=headers)
    except ODD as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "unexpected form") from error


def dispatch_payload(app: Dispatches, payload: object, headers: dict[str, str]) -> BoltResponse:
    """The same for Socket Mode, whose payloads come parsed and unsigned. Raises Refused."""
    begin_request()
    if not isinstance(payload, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "not a JSON object")
    checked = _checked_shape(clean(payload))
    try:
        request = BoltRequest(mode="socket_mode", body=checked, headers=dict(headers))
    except ODD as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "unexpected form") from error
    return _dispatch(app, request)


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


def _parse_json(body: str, content_type: str) -> Any:
    """What the body is or holds as JSON; None for a plain form. Raises Refused."""
    if "json" in content_type or body.startswith("{"):  # as Bolt decides
        text: str | None = body
    else:
        text = next(iter(parse_qs(body).get("payload", ())), None) if "payload" in body else None
    if text is None:
        return None
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "malformed JSON") from error
    if not isinstance(parsed, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "not a JSON object")
    lower = text.lower()
    return clean(parsed) if any(special in lower for special in SPECIAL) else parsed


def _checked_shape(payload: dict[str, Any]) -> dict[str, Any]:
    if fault := find_fault(payload):
        raise Refused(HTTPStatus.BAD_REQUEST, f"unexpected form at {fault[:100]!a}")
    if payload.get("response_url") == "":  # Bolt would answer there that the app is not installed
        del payload["response_url"]
    return payload


def _dispatch(app: Dispatches, request: BoltRequest) -> BoltResponse:
    """Bolt's own reading may fail on odd input; what fails in a listener does not come here."""
    try:
        with within(CLICK_SECONDS):
            return app.dispatch(request)
    except ODD as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"unreadable: {type(error).__name__}") from error


def _respond(response: BoltResponse, start_response: StartResponse) -> Iterable[bytes]:
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    status = HTTPStatus(response.status)
    start_response(f"{status.value} {status.phrase}", headers)
    return [response.body.encode("utf-8")]


def _show(
    start_response: StartResponse, show: ShowPage, environ: WSGIEnvironment
) -> Iterable[bytes]:
    page = show(Visit.of(environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")))
    start_response(f"{page.status.value} {page.status.phrase}", list(page.headers))
    return [page.body.encode("utf-8")]


def send_readiness(start_response: StartResponse, look: Look) -> Iterable[bytes]:
    """200 or 503, with what was found as JSON."""
    ready, found = look()
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    headers = [("content-type", "application/json"), ("cache-control", "no-store")]
    start_response(f"{status.value} {status.phrase}", headers)
    return [json.dumps({"ready": ready, **found}).encode()]


def _send(start_response: StartResponse, status: HTTPStatus, text: str) -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [TEXT])
    return [text.encode("utf-8")]

"""HTTP on this machine only: who may ask, and how an answer is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.server import PlaygroundServer

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'"
)
HOSTS = ("127.0.0.1", "localhost")
TEXT = "text/plain; charset=utf-8"
HTTP_PORT = 80  # which browsers leave out
MAX_BODY = 1_000_000
LONGEST_LENGTH = 12  # digits; Python reads no number of thousands
NONE: Mapping[str, str] = {}


class LocalHandler(BaseHTTPRequestHandler):
    """Answers only requests made to this machine's own name, so that no web page elsewhere can
    reach it through the browser."""

    server: PlaygroundServer
    protocol_version = "HTTP/1.1"

    def parse_request(self) -> bool:
        """Connections outlive the server: once it is closed, their requests are not answered."""
        parsed = super().parse_request()
        if self.server.is_closed:
            self.close_connection = True
        return parsed and not self.server.is_closed

    def is_local(self) -> bool:
        """Whether the request may be answered; if not, it has been refused. `Origin: null` is a
        page elsewhere, another port of this machine another program's page."""
        port = self.server.server_address[1]
        hosts = {f"{name}:{port}" for name in HOSTS} | (set(HOSTS) if port == HTTP_PORT else set())
        own = {f"http://{host}" for host in hosts}
        if self.headers.get("Host", "") in hosts and self.headers.get("Origin", min(own)) in own:
            return True
        self.refuse(HTTPStatus.FORBIDDEN, "local requests only")
        return False

    def read_body(self) -> bytes | None:
        """The body; None if it cannot be read: then the request has been refused."""
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            self.refuse(HTTPStatus.BAD_REQUEST, "Content-Length should be a number")
        elif len(length) > LONGEST_LENGTH or int(length) > MAX_BODY:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body too large")
        else:
            return self.rfile.read(int(length))
        return None

    def refuse(self, status: HTTPStatus, text: str) -> None:
        """Refuse and close the connection: the rest of a body would be read as the next request."""
        self.close_connection = True
        self.send(status, text.encode(), TEXT, {"Connection": "close"})

    def send_json(
        self,
        body: dict[str, Any],
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] = NONE,
    ) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send(status, data, "application/json", headers)

    def send_text(self, status: HTTPStatus, text: str) -> None:
        self.send(status, text.encode(), TEXT)

    def redirect(self, place: str) -> None:
        self.send(HTTPStatus.FOUND, b"", "text/plain", {"Location": place})

    def send(
        self, status: HTTPStatus, data: bytes, kind: str, headers: Mapping[str, str] = NONE
    ) -> None:
        self.send_response(status)
        own = {"Content-Type": kind, "Content-Length": str(len(data)),
               "Content-Security-Policy": POLICY, "Cache-Control": "no-store",
               "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}  # fmt: skip
        for name, value in {**own, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client has gone
            self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The workspace's own clock, by which the bot checks its own."""
        return format_datetime(self.server.workspace.now(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """The bot's own log is enough."""

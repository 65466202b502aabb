"""HTTP on this machine only: who may ask, and how an answer is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.playground.server import PlaygroundServer

POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; frame-ancestors 'none'"
HOSTS = ("127.0.0.1", "localhost")
NONE: Mapping[str, str] = {}


class LocalHandler(BaseHTTPRequestHandler):
    """Answers only requests made to this machine's own name, so that no web page elsewhere can
    reach it through the browser."""

    server: PlaygroundServer
    protocol_version = "HTTP/1.1"

    def is_local(self) -> bool:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        origin = urlsplit(self.headers.get("Origin") or "").hostname
        if host in HOSTS and origin in (None, *HOSTS):
            return True
        self.send_text(HTTPStatus.FORBIDDEN, "local requests only")
        return False

    def send_json(
        self,
        body: dict[str, Any],
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] = NONE,
    ) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send(status, data, "application/json", headers)

    def send_text(self, status: HTTPStatus, text: str) -> None:
        self.send(status, text.encode(), "text/plain; charset=utf-8")

    def redirect(self, place: str) -> None:
        self.send(HTTPStatus.FOUND, b"", "text/plain", {"Location": place})

    def send(
        self, status: HTTPStatus, data: bytes, kind: str, headers: Mapping[str, str] = NONE
    ) -> None:
        self.send_response(status)
        own = {"Content-Type": kind, "Content-Length": str(len(data)),
               "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}  # fmt: skip
        for name, value in {**own, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever asked has gone
            self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The workspace's own clock, by which the bot checks its own."""
        return format_datetime(self.server.workspace.now(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """The bot's own log is enough."""

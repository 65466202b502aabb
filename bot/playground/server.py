"""The local workspace's HTTP server: the page, the Web API, response_urls, news for the page.

Listens on 127.0.0.1 and answers only requests made to that name, so that no web page elsewhere
can reach it through the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.playground.bridge import Bridge, respond
from bot.playground.methods import call
from bot.playground.person import act
from bot.playground.workspace import Workspace

STATIC = Path(__file__).with_name("static")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
NEWS_SECONDS = 15  # a news stream says something at least so often
MAX_BODY = 1_000_000
MAX_HOURS = 24 * 28
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; frame-ancestors 'none'"
UNLOGGED = ("api.test", "auth.test", "users.info")
HOSTS = ("127.0.0.1", "localhost")


class PlaygroundServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, workspace: Workspace, token: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.workspace = workspace
        self.token = token
        self.bridge: Bridge | None = None
        self.advance: Callable[[float], None] = lambda hours: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: PlaygroundServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._is_local():
            return
        path = urlsplit(self.path)
        if path.path == "/state":
            user_id = parse_qs(path.query).get("user", ["U1"])[0]
            self._json(snapshot(self.server.workspace, user_id))
        elif path.path == "/news":
            self._news()
        else:
            self._static(path.path)

    def do_POST(self) -> None:
        if not self._is_local():
            return
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY:
            self._text(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body too large")
            return
        body = self._body(self.rfile.read(length).decode("utf-8", "replace"))
        path = urlsplit(self.path).path
        workspace = self.server.workspace
        if path.startswith("/api/"):
            self._api(path.removeprefix("/api/"), body)
        elif path.startswith("/respond/"):
            status, text = respond(workspace, path.removeprefix("/respond/"), body)
            Bridge.record(workspace, "← bot response_url", body, status, text)
            self._text(HTTPStatus(status), text)
        elif path == "/do" and self.server.bridge:
            try:
                act(workspace, self.server.bridge, body)
                self._json({"ok": True})
            except (KeyError, StopIteration) as error:
                self._json({"ok": False, "error": f"not there: {error}"}, HTTPStatus.NOT_FOUND)
        elif path == "/clock":
            self.server.advance(min(float(body.get("hours", 0)), MAX_HOURS))
            self._json({"ok": True})
        else:
            self._text(HTTPStatus.NOT_FOUND, "not found")

    def _api(self, method: str, body: dict[str, Any]) -> None:
        sent = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if (sent or body.pop("token", "")) != self.server.token:
            answer: dict[str, Any] = {"ok": False, "error": "invalid_auth"}
        else:
            answer = call(self.server.workspace, method, body)
        if method not in UNLOGGED:
            Bridge.record(self.server.workspace, f"← bot {method}", body, 200, answer)
        self._json(answer)

    def _body(self, raw: str) -> dict[str, Any]:
        if "json" in (self.headers.get("Content-Type") or ""):
            parsed = json.loads(raw or "{}")
            return parsed if isinstance(parsed, dict) else {}
        found: dict[str, Any] = {key: values[0] for key, values in parse_qs(raw).items()}
        for key in ("blocks", "view", "metadata"):  # the SDK sends them as JSON in a form
            if isinstance(found.get(key), str):
                found[key] = json.loads(found[key])
        return found

    def _news(self) -> None:
        """Server-sent events: a line whenever something changed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        workspace, seen = self.server.workspace, -1
        try:
            while True:
                seen = workspace.wait_for_news(seen, NEWS_SECONDS)
                self.wfile.write(f"data: {seen}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.close_connection = True  # the page was closed

    def _static(self, path: str) -> None:
        name = "index.html" if path == "/" else path.removeprefix("/static/")
        file = STATIC / name
        if file.parent != STATIC or not file.is_file() or file.suffix not in TYPES:
            self._text(HTTPStatus.NOT_FOUND, "not found")
            return
        self._send(HTTPStatus.OK, file.read_bytes(), f"{TYPES[file.suffix]}; charset=utf-8")

    def _is_local(self) -> bool:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        origin = urlsplit(self.headers.get("Origin") or "").hostname
        if host in HOSTS and origin in (None, *HOSTS):
            return True
        self._text(HTTPStatus.FORBIDDEN, "local requests only")
        return False

    def _json(self, body: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, json.dumps(body, ensure_ascii=False).encode(), "application/json")

    def _text(self, status: HTTPStatus, text: str) -> None:
        self._send(status, text.encode(), "text/plain; charset=utf-8")

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The workspace's own clock, by which the bot checks its own."""
        return format_datetime(self.server.workspace.now(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """The bot's own log is enough."""


def snapshot(workspace: Workspace, user_id: str) -> dict[str, Any]:
    """All that one person's page shows."""
    with workspace.lock:
        return {
            "version": workspace.version,
            "now": workspace.now().isoformat(),
            "users": [
                {"id": u.id, "name": u.name, "role": u.role, "locale": u.locale}
                for u in workspace.users.values()
            ],
            "channels": [
                {"id": c.id, "name": c.name, "im": bool(c.im_of)}
                for c in workspace.channels.values()
                if user_id in c.members
            ],
            "messages": workspace.seen_by(user_id),
            "home": workspace.homes.get(user_id),
            "modals": workspace.modals.get(user_id, []),
            "log": workspace.log,
            "faults": workspace.faults,
        }

"""The local workspace's HTTP server: the page, the Web API, response_urls, news for the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

from bot.playground.bridge import Bridge, NoAnswer
from bot.playground.handler import TEXT, LocalHandler
from bot.playground.oauth import ACCESS, AUTHORIZE, DECIDE, OAuthDesk
from bot.playground.page import snapshot
from bot.playground.person import act
from bot.playground.web_api import ANY, UNSEEN, WebApi

STATIC = Path(__file__).with_name("static")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
NEWS_SECONDS = 15  # a news stream says something at least so often
RETRY = 1_000  # milliseconds until a page looks whether the workspace is back
MAX_HOURS = 24 * 28
MAX_SAID = 300
PAGE_ONLY = {"do", "clock", "refuse"}  # as JSON, which no form of another page can send
AS_JSON = ("blocks", "view", "metadata")  # parameters that may be JSON in a string
PERMALINK = re.compile(r"/archives/(?P<channel>\w+)/p(?P<seconds>\d+)(?P<number>\d{6})")


class PlaygroundServer(ThreadingHTTPServer):
    """`bridge` takes what people do to the bot; without one there is only the Web API."""

    daemon_threads = True

    def __init__(self, port: int, api: WebApi, handler: type[LocalHandler] | None = None) -> None:
        self.api = api
        self.workspace = api.workspace
        super().__init__(("127.0.0.1", port), handler or Handler)  # may call server_close
        self.workspace.url = f"{self.url}/"
        self.bridge: Bridge | None = None
        self.desk: OAuthDesk | None = None  # where the app can be added to more workspaces
        self.advance: Callable[[float], None] = lambda hours: None
        self.is_closed = False

    def server_close(self) -> None:
        """The pages' streams end too, by which the pages notice."""
        self.is_closed = True
        self.workspace.touch()
        super().server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(LocalHandler):
    server: PlaygroundServer

    def do_GET(self) -> None:
        if not self.is_local():
            return
        path = urlsplit(self.path)
        if path.path == "/state":
            asked = parse_qs(path.query)
            user_id = asked.get("user", ["U1"])[0]
            shown = snapshot(self.server.workspace, user_id, with_log="log" in asked)
            self.send_json({**shown, "armed": self.server.api.armed()})
        elif path.path == "/news":
            self._news()
        elif path.path in (AUTHORIZE, DECIDE) and self.server.desk is not None:
            self._install(self.server.desk, path.path, dict(parse_qsl(path.query)))
        elif found := PERMALINK.fullmatch(path.path):
            self.redirect(f"/#{found['channel']}/{found['seconds']}.{found['number']}")
        elif path.path.startswith("/files/"):
            self._file(path.path.removeprefix("/files/"))
        else:
            self._static(path.path)

    def do_POST(self) -> None:
        raw = self.read_body()
        if raw is None or not self.is_local():
            return
        place, _, name = urlsplit(self.path).path.lstrip("/").partition("/")
        receive = {
            "api": self._api, "respond": self._respond, "upload": self._upload, "do": self._do,
            "clock": self._clock, "refuse": self._refuse,
        }.get(place)  # fmt: skip
        if receive is None:
            self.refuse(HTTPStatus.NOT_FOUND, "not found")
            return
        if place in PAGE_ONLY and self.headers.get_content_type() != "application/json":
            self.refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "application/json only")
            return
        try:
            receive(name, raw)
        except NoAnswer as error:
            self.send_json({"ok": False, "error": str(error)}, HTTPStatus.BAD_GATEWAY)
        except Exception as error:  # whatever was sent, the client gets an answer
            said = f"{type(error).__name__}: {error}"
            self.send_json({"ok": False, "error": said[:MAX_SAID]}, HTTPStatus.BAD_REQUEST)

    def _api(self, method: str, raw: bytes) -> None:
        body, desk = self._body(raw), self.server.desk
        if desk is not None and method == ACCESS:
            reply = desk.exchange(self.headers.get("Authorization") or "", body)
        else:
            token = self._token(body)
            api = desk.find_api(token) if desk is not None else self.server.api
            reply = api.call(method, body, token)
        if method not in UNSEEN and method != ACCESS:
            way = f"← {method}"
            Bridge.record(self.server.workspace, way, body, reply.status, reply.body)
        self.send_json(reply.body, HTTPStatus(reply.status), reply.headers)

    def _install(self, desk: OAuthDesk, path: str, query: dict[str, str]) -> None:
        if path == DECIDE:
            try:
                self.redirect(desk.decide(query))
            except KeyError as error:
                self.send_text(HTTPStatus.BAD_REQUEST, str(error))
            return
        status, page = desk.authorize(query)
        self.send(status, page.encode(), "text/html; charset=utf-8")

    def _token(self, body: dict[str, Any]) -> str:
        """The token of a call, from its header or body. It is not recorded."""
        sent = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        inside = str(body.pop("token", ""))
        return sent or inside

    def _respond(self, key: str, raw: bytes) -> None:
        body = self._body(raw)
        status, text = self.server.api.respond(key, body)
        Bridge.record(self.server.workspace, "← response_url", body, status, text)
        self.send_text(HTTPStatus(status), text)

    def _upload(self, file_id: str, raw: bytes) -> None:
        self.server.workspace.files[file_id].data = raw
        self.send_text(HTTPStatus.OK, f"OK - {len(raw)}")

    def _do(self, name: str, raw: bytes) -> None:
        if self.server.bridge is None:
            raise LookupError("The bot is still starting: try again in a moment.")
        act(self.server.workspace, self.server.bridge, self._body(raw))
        self.send_json({"ok": True})

    def _clock(self, name: str, raw: bytes) -> None:
        hours = float(self._body(raw).get("hours", 0))
        if not hours >= 0:  # which "not a number" is not either
            raise ValueError("the clock goes forward")
        self.server.advance(min(hours, MAX_HOURS))
        self.send_json({"ok": True})

    def _refuse(self, name: str, raw: bytes) -> None:
        """The page orders an error for a later call."""
        body = self._body(raw)
        status, retry_after = int(body.get("status", 200)), int(body.get("retry_after", 0))
        error = str(body["error"])
        self.server.api.refuse(ANY, error, status=status, retry_after=retry_after)
        self.send_json({"ok": True})

    def _body(self, raw: bytes) -> dict[str, Any]:
        text = raw.decode("utf-8", "replace")
        if "json" in (self.headers.get("Content-Type") or ""):
            parsed = json.loads(text or "{}")
            found: dict[str, Any] = parsed if isinstance(parsed, dict) else {}
        else:
            found = {key: values[0] for key, values in parse_qs(text).items()}
        for key in AS_JSON:
            if isinstance(found.get(key), str):
                with suppress(ValueError):  # the method says what is wrong with it
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
        self.close_connection = True
        with suppress(OSError):  # the page was closed
            self.wfile.write(f"retry: {RETRY}\n\n".encode())
            while not self.server.is_closed:
                seen = workspace.wait_for_news(seen, NEWS_SECONDS)
                self.wfile.write(f"data: {seen}\n\n".encode())
                self.wfile.flush()

    def _static(self, path: str) -> None:
        name = "index.html" if path == "/" else path.removeprefix("/static/")
        if name not in {file.name for file in STATIC.iterdir()}:
            self.send_text(HTTPStatus.NOT_FOUND, "not found")
            return
        file = STATIC / name
        self.send(HTTPStatus.OK, file.read_bytes(), f"{TYPES[file.suffix]}; charset=utf-8")

    def _file(self, file_id: str) -> None:
        file = self.server.workspace.files.get(file_id)
        if file is None:
            self.send_text(HTTPStatus.NOT_FOUND, "not found")
            return
        name = quote(file.name)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        self.send(HTTPStatus.OK, file.data, TEXT, headers)

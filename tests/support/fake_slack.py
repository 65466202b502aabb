"""A Slack Web API on a free local port: records calls, and answers errors on demand.

It also takes the posts to `response_url`s. Waiting is by condition, never by sleeping.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "xoxb-test"
SECRET = "test-signing-secret"
TEAM, BOT, BOT_ID = "T1", "UBOT", "BBOT"
DEADLINE = 10  # seconds; reached only when a test fails


@dataclass(frozen=True)
class Call:
    """One request: a Web API method or `response_url`, and its parameters."""

    method: str
    params: dict[str, Any]


@dataclass
class FakeSlack:
    """`calls` in order; `queue` holds prepared answers by method."""

    calls: list[Call] = field(default_factory=list)
    queue: dict[str, deque[tuple[int, dict[str, Any], dict[str, str]]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    locales: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)  # standing answers by method

    def __post_init__(self) -> None:
        self._changed = Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail_next(self, method: str, error: str, status: int = 200, **headers: str) -> None:
        """The next call of `method` gets an error."""
        self.queue[method].append((status, {"ok": False, "error": error}, headers))

    def of(self, method: str) -> list[dict[str, Any]]:
        with self._changed:
            return [call.params for call in self.calls if call.method == method]

    def wait_for(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        """The calls of `method` once there are `count` of them."""
        enough: Callable[[], bool] = lambda: sum(c.method == method for c in self.calls) >= count  # noqa: E731
        with self._changed:
            assert self._changed.wait_for(enough, DEADLINE), f"{method} was not called {count} x"
        return self.of(method)

    def answer(
        self, method: str, params: dict[str, Any]
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        with self._changed:
            self.calls.append(Call(method, params))
            self._changed.notify_all()
            if self.queue[method]:
                return self.queue[method].popleft()
        return 200, {"ok": True, **self._body(method, params)}, {}

    def _body(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method in self.bodies:
            return self.bodies[method]
        match method:
            case "auth.test":
                return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "team": "Test"}
            case "users.info":
                return {
                    "user": {
                        "id": params["user"],
                        "locale": self.locales.get(params["user"], "en-US"),
                    }
                }
            case "chat.postMessage":
                return {"ts": f"1700000000.{len(self.calls):06}", "channel": params.get("channel")}
            case _:
                return {}


def _handler(slack: FakeSlack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = urlsplit(self.path).path
            method = path.removeprefix("/api/") if path.startswith("/api/") else "response_url"
            if "json" in self.headers.get("Content-Type", ""):
                params = json.loads(raw or "{}")
            else:
                params = {key: values[0] for key, values in parse_qs(raw).items()}
            status, body, headers = slack.answer(method, params)
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler

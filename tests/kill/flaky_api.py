"""A local Web API that misbehaves like a real one: it answers late, drops the connection after
accepting, says 429, or sees its client die. A client names its process in its token.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs

OK, LATE, DROP, LIMIT, ERROR = "ok", "late", "drop", "limit", "error"
KILL_UNREAD, KILL_ACCEPTED = "kill unread", "kill accepted"
ACCEPTING = frozenset({OK, LATE, DROP, KILL_ACCEPTED})


@dataclass
class FlakyApi:
    """`modes` are for the next posts, one each; after them all goes well."""

    readable: bool = True
    modes: list[str] = field(default_factory=list)
    messages: list[Mapping[str, Any]] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: datetime(2026, 1, 1, tzinfo=UTC))

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def delivery_ids(self) -> list[str]:
        with self._lock:
            return [m["metadata"]["event_payload"]["delivery_id"] for m in self.messages]

    def next_mode(self) -> str:
        with self._lock:
            return self.modes.pop(0) if self.modes else OK

    def accept(self, message: dict[str, Any]) -> str:
        with self._lock:
            ts = f"{self.now.timestamp():.0f}.{len(self.messages):06}"
            self.messages.append({**message, "ts": ts})
            return ts

    def history(self, channel: str, oldest: float, latest: float) -> dict[str, Any]:
        if not self.readable:
            return {"ok": False, "error": "missing_scope"}
        with self._lock:
            found = [m for m in self.messages
                     if m["channel"] == channel and oldest <= float(m["ts"]) <= latest]  # fmt: skip
        return {"ok": True, "messages": found}


def _handler(api: FlakyApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            method = self.path.rpartition("/")[2]
            if method == "chat.postMessage":
                self._post(json.loads(raw))
            elif method == "conversations.history":
                form = {key: values[0] for key, values in parse_qs(raw).items()}
                self._answer(
                    api.history(form["channel"], float(form["oldest"]), float(form["latest"]))
                )
            else:
                self._answer({"ok": True})

        def _post(self, message: dict[str, Any]) -> None:
            mode = api.next_mode()
            ts = api.accept(message) if mode in ACCEPTING else ""
            if mode in (KILL_UNREAD, KILL_ACCEPTED):
                token = self.headers["Authorization"]
                os.kill(int(token.rpartition("-")[2]), signal.SIGKILL)
            if mode == LATE:  # until the client has given up and closed
                with suppress(OSError):
                    self.connection.recv(1)
            if mode == OK:
                self._answer({"ok": True, "ts": ts})
            elif mode == LIMIT:
                self._answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "2"})
            elif mode == ERROR:
                self._answer({"ok": False, "error": "internal_error"})
            else:
                self.close_connection = True

        def _answer(
            self, body: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
        ) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(api.now, usegmt=True)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler

"""The local Web API that misbehaves like a real one: it answers late, drops the connection after
accepting, says 429, or sees its client die. A client names its process in its token.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from threading import Condition
from typing import Any, cast
from urllib.request import urlopen

from bot.playground.server import Handler
from bot.playground.workspace import Workspace
from tests.support.local_slack import DEADLINE, LocalSlack, RecordedApi

OK, LATE, DROP, LIMIT, ERROR = "ok", "late", "drop", "limit", "error"
KILL_UNREAD, KILL_ACCEPTED = "kill unread", "kill accepted"
ACCEPTING = frozenset({LATE, DROP, KILL_ACCEPTED})
REFUSING: Mapping[str, dict[str, Any]] = {
    LIMIT: {"error": "ratelimited", "status": 429, "retry_after": 2},
    ERROR: {"error": "internal_error"},
}
POST = "chat.postMessage"
HISTORY = ("channels:history", "groups:history", "im:history")


class FlakyApi(LocalSlack):
    """`readable`: whether the app may read the history."""

    def __init__(
        self, now: datetime = datetime(2026, 1, 1, tzinfo=UTC), *, readable: bool = True
    ) -> None:
        self._now = now
        self.readable = readable
        super().__init__(lambda: self._now, handler=_FlakyHandler)
        self._count_requests()
        if not readable:
            self.api.scopes.difference_update(HISTORY)

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, now: datetime) -> None:
        """Time goes on when all that was sent is done with, also for clients that were killed: on a
        busy machine it could otherwise be accepted after the minutes that a claim holds."""
        with urlopen(f"{self.api_url}api.test", b""):
            pass  # whatever was sent before this is counted by now
        with self._changed:
            assert self._changed.wait_for(lambda: not self._under_way, DEADLINE)
        self._now = now

    def _count_requests(self) -> None:
        self._under_way, self._changed = 0, Condition()
        server = self._server
        begin, end = server.process_request, server.shutdown_request

        def process(request: Any, address: Any) -> None:
            with self._changed:
                self._under_way += 1
            begin(request, address)

        def shutdown(request: Any) -> None:
            end(request)
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

        server.process_request = process  # type: ignore[method-assign]
        server.shutdown_request = shutdown  # type: ignore[method-assign]

    def build_api(self) -> RecordedApi:
        self._flaky = _FlakyApi(self.workspace)
        return self._flaky

    @property
    def modes(self) -> list[str]:
        """For the next posts, one each; after them all goes well."""
        return self._flaky.modes

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was accepted."""
        return self.workspace.messages

    def delivery_ids(self) -> list[str]:
        with self.workspace.lock:
            return [m["metadata"]["event_payload"]["delivery_id"] for m in self.messages]


class _FlakyApi(RecordedApi):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.modes: list[str] = []

    def accepts(self, token: str) -> bool:
        return token.startswith("xoxb-")

    def next_mode(self) -> str:
        with self.workspace.lock:
            return self.modes.pop(0) if self.modes else OK


class _FlakyHandler(Handler):
    def _api(self, method: str, raw: bytes) -> None:
        api = cast(_FlakyApi, self.server.api)
        mode = api.next_mode() if method == POST else OK
        if mode in REFUSING:
            api.refuse(POST, **REFUSING[mode])
        if mode == OK or mode in REFUSING:
            super()._api(method, raw)
            return
        body = self._body(raw)
        token = self._token(body)
        if mode in ACCEPTING:
            assert api.call(method, body, token).body["ok"]
        if mode in (KILL_UNREAD, KILL_ACCEPTED):
            os.kill(int(token.rpartition("-")[2]), signal.SIGKILL)
        if mode == LATE:  # until the client has given up and closed
            with suppress(OSError):
                self.connection.recv(1)
        self.close_connection = True

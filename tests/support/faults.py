"""A fault shim: the local Slack, whose answers to any method or response_url can go wrong."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from http import HTTPStatus
from typing import Any, cast

from bot.playground.server import Handler
from bot.playground.web_api import RESPONSE_URL
from bot.playground.workspace import Workspace
from tests.support.local_slack import LocalSlack, RecordedApi


class Fault(Enum):
    """What happens to one call; `AFTER`: it is accepted first."""

    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    SILENT_AFTER = "no answer after"
    HALF_AFTER = "half an answer after"
    BAD_JSON_AFTER = "bad JSON after"
    ERROR_500_BEFORE = "500 before"
    ERROR_500_AFTER = "500 after"
    INTERNAL_ERROR_AFTER = "internal_error after"
    LIMITED_SHORT = "429 for a moment"
    LIMITED_LONG = "429 for long"
    ARCHIVED = "is_archived"
    RESTRICTED = "restricted_action"
    TOO_LONG = "msg_too_long"

    @property
    def is_accepted(self) -> bool:
        return self.value.endswith("after")

    @property
    def is_unknown(self) -> bool:
        """Whether the bot cannot know what came of the call."""
        return self.is_accepted or self in (Fault.CUT_BEFORE, Fault.ERROR_500_BEFORE)


REFUSALS: dict[Fault, tuple[str, int, int]] = {  # error, status, Retry-After
    Fault.ERROR_500_BEFORE: ("server_error", 500, 0),
    Fault.LIMITED_SHORT: ("ratelimited", 429, 1),
    Fault.LIMITED_LONG: ("ratelimited", 429, 600),
    Fault.ARCHIVED: ("is_archived", 200, 0),
    Fault.RESTRICTED: ("restricted_action", 200, 0),
    Fault.TOO_LONG: ("msg_too_long", 200, 0),
}


class FaultySlack(LocalSlack):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, handler=_FaultyHandler)

    def build_api(self) -> RecordedApi:
        self._faulty = _FaultyApi(self.workspace)
        return self._faulty

    def break_next(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next `times` calls of a method, or of "response_url", go wrong."""
        self._faulty.faults[method].extend([fault] * times)

    @property
    def broken(self) -> int:
        """How many calls went wrong."""
        return self._faulty.broken


class _FaultyApi(RecordedApi):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.broken = 0

    def take_fault(self, method: str) -> Fault | None:
        with self.workspace.lock:
            if not self.faults[method]:
                return None
            self.broken += 1
            return self.faults[method].popleft()


class _FaultyHandler(Handler):
    def _api(self, method: str, raw: bytes) -> None:
        body = self._body(raw)
        token = self._token(body)
        fault = self._faulty.take_fault(method)
        if fault is None:
            super()._api(method, raw)
        else:
            self._fail(method, fault, lambda: self._faulty.call(method, body, token))

    def _respond(self, key: str, raw: bytes) -> None:
        fault = self._faulty.take_fault(RESPONSE_URL)
        if fault is None:
            super()._respond(key, raw)
        else:
            self._fail(RESPONSE_URL, fault, lambda: self._faulty.respond(key, self._body(raw)))

    @property
    def _faulty(self) -> _FaultyApi:
        return cast(_FaultyApi, self.server.api)

    def _fail(self, method: str, fault: Fault, accept: Callable[[], Any]) -> None:
        if fault.is_accepted:
            accept()
        if fault in REFUSALS:
            self._refuse_call(method, *REFUSALS[fault])
        elif fault is Fault.ERROR_500_AFTER:
            self._refuse_call(method, "server_error", 500, 0)
        elif fault is Fault.INTERNAL_ERROR_AFTER:
            self._refuse_call(method, "internal_error", 200, 0)
        elif fault is Fault.BAD_JSON_AFTER:
            self.send(HTTPStatus.OK, b'{"ok": tr', "application/json")
        elif fault is Fault.HALF_AFTER:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"ok": true')
        elif fault is Fault.SILENT_AFTER:
            with suppress(OSError):
                self.connection.recv(1)  # until the client has given up
        self.close_connection = fault not in REFUSALS

    def _refuse_call(self, method: str, error: str, status: int, retry_after: int) -> None:
        """A response_url has no error codes: it says 4xx."""
        if method == RESPONSE_URL and status == 200:
            status = 500 if error == "internal_error" else 404
        headers = {"Retry-After": str(retry_after)} if retry_after else {}
        self.send_json({"ok": False, "error": error}, HTTPStatus(status), headers)

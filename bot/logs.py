"""What a line of the log looks like: plain text, or JSON with the id of its request."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from random import getrandbits

PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> None:
    """What this thread logs from here on belongs to a new request, until it begins another."""
    _request_id.set(f"{getrandbits(32):08x}")  # no secret; each request pays for it


def current_request() -> str:
    return _request_id.get()


def continue_request(request_id: str) -> None:
    """This thread goes on with a request that another one began."""
    _request_id.set(request_id)


def configure(level: str, *, as_json: bool) -> None:
    """One handler, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(PLAIN))
    logging.basicConfig(level=level, handlers=[handler])


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, and, where there is one, request and
    traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request():
            line["request"] = request_id
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

"""What a failed call to Slack means: whether it was refused, or may have been done all the same."""

from __future__ import annotations

import re
from http.client import HTTPException
from json import JSONDecodeError
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.database.errors import StorageError

UNREADABLE = (HTTPException, JSONDecodeError, UnicodeDecodeError)  # an answer cut or garbled
CALL_ERRORS = (SlackClientError, OSError, *UNREADABLE)  # whatever a call can raise
NOT_SENT = (ConnectionRefusedError, gaierror, SSLCertVerificationError)
CODE = re.compile(r"[a-z][a-z0-9_.-]{0,79}")
# Slack's reference says of these that a part of the operation may have succeeded.
MAY_BE_DONE = frozenset({
    "fatal_error", "internal_error", "request_timeout", "service_unavailable",
})  # fmt: skip
UNREACHABLE = "unreachable"
LIMITED = frozenset({"ratelimited", "rate_limited"})


class ResponseUrlError(Exception):
    """A response_url answered with a status of 400 or more: a 4xx where it was used five times or
    is older than 30 minutes, a 5xx where nobody knows."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


SEND_ERRORS = (*CALL_ERRORS, ResponseUrlError)


def is_unknown(error: BaseException) -> bool:
    """Whether the call may have been accepted: cut, timed out, or answered by no clear word."""
    if isinstance(error, ResponseUrlError):
        return error.status >= 500
    if isinstance(error, SlackApiError):
        return error.response.status_code >= 500 or code_of(error) in ("", *MAY_BE_DONE)
    if isinstance(error, URLError):
        return not isinstance(error.reason, NOT_SENT)
    return isinstance(error, (OSError, *UNREADABLE)) and not isinstance(error, NOT_SENT)


def code_of(error: BaseException) -> str:
    """Slack's error code; UNREACHABLE where no connection was made; "" if there is no clear one."""
    if isinstance(error, SlackApiError):
        data = error.response.data
        code = str(data.get("error") or "") if isinstance(data, dict) else ""
        return code if CODE.fullmatch(code) else ""
    if isinstance(error, ResponseUrlError):
        return "ratelimited" if error.status == 429 else ""
    cause = error.reason if isinstance(error, URLError) else error
    return UNREACHABLE if isinstance(cause, NOT_SENT) else ""


def class_of(error: BaseException) -> str:
    """What failed, in one word, for counting."""
    if isinstance(error, StorageError):
        return "database"
    if not isinstance(error, SEND_ERRORS):
        return "fault"
    code = code_of(error)
    if code in LIMITED:
        return "limited"
    if code == UNREACHABLE:
        return "unreachable"
    return "unconfirmed" if is_unknown(error) else "refused"

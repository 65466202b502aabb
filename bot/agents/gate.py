"""Who may call over HTTP: whoever has the token, and Slack; on this machine alone, everybody."""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.agents.caller import SCOPE_KEY, parse_caller
from bot.slack.signature import Signature

SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"

log = logging.getLogger("bot.agents")


@dataclass(frozen=True, slots=True)
class Access:
    """`is_open`: also without a token or a signature."""

    token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    is_open: bool = False


class Gate:
    """Lets through what may call, and answers 401 to the rest before anything is read of it but the
    body of a request that claims to be Slack's."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._signature = Signature(access.signing_secret) if access.signing_secret else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] != "POST":  # there are no sessions to listen to or to end
            refusal = PlainTextResponse("POST only", 405, {"Allow": "POST"})
            await refusal(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._signature and SIGNATURE in headers:
            try:
                body = await Request(scope, receive).body()
            except ClientDisconnect:
                return
            if not _is_signed(self._signature, headers, body):
                await _refuse(scope, receive, send)
                return
            caller = parse_caller(body.decode())
            log.info("Slack calls for team %s user %s", caller.team_id, caller.user_id)
            scope = {**scope, SCOPE_KEY: caller}
            receive = _replay(body, receive)
        elif not (self._access.is_open or self._has_token(headers)):
            await _refuse(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        expected = self._access.token
        same = hmac.compare_digest(given.strip().encode(), expected.encode())
        return bool(expected) and scheme.lower() == "bearer" and same


def _is_signed(signature: Signature, headers: Headers, body: bytes) -> bool:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return signature.is_valid(text, headers.get(TIMESTAMP, ""), headers[SIGNATURE])


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body that was read already, then what else comes: that the caller has gone."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    response = JSONResponse(
        {"error": "Send the server's token as “Authorization: Bearer …”."},
        status_code=401,
        headers={"WWW-Authenticate": "Bearer"},
    )
    await response(scope, receive, send)

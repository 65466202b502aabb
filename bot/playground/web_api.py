"""The local Web API: token, errors on demand, scope, then the method, in Slack's order."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.playground.methods import METHODS
from bot.playground.methods.shared import ApiError
from bot.playground.response_urls import respond
from bot.playground.scopes import granted_scopes, needed_scope
from bot.playground.workspace import Workspace

ANY = "*"  # of the methods whose failure a person can see
UNSEEN = frozenset({"api.test", "auth.test", "users.info"})
RESPONSE_URL = "response_url"
REVOKE = "auth.revoke"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP."""

    body: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class WebApi:
    """`scopes` are what the token may do; `dead` are earlier tokens, with the error that each is
    refused with."""

    def __init__(self, workspace: Workspace, token: str) -> None:
        self.workspace = workspace
        self.token = token
        self.scopes = granted_scopes()
        self.methods = dict(METHODS)
        self.dead: dict[str, str] = {}
        self._refusals: dict[str, deque[Reply]] = {}

    def refuse(self, method: str, error: str, *, status: int = 200, retry_after: int = 0) -> None:
        """Answer the next call of `method` (ANY: of whichever comes) with an error."""
        headers = {"Retry-After": str(retry_after)} if retry_after else {}
        reply = Reply({"ok": False, "error": error}, status, headers)
        with self.workspace.lock:
            self._refusals.setdefault(method, deque()).append(reply)
            self.workspace.touch()

    def armed(self) -> list[str]:
        """The errors that are set for the next call, whichever it is."""
        with self.workspace.lock:
            return [str(reply.body["error"]) for reply in self._refusals.get(ANY, ())]

    def call(self, method: str, params: dict[str, Any], token: str) -> Reply:
        """The reply to one call."""
        workspace = self.workspace
        with workspace.lock:
            if not self.accepts(token):
                return _error(self.dead.get(token, "invalid_auth") if token else "not_authed")
            if method == REVOKE:
                return self._revoke(params)
            if method not in self.methods:
                return _error("unknown_method")
            if refusal := self._take_refusal(method):
                return refusal
            needed = needed_scope(workspace, method, params)
            if needed and needed not in self.scopes:
                return _error("missing_scope", needed=needed, provided=",".join(self.scopes))
            try:
                return Reply({"ok": True, **self.methods[method](workspace, params)})
            except ApiError as error:
                return _error(error.code, **error.more)

    def respond(self, key: str, body: dict[str, Any]) -> tuple[int, str]:
        """(status, text) of a post to a response_url."""
        with self.workspace.lock:
            if refusal := self._take_refusal(RESPONSE_URL):
                return refusal.status, str(refusal.body["error"])
            return respond(self.workspace, key, body)

    def kill_token(self, error: str) -> None:
        """The token is good no more; a new installation issues another one."""
        with self.workspace.lock:
            self.dead[self.token] = error
            self.token = ""

    def _revoke(self, params: dict[str, Any]) -> Reply:
        test = str(params.get("test", "")).lower() in ("true", "1")
        if not test:
            self.kill_token("token_revoked")
        return Reply({"ok": True, "revoked": not test})

    def accepts(self, token: str) -> bool:
        return bool(token) and token == self.token

    def _take_refusal(self, method: str) -> Reply | None:
        waiting = self._refusals.get(method)
        if not waiting and method not in UNSEEN:
            waiting = self._refusals.get(ANY)
        return waiting.popleft() if waiting else None


def _error(code: str, **more: Any) -> Reply:
    return Reply({"ok": False, "error": code, **more})

"""Slack's side of “Add to Slack” for local workspaces: the page that asks, the codes, and the
tokens (docs.slack.dev/authentication/installing-with-oauth)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from bot.playground.records import BOT_USER_ID
from bot.playground.web_api import Reply, WebApi

CODE_LIFE = timedelta(minutes=10)
AUTHORIZE, DECIDE, ACCESS = "/oauth/v2/authorize", "/oauth/v2/decide", "oauth.v2.access"


@dataclass(slots=True)
class Code:
    """Good for one exchange. `team_id`: of whichever workspace was chosen; `org_wide`: for its
    whole organisation."""

    team_id: str
    org_wide: bool
    redirect_uri: str
    scope: str
    until: datetime
    used: bool = False


@dataclass
class OAuthDesk:
    """`apis` by team id are the workspaces that a person may choose from; `orgs` are the
    organisations that some of them belong to. A workspace's own WebApi knows its token."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    apis: Mapping[str, WebApi]
    clock: Callable[[], datetime]
    orgs: Mapping[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    issued: int = 0

    def authorize(self, query: Mapping[str, str]) -> tuple[HTTPStatus, str]:
        """The page that asks a person where to install the app."""
        if error := self._fault_of(query):
            return HTTPStatus.OK, _page(f"<p>{error}</p>")
        ways = []
        for team_id, api in self.apis.items():
            ways.append((f"Allow in {api.workspace.name}", {"team": team_id}))
            if team_id in self.orgs:
                org = self.orgs[team_id]
                ways.append((f"Allow in all of {org}", {"team": team_id, "org": org}))
        ways.append(("Cancel", {}))
        links = (
            f'<p><a href="{escape(DECIDE + "?" + urlencode({**query, **way}))}">{label}</a></p>'
            for label, way in ways
        )
        return HTTPStatus.OK, _page("".join(links))

    def decide(self, query: Mapping[str, str]) -> str:
        """The address to send the browser back to. Raises KeyError for what the page never asks."""
        if error := self._fault_of(query):
            raise KeyError(error)
        if "team" not in query:
            back = {"error": "access_denied"}
        else:
            self.issued += 1
            code = f"code-{self.issued}"
            self.codes[code] = Code(
                query["team"], "org" in query, query["redirect_uri"], query["scope"],
                self.clock() + CODE_LIFE,
            )  # fmt: skip
            back = {"code": code}
        return f"{query['redirect_uri']}?{urlencode({**back, 'state': query['state']})}"

    def exchange(self, authorization: str, params: Mapping[str, Any]) -> Reply:
        """oauth.v2.access: the code for a token."""
        client_id, _, secret = _basic(authorization).partition(":")
        code = self.codes.get(str(params.get("code")))
        if client_id != self.client_id:
            return _error("invalid_client_id")
        if secret != self.client_secret:
            return _error("bad_client_secret")
        if code is None or self.clock() > code.until:
            return _error("invalid_code")
        if code.used:
            return _error("code_already_used")
        if params.get("redirect_uri") != code.redirect_uri:
            return _error("bad_redirect_uri")
        code.used = True
        return Reply({"ok": True, **self._install(code)})

    def find_api(self, token: str) -> WebApi:
        """The workspace of a token; for one that is none's, whichever: it refuses."""
        for api in self.apis.values():
            if token and (token == api.token or token in api.dead):
                return api
        return next(iter(self.apis.values()))

    def _install(self, code: Code) -> dict[str, Any]:
        api, org = self.apis[code.team_id], self.orgs.get(code.team_id)
        if not api.token:  # a token lives until it is revoked, however often the app is added
            self.issued += 1
            api.token = f"xoxb-{code.team_id}-{self.issued}"
        team = {"id": code.team_id, "name": api.workspace.name}
        return {
            "access_token": api.token, "token_type": "bot", "scope": code.scope,
            "bot_user_id": BOT_USER_ID, "app_id": "ALOCAL",
            "team": None if code.org_wide else team,
            "enterprise": {"id": org, "name": org} if org else None,
            "is_enterprise_install": code.org_wide, "authed_user": {"id": "U1"},
        }  # fmt: skip

    def _fault_of(self, query: Mapping[str, str]) -> str:
        if query.get("client_id") != self.client_id:
            return "invalid_client_id"
        if query.get("redirect_uri") != self.redirect_uri:
            return "bad_redirect_uri"
        return "" if query.get("scope") and query.get("state") else "invalid_scope"


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Local Slack</title>'
        f"</head><body><h1>Add the app</h1>{body}</body></html>"
    )


def _basic(authorization: str) -> str:
    try:
        return b64decode(authorization.removeprefix("Basic ")).decode()
    except ValueError:
        return ""


def _error(code: str) -> Reply:
    return Reply({"ok": False, "error": code})

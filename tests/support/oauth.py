"""A Slack with several workspaces that can add the app, and the app that they can add."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import datetime
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.app import Bot, build_bot
from bot.playground.oauth import OAuthDesk
from bot.playground.workspace import Workspace
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.support import payloads
from tests.support.local_slack import SECRET, TEAM, LocalSlack, RecordedApi
from tests.support.payloads import Response
from tests.support.tips import FakeClock

CLIENT_ID, CLIENT_SECRET = "17.42", "test-client-secret"
PUBLIC_URL = "http://127.0.0.1:4000"
OTHER_TEAM, ORG = "TOTHER", "E0RG"
KEYS = tuple(urlsafe_b64encode(bytes([n]) * 32).decode() for n in range(3))


class ManySlack(LocalSlack):
    """Two workspaces; the app is in neither. `api` is TEAM's, `other` OTHER_TEAM's."""

    def __init__(self, now: Any, public_url: str = PUBLIC_URL, orgs: dict[str, str] | None = None):
        super().__init__(now)
        workspace = Workspace(now, team_id=OTHER_TEAM, name="Other")
        for user in self.workspace.users.values():
            workspace.add_user(replace(user))
        self.other = RecordedApi(workspace)
        self.workspace.name = "First"
        self.api.token = self.other.token = ""
        self.desk = OAuthDesk(
            CLIENT_ID, CLIENT_SECRET, f"{public_url}/slack/oauth_redirect",
            {TEAM: self.api, OTHER_TEAM: self.other}, now, orgs or {},
        )  # fmt: skip
        self.set_desk(self.desk)

    def uninstall(self, api: RecordedApi) -> None:
        """As somebody in the workspace removes the app."""
        api.kill_token("account_inactive")


def settings_for(slack: LocalSlack, database_url: str, **changes: Any) -> Settings:
    return replace(
        Settings(
            signing_secret=SECRET, slack_api_url=slack.api_url, database_url=database_url,
            public_url=PUBLIC_URL, client_id=CLIENT_ID, client_secret=CLIENT_SECRET,
            token_keys=KEYS[:1],
        ),
        **changes,
    )  # fmt: skip


class Process:
    """One process of the bot."""

    def __init__(self, settings: Settings, library: Library, clock: FakeClock) -> None:
        self.bot: Bot = build_bot(settings, library, clock.now)
        self.wsgi = build_wsgi(self.bot.app, SECRET, pages=self.bot.pages)

    def send(self, payload: dict[str, Any], team_id: str = TEAM, **more: Any) -> Response:
        """From a workspace, with all work after the ack. There is no response_url: what would go
        there is the answer."""
        plain = {key: value for key, value in payload.items() if key != "response_url"}
        response = payloads.send(self.wsgi, of_team(plain, team_id) | more)
        self.bot.edge.background.drain()
        return response

    def get(self, address: str, cookie: str = "") -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of what a browser asks for."""
        parts, seen = urlsplit(address), {}

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            seen["status"], seen["headers"] = status, dict(headers)

        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
                   "HTTP_COOKIE": cookie}  # fmt: skip
        body = b"".join(self.wsgi(environ, start_response)).decode()
        return int(seen["status"].split()[0]), body, seen["headers"]


class Browser:
    """Goes from the bot's link to Slack's page and back, with its one cookie."""

    def __init__(self, process: Process, slack: ManySlack) -> None:
        self.process = process
        self.slack = slack
        self.cookie = ""

    def begin(self) -> str:
        """The address of Slack's page."""
        status, _, headers = self.process.get("/slack/install", self.cookie)
        assert status == 302
        self.cookie = headers["set-cookie"].split(";")[0]
        return headers["location"]

    def decide(self, page: str, link: str) -> str:
        """Click on Slack's page; the address that it leads back to."""
        found = next(part for part in ask(page)[1].split("<p>") if f">{link}<" in part)
        target = found.split('href="')[1].split('"')[0].replace("&amp;", "&")
        return ask(urljoin(page, target))[2]["Location"]

    def finish(self, address: str) -> tuple[int, str]:
        status, body, _ = self.process.get(address, self.cookie)
        return status, body

    def add(self, link: str = "Allow in First") -> tuple[int, str]:
        return self.finish(self.decide(self.begin(), link))


def ask(address: str) -> tuple[int, str, dict[str, str]]:
    """A GET to the local Slack, without following where it leads."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    response: HTTPResponse = connection.getresponse()
    answer = response.status, response.read().decode(), dict(response.headers)
    connection.close()
    return answer


def of_team(payload: dict[str, Any], team_id: str) -> dict[str, Any]:
    """A payload as another workspace's."""
    own: dict[str, Any] = {"team_id": team_id}
    if "authorizations" in payload:
        own["authorizations"] = [payload["authorizations"][0] | {"team_id": team_id}]
    if "team" in payload:
        own["team"] = {"id": team_id}
    return payload | own


def moment(clock: FakeClock) -> dict[str, int]:
    """When an event happened: now."""
    found: datetime = clock.now()
    return {"event_time": round(found.timestamp())}

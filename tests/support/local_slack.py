"""The local workspace's own Web API, with what tests need besides: a record of its calls.

Everybody is an English speaker in UTC unless a test says otherwise, and its clock stands still.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Condition, Thread
from typing import Any

from bot.playground.handler import LocalHandler
from bot.playground.oauth import OAuthDesk
from bot.playground.records import BOT_USER_ID, CHANNELS, TEAM_ID, Channel, User
from bot.playground.server import PlaygroundServer
from bot.playground.web_api import RESPONSE_URL, Reply, WebApi
from bot.playground.workspace import Workspace

TOKEN, APP_TOKEN = "xoxb-test", "xapp-test"
SECRET = "test-signing-secret"
TEAM, BOT = TEAM_ID, BOT_USER_ID
CHANNEL = next(iter(CHANNELS))
USER = "U1"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEADLINE = 30  # seconds; reached only when a test fails, or the machine is very busy


@dataclass(frozen=True)
class Call:
    """One request: a Web API method or `response_url`, and its parameters."""

    method: str
    params: dict[str, Any]


class RecordedApi(WebApi):
    """`calls` in order, also those that were refused."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, TOKEN)
        self.calls: list[Call] = []
        self.changed = Condition()

    def accepts(self, token: str) -> bool:
        return super().accepts(token) or token == APP_TOKEN

    def call(self, method: str, params: dict[str, Any], token: str) -> Reply:
        reply = super().call(method, params, token)
        self._record(method, params)
        return reply

    def respond(self, key: str, body: dict[str, Any]) -> tuple[int, str]:
        answer = super().respond(key, body)
        self._record(RESPONSE_URL, body)
        return answer

    def _record(self, method: str, params: dict[str, Any]) -> None:
        with self.changed:
            self.calls.append(Call(method, params))
            self.changed.notify_all()


class LocalSlack:
    """It runs from its making to `close`. `people` are user ids besides U1, U2 and U3."""

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: NOW,
        people: tuple[str, ...] = (),
        handler: type[LocalHandler] | None = None,
    ) -> None:
        self.workspace = Workspace(now)
        for user_id in (*self.workspace.users, *people):
            self.workspace.add_user(User(user_id, "someone", "", "en-US", "Etc/UTC"))
        self.api = self.build_api()
        self._server = PlaygroundServer(0, self.api, handler)
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def build_api(self) -> RecordedApi:
        return RecordedApi(self.workspace)

    def set_desk(self, desk: OAuthDesk) -> None:
        """Let the app be added to workspaces."""
        self._server.desk = desk

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def calls(self) -> list[Call]:
        return self.api.calls

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def stamp(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A payload with a trigger and a response_url of its own, where it is of a kind that has
        them; these may be used only as Slack's may."""
        found = payload.get("user_id") or payload.get("user")
        user_id = str(found["id"] if isinstance(found, dict) else found)
        own: dict[str, Any] = {}
        if payload.get("trigger_id") == "":
            own["trigger_id"] = self.workspace.new_trigger(user_id)
        if payload.get("response_url") == "":
            channel = payload.get("channel_id") or payload["channel"]["id"]
            ts = str(payload.get("container", {}).get("message_ts", ""))
            own["response_url"] = self.workspace.new_response_url(channel, user_id, ts)
        return payload | own

    def fail_next(
        self, method: str, error: str, *, status: int = 200, retry_after: int = 0
    ) -> None:
        """The next call of `method` gets an error."""
        self.api.refuse(method, error, status=status, retry_after=retry_after)

    def change_user(self, user_id: str = USER, **changes: Any) -> None:
        """Somebody's locale, tz, name, is_admin or is_deactivated."""
        self.workspace.add_user(replace(self.workspace.users[user_id], **changes))

    def add_channel(self, channel_id: str, **fields: Any) -> Channel:
        members = {*self.workspace.users, BOT_USER_ID}
        channel = Channel(channel_id, channel_id.lower(), members, **fields)
        self.workspace.channels[channel_id] = channel
        return channel

    def remove_bot(self, channel_id: str = CHANNEL) -> None:
        """Somebody takes the bot out of a channel."""
        self.workspace.channels[channel_id].members.discard(BOT_USER_ID)

    def of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of the calls of `method`."""
        with self.api.changed:
            return [call.params for call in self.calls if call.method == method]

    def wait_for(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        """The calls of `method` once there are `count` of them."""
        enough: Callable[[], bool] = lambda: sum(c.method == method for c in self.calls) >= count  # noqa: E731
        with self.api.changed:
            assert self.api.changed.wait_for(enough, DEADLINE), f"{method} not called {count} x"
        return self.of(method)

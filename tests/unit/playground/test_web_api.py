"""Who may call the local Web API, and what it answers when it is told to fail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground.methods import METHODS
from bot.playground.records import Channel
from bot.playground.scopes import BY_KIND, SCOPES, granted_scopes
from bot.playground.web_api import ANY, RESPONSE_URL, WebApi
from bot.playground.workspace import Workspace

POST = {"channel": "C1", "text": "hi"}


@pytest.fixture
def api() -> WebApi:
    return WebApi(Workspace(lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC)), "xoxb-1")


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-2", "invalid_auth")])
def test_an_unknown_token_may_do_nothing(api: WebApi, token: str, error: str) -> None:
    assert api.call("chat.postMessage", POST, token).body == {"ok": False, "error": error}
    assert api.workspace.messages == []


def test_the_scopes_are_those_of_our_manifest(api: WebApi) -> None:
    assert api.scopes == granted_scopes() >= {"chat:write", "im:write", "files:write"}


@pytest.mark.parametrize("method", sorted(SCOPES))
def test_a_method_needs_its_scope(api: WebApi, method: str) -> None:
    api.scopes.discard(SCOPES[method])
    answer = api.call(method, {}, "xoxb-1").body
    assert (answer["error"], answer["needed"]) == ("missing_scope", SCOPES[method])
    assert method in METHODS


@pytest.mark.parametrize(
    ("channel", "scope"),
    [("C1", "channels:history"), ("C9", "groups:history"), ("DU1", "im:history")],
)
def test_each_kind_of_channel_is_read_by_a_scope_of_its_own(
    api: WebApi, channel: str, scope: str
) -> None:
    everyone = set(api.workspace.channels["C1"].members)
    api.workspace.channels["C9"] = Channel("C9", "secret", everyone, is_private=True)
    assert api.call("conversations.history", {"channel": channel}, "xoxb-1").body["ok"]
    api.scopes.discard(scope)
    answer = api.call("conversations.history", {"channel": channel}, "xoxb-1").body
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert set(METHODS) >= set(BY_KIND)


def test_a_limit_on_demand_holds_for_one_call_and_says_how_long_to_wait(api: WebApi) -> None:
    api.refuse("chat.postMessage", "ratelimited", status=429, retry_after=30)
    refused = api.call("chat.postMessage", POST, "xoxb-1")
    assert (refused.status, refused.headers) == (429, {"Retry-After": "30"})
    assert refused.body == {"ok": False, "error": "ratelimited"}
    assert api.call("chat.postMessage", POST, "xoxb-1").body["ok"]
    assert len(api.workspace.messages) == 1


def test_trouble_for_any_call_spares_what_nobody_sees(api: WebApi) -> None:
    api.refuse(ANY, "internal_error")
    assert api.call("users.info", {"user": "U1"}, "xoxb-1").body["ok"]
    assert api.call("chat.postMessage", POST, "xoxb-1").body["error"] == "internal_error"


def test_what_waits_for_the_next_call_can_be_seen(api: WebApi) -> None:
    api.refuse(ANY, "internal_error")
    assert api.armed() == ["internal_error"]
    api.call("chat.postMessage", POST, "xoxb-1")
    assert api.armed() == []


def test_a_response_url_fails_on_demand_too(api: WebApi) -> None:
    key = api.workspace.new_response_url("C1", "U1").rpartition("/")[2]
    api.refuse(RESPONSE_URL, "expired_url", status=404)
    assert api.respond(key, {"text": "x"}) == (404, "expired_url")
    assert api.respond(key, {"text": "x"}) == (200, "ok")

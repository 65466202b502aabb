"""The local workspace over HTTP: who may ask, and that whatever is asked is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.playground.bridge import Bridge
from bot.playground.server import PlaygroundServer
from bot.playground.web_api import WebApi
from bot.playground.workspace import Workspace

JSON = "application/json"
Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def server() -> Iterator[PlaygroundServer]:
    """Its bot does not answer."""
    api = WebApi(Workspace(lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC)), "xoxb-1")
    with PlaygroundServer(0, api) as server:
        server.bridge = Bridge(bot_port=0, secret="s")
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def ask(server: PlaygroundServer) -> Iterator[Ask]:
    """(status, body), all over one connection where the server keeps it."""
    with closing(HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)) as connection:

        def send(path: str, body: Any = None, **headers: str) -> tuple[int, str]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            if body is not None:
                named = {"Content-Type": JSON} | named
                body = body if isinstance(body, str) else json.dumps(body)
            connection.request("GET" if body is None else "POST", path, body, named)
            response = connection.getresponse()
            return response.status, response.read().decode()

        yield send


@pytest.mark.parametrize(
    "header",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:evil"},
        {"Host": "localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://127.0.0.1"},
    ],
    ids=lambda header: "-".join(next(iter(header.items()))),
)
def test_another_page_cannot_reach_the_workspace(ask: Ask, header: dict[str, str]) -> None:
    assert ask("/state", **header)[0] == 403
    user_action = {"kind": "say", "user": "U1", "channel": "C1", "text": "hi"}
    assert ask("/do", user_action, **header)[0] == 403
    assert ask("/state")[0] == 200  # nothing of the refused body is left


def test_the_page_lets_nothing_else_in(server: PlaygroundServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request("GET", "/")
    headers = connection.getresponse().headers
    connection.close()
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert {"base-uri 'none'", "form-action 'self'"} <= set(map(str.strip, policy.split(";")))


def test_the_pages_own_requests_are_answered(server: PlaygroundServer, ask: Ask) -> None:
    port = server.server_address[1]
    for host in ("127.0.0.1", "localhost"):
        assert ask("/state", Origin=f"http://{host}:{port}")[0] == 200


@pytest.mark.parametrize("path", ["/do", "/clock", "/refuse"])
def test_a_form_moves_nothing_in_the_page(server: PlaygroundServer, ask: Ask, path: str) -> None:
    form = urlencode({"kind": "home", "user": "U1", "hours": "1", "error": "x"})
    status, _ = ask(path, form, Content_Type="application/x-www-form-urlencoded")
    assert (status, server.api.armed(), server.workspace.log) == (415, [], [])


@pytest.mark.parametrize(
    "user_action",
    [
        {},
        {"kind": "dance", "user": "U1"},
        {"kind": "say", "user": "U9", "channel": "C1", "text": "hi"},
        {"kind": "say", "user": "U1", "channel": "C9", "text": "hi"},
        {"kind": "say", "user": "U1", "channel": "DU2", "text": "hi"},
        {"kind": "say", "user": "U1", "channel": "C1", "text": {"a": 1}},
        {"kind": "say", "user": "U1", "channel": "C1", "text": "hi", "thread_ts": "1.0"},
        {"kind": "say", "user": "U1", "channel": ["C1"], "text": "hi"},
        {"kind": "click", "user": "U1", "view": "V9", "action": {}},
        {"kind": "click", "user": "U1", "channel": "C1", "ts": "1.0", "action": {}},
        {"kind": "submit", "user": "U1", "view": "V9"},
        {"kind": "explain", "user": "U1", "channel": "DU2", "ts": "1.0"},
    ],
)  # fmt: skip
def test_a_user_action_that_cannot_be_done_changes_nothing(
    server: PlaygroundServer, ask: Ask, user_action: dict[str, Any]
) -> None:
    status, body = ask("/do", user_action)
    assert (status, json.loads(body)["ok"]) == (400, False)
    assert (server.workspace.messages, server.workspace.log) == ([], [])
    assert ask("/state?user=U1")[0] == 200


def test_a_private_message_is_no_others_to_act_on(server: PlaygroundServer, ask: Ask) -> None:
    private = {"channel": "C1", "user": "UBOT", "text": "psst", "blocks": [], "only_for": "U1"}
    ts = server.workspace.add(private)["ts"]
    click = {"kind": "click", "channel": "C1", "ts": ts, "action": {"type": "button"}}
    assert ask("/do", {**click, "user": "U2"})[0] == 400
    status, body = ask("/do", {**click, "user": "U1"})
    assert (status, "operation_timeout" in body) == (502, True)  # there is no bot here


def test_a_command_without_an_answer_is_said_to_have_failed(
    server: PlaygroundServer, ask: Ask
) -> None:
    ask("/do", {"kind": "say", "user": "U1", "channel": "C1", "text": "/llm-startup moat"})
    [said] = server.workspace.messages
    assert said["text"] == '/llm-startup failed with the error "operation_timeout".'
    assert (said["user"], said["only_for"]) == ("Slackbot", "U1")


@pytest.mark.parametrize("length", ["abc", "-1", "9" * 5_000, "0" * 12 + "9", "2000000"])
def test_a_body_of_no_or_too_great_length_is_refused(ask: Ask, length: str) -> None:
    assert ask("/api/api.test", "", Content_Length=length)[0] in (400, 413)
    assert ask("/state")[0] == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/chat.postMessage", "[" * 200_000),
        ("/api/chat.postMessage", "{"),
        ("/clock", '{"hours": -Infinity}'),
        ("/clock", '{"hours": NaN}'),
        ("/clock", '{"hours": "x"}'),
        ("/refuse", "{}"),
        ("/upload/F9", "{}"),
    ],
    ids=["deep", "open", "minus", "nan", "word", "bare", "upload"],
)
def test_whatever_is_sent_is_answered(ask: Ask, path: str, body: str) -> None:
    assert ask(path, body)[0] == 400
    assert ask("/state")[0] == 200


@pytest.mark.parametrize("name", ["x" * 300, "../server.py", "%2e%2e/server.py", "", "a\x7fb"])
def test_a_file_that_is_not_the_pages_is_not_found(ask: Ask, name: str) -> None:
    assert ask("/static/" + name.replace("\x7f", "%00"))[0] == 404


def test_blocks_may_come_as_a_string_of_json(server: PlaygroundServer, ask: Ask) -> None:
    sent = {"channel": "C1", "text": "hi", "blocks": '[{"type": "divider"}]'}
    answer = json.loads(ask("/api/chat.postMessage", sent, Authorization="Bearer xoxb-1")[1])
    assert answer["ok"]
    assert server.workspace.messages[0]["blocks"] == [{"type": "divider"}]


def test_the_log_comes_only_when_it_is_asked_for(server: PlaygroundServer, ask: Ask) -> None:
    ask("/api/chat.postMessage", {"channel": "C1"}, Authorization="Bearer xoxb-1")
    assert json.loads(ask("/state")[1])["log"] == []
    [entry] = json.loads(ask("/state?log=1")[1])["log"]
    assert (entry["way"], entry["answer"]["error"]) == ("← chat.postMessage", "no_text")

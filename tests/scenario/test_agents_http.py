"""`python -m bot mcp --http` on a free port: who is let in, and what is answered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from os import environ
from socket import socket
from time import time
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from slack_sdk.signature import SignatureVerifier

from bot.settings import ROOT
from tests.support.agents import TOKEN, call, given, http_server, in_a_thread, said
from tests.support.starts import Fail

SECRET = "test-signing-secret"
PUBLIC = "https://bot.example.com/mcp"
MEANT_FOR = {"Host": "bot.example.com"}


def body(name: str = "read_entry", **arguments: Any) -> bytes:
    params = {
        "name": name,
        "arguments": arguments or {"id": "rag"},
        "_meta": {"slack": {"user_id": "U1", "team_id": "T1"}},
    }
    return json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    ).encode()


def post(
    address: str, content: bytes, headers: dict[str, str] | None = None, method: str = "POST"
) -> tuple[int, str]:
    """Status and text; a result is the data of its event."""
    parts = urlsplit(address)
    assert parts.hostname
    connection = HTTPConnection(parts.hostname, parts.port)
    kinds = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    connection.request(method, parts.path, content, kinds | (headers or {}))
    response = connection.getresponse()
    status, text = response.status, response.read().decode()
    connection.close()
    return status, text


def result_of(text: str) -> dict[str, Any]:
    (data,) = [line for line in text.splitlines() if line.startswith("data: {")]
    return dict(json.loads(data.removeprefix("data: "))["result"])


def signed(content: bytes, *, age: int = 0, secret: str = SECRET) -> dict[str, str]:
    timestamp = str(int(time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=content)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}


@pytest.fixture(scope="module")
def local() -> Iterator[str]:
    with http_server() as address:
        yield address


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """Behind a proxy: for the bearer of the token, and for Slack."""
    with http_server("--url", PUBLIC, MCP_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SECRET) as address:
        yield address


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_on_this_machine_a_client_needs_no_token(local: str, mode: str) -> None:
    assert local.startswith("http://127.0.0.1:")
    found = given(call(local, "search_handbook", {"query": "微条是什么"}, mode=mode))
    assert (found["outcome"], found["answer"]["id"]) == ("answer", "fine-tuning")
    assert call(local, "read_entry", {"id": "no-such-entry"}, mode=mode).is_error


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({"Origin": "http://localhost:8080"}, 200),
    ],
)
def test_a_web_page_elsewhere_cannot_call(local: str, headers: dict[str, str], status: int) -> None:
    found, text = post(local, body(), headers)
    assert found == status
    assert ("detail" in text, "Retrieval" in text) == (False, status == 200)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_session_to_listen_to(local: str, method: str) -> None:
    assert post(local, b"", method=method) == (405, "POST only")


def test_a_body_that_is_too_large_or_none_is_refused(local: str) -> None:
    assert post(local, body(query="x" * 300_000))[0] == 413
    assert post(local, b"not JSON")[0] == 400
    assert post(local, b"\xff\xfe")[0] == 400
    assert post(local, b"[" * 100_000)[0] == 400


def test_a_long_question_is_told_so(local: str) -> None:
    refused = call(local, "search_handbook", {"query": "x" * 10_000})
    assert refused.is_error
    assert "at most 4000" in said(refused)


def test_many_callers_at_once_each_get_their_own_answer(local: str) -> None:
    names = ["rag", "lora", "moe", "fine-tuning", "kv-cache"] * 6

    def one(name: str) -> str:
        return str(result_of(post(local, body(id=name))[1])["structuredContent"]["id"])

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(one, names)) == names


def test_with_the_token_a_client_is_let_in(guarded: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"} | MEANT_FOR

    async def count_tools() -> int:
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(guarded, http_client=http)) as client,
        ):
            return len((await client.list_tools()).tools)

    assert in_a_thread(count_tools) == 5


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}",
     TOKEN, "Bearer \xe9"],
)  # fmt: skip
def test_without_the_right_token_nobody_is(guarded: str, authorization: str) -> None:
    headers = MEANT_FOR | ({"Authorization": authorization} if authorization else {})
    status, text = post(guarded, body(), headers)
    assert status == 401
    assert "Bearer" in text
    assert TOKEN not in text


def test_the_right_token_does_not_open_another_name(guarded: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Host": "evil.example"}
    assert post(guarded, body(), headers)[0] == 421


def test_slack_is_let_in_by_its_signature_and_gets_blocks(guarded: str) -> None:
    content = body("search_handbook", query="微条是什么")
    status, text = post(guarded, content, signed(content) | MEANT_FOR)
    assert status == 200
    result = result_of(text)
    assert result["structuredContent"]["outcome"] == "answer"
    assert result["_meta"]["slack"]["blocks"][0]["type"] == "header"


@pytest.mark.parametrize("fault", ["body", "age", "secret", "timestamp", "signature", "bytes"])
def test_what_slack_did_not_sign_is_refused(guarded: str, fault: str) -> None:
    content = body()
    headers = signed(content, age=600 if fault == "age" else 0,
                     secret="another" if fault == "secret" else SECRET)  # fmt: skip
    if fault == "timestamp":
        headers["X-Slack-Request-Timestamp"] = "now"
    if fault == "signature":
        headers["X-Slack-Signature"] = "v0=\xe9"
    if fault == "body":
        content = content.replace(b"T1", b"T2")
    if fault == "bytes":
        content = b"\xff" + content
    assert post(guarded, content, headers | MEANT_FOR)[0] == 401


def test_blocks_are_for_slack_alone(guarded: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"} | MEANT_FOR
    assert "_meta" not in result_of(post(guarded, body(), headers)[1])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--host", "0.0.0.0", "--url", PUBLIC], "Callers from other machines need a token"),
        (["--url", PUBLIC], "Callers from other machines need a token"),
        (["--port", "70000"], "--port 70000 cannot be listened on"),
        (["--port", "-1"], "--port -1 cannot be listened on"),
        (["--host", "no-such-host.invalid"], "need a token"),
    ],
)
def test_a_start_that_cannot_be_is_one_sentence(
    fail_to_start: Fail, options: list[str], sentence: str
) -> None:
    said = fail_to_start("mcp", "--http", *options)
    assert sentence in said
    assert said.count("\n") == 1


def test_a_port_that_is_taken_is_said_to_be_taken() -> None:
    """By a process: it ends, with nothing but that sentence."""
    with socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        command = [sys.executable, "-m", "bot", "mcp", "--http", "--port",
                   str(other.getsockname()[1])]  # fmt: skip
        settings = {"MCP_TOKEN": "", "SLACK_SIGNING_SECRET": ""}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                              env=environ | settings)  # fmt: skip
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr

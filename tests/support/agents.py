"""The server for AI agents as clients see it: the SDK's own client, and the server as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os import environ
from typing import Any

import anyio
from mcp.client import Client
from mcp.types import CallToolResult

from bot.agents.server import HandbookServer, build_server
from bot.search.library import Library
from bot.settings import ROOT

TODAY = date(2026, 11, 29)
TOKEN = "a-token-that-is-long-enough"
# What docs/agents.md has clients start.
STDIO: dict[str, Any] = {"program": "llm-startup-bot", "args": ["mcp"]}
QUESTIONS = ROOT / "tests" / "data" / "agent_questions.jsonl"


@dataclass(frozen=True)
class Question:
    """What a person asks an agent; the tool that an agent should pick for it by the descriptions,
    with its arguments; and the entries that are to be found by it."""

    q: str
    tool: str
    arguments: dict[str, Any]
    expect: list[str]
    lang: str


def read_questions() -> list[Question]:
    return [Question(**json.loads(line)) for line in QUESTIONS.read_text("utf-8").splitlines()]


def serve(library: Library, today: date = TODAY) -> HandbookServer:
    return build_server(lambda: library, lambda: today)


def in_a_thread(function: Callable[[], Awaitable[Any]]) -> Any:
    """What an async function gives, in a thread of its own: the browser tests keep a loop in
    theirs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, function).result()


def ask(server: Any, work: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    """What `work` gives of a client that is connected to `server`: one in this process, a
    transport, or an address."""

    async def connect() -> Any:
        async with Client(server, **options) as client:
            return await work(client)

    return in_a_thread(connect)


def call(server: Any, tool: str, arguments: Mapping[str, Any], **options: Any) -> CallToolResult:
    """One call over a connection of its own."""

    async def work(client: Client) -> CallToolResult:
        return await client.call_tool(tool, dict(arguments))

    found: CallToolResult = ask(server, work, **options)
    return found


def said(result: CallToolResult) -> str:
    """The text of a result; of a refusal, its sentence."""
    return "".join(part.text for part in result.content if part.type == "text")


def given(result: CallToolResult) -> dict[str, Any]:
    """The structured output of a result that is no refusal."""
    assert not result.is_error, said(result)
    assert result.structured_content is not None
    return result.structured_content


@contextmanager
def http_server(*options: str, **env: str) -> Iterator[str]:
    """The address of `python -m bot mcp --http` on a free port, as it prints it."""
    command = [sys.executable, "-m", "bot", "mcp", "--http", "--port", "0", *options]
    settings = {"MCP_TOKEN": "", "SLACK_SIGNING_SECRET": "", **env}
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environ | settings)  # fmt: skip
    assert process.stdout
    assert process.stderr
    try:
        address, _, _ = process.stdout.readline().partition(" ")
        assert address, process.stderr.read()
        yield address
    finally:
        process.terminate()
        _, errors = process.communicate()
    assert "Traceback" not in errors, errors

"""Starts that cannot succeed, in this process: a process of its own takes two seconds to import the
bot, and shows no more. That `python -m bot` ends with the code that `main` returns, others show."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator

import pytest

from bot.__main__ import main

Fail = Callable[..., str]
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
def fail_to_start(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Fail]:
    """What `python -m bot` with these words and variables says instead of starting: all that it
    writes to standard error, its log among it. It ends with 1, and standard output is empty."""
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "MCP_TOKEN"):
        monkeypatch.setenv(name, "")

    def start(*words: str, **variables: str) -> str:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        code = main([*words])
        out, errors = capsys.readouterr()
        assert (code, out) == (1, "")
        return errors + caplog.text

    yield start
    gc.enable()  # `bot mcp` turns it off until it serves
    for number, handler in handlers.items():
        signal.signal(number, handler)

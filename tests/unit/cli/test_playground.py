from __future__ import annotations

from argparse import Namespace
from socket import socket

import pytest

from bot.cli.playground import run
from bot.playground.start import Playground
from bot.settings import TOKENS, Settings, SettingsError


@pytest.mark.parametrize("found", [TOKENS[:1], TOKENS[1:], TOKENS])
def test_it_never_runs_beside_a_real_workspace_and_says_what_is_set(
    monkeypatch: pytest.MonkeyPatch, found: tuple[str, ...]
) -> None:
    for name in TOKENS:
        monkeypatch.setenv(name, "x" if name in found else "")
    with pytest.raises(SettingsError) as refused:
        run(Namespace(port=None, open=False))
    message = str(refused.value)
    assert [name for name in TOKENS if f"{name}= " in message] == list(found)


def test_a_port_that_is_taken_is_said_to_be_taken() -> None:
    with socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} cannot be used .*in use"):
            Playground(Settings(port=0, log_level="WARNING"), port)


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_is_none_is_said_to_be_one(port: int) -> None:
    with pytest.raises(SettingsError, match=f"Port {port} cannot be used"):
        Playground(Settings(port=0, log_level="WARNING"), port)

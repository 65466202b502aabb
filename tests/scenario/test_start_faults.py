"""A start that cannot succeed: one sentence that names what is wrong, and exit code 1."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.support.content import TERM, write_entry
from tests.support.local_slack import APP_TOKEN, DEADLINE, SECRET, TOKEN, LocalSlack

MODES = {
    "socket": {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN},
    "http": {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": ""},
}


@pytest.fixture
def environ(slack: LocalSlack, tmp_path: Path) -> dict[str, str]:
    """All that a start needs, with little content."""
    write_entry(tmp_path / "content", TERM)
    return os.environ | {
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "CONTENT_DIR": str(tmp_path / "content"),
        "PORT": "0",
        "PYTHONPATH": str(ROOT),
    }


def start(environ: dict[str, str]) -> list[str]:
    """What a start that fails says on standard error."""
    done = subprocess.run([sys.executable, "-m", "bot"], cwd=ROOT, env=environ, text=True,
                          capture_output=True, timeout=6 * DEADLINE)  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.splitlines()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL starts with mysql://"),
        ({"SLACK_BOT_TOKEN": "xoxb-…"}, "SLACK_BOT_TOKEN is not a whole one"),
        ({"SLACK_BOT_TOKEN": "xoxb-revoked"}, "Slack refused SLACK_BOT_TOKEN (invalid_auth)"),
        ({"CONTENT_DIR": "/nowhere"}, "/nowhere: folder: not found, expected a folder with "
                                      "glossary/: see CONTENT_DIR"),
    ],
)  # fmt: skip
def test_a_wrong_variable_is_named_in_each_mode(
    environ: dict[str, str], mode: str, variables: dict[str, str], said: str
) -> None:
    (line,) = start(environ | MODES[mode] | variables)
    assert line.startswith(said)


def test_a_port_in_use_is_named(environ: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        (line,) = start(environ | MODES["http"] | {"PORT": port, "HOST": "localhost"})
    assert f"HOST localhost with PORT {port} cannot be listened on (Address already" in line


def test_a_host_that_is_none_is_named(environ: dict[str, str]) -> None:
    (line,) = start(environ | MODES["http"] | {"HOST": "999.1.1.1"})
    assert line.startswith("HOST 999.1.1.1 with PORT 0 cannot be listened on (")

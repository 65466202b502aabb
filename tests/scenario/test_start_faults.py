"""A start that cannot succeed: one sentence that names what is wrong, and exit code 1."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.support.content import TERM, write_entry
from tests.support.local_slack import APP_TOKEN, SECRET, TOKEN, LocalSlack
from tests.support.starts import Fail

MODES = {
    "socket": {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN},
    "http": {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": ""},
}


@pytest.fixture
def fail(slack: LocalSlack, tmp_path: Path, fail_to_start: Fail) -> Fail:
    """With all else that a start needs, and little content."""
    write_entry(tmp_path / "content", TERM)
    usual = {
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "CONTENT_DIR": str(tmp_path / "content"),
        "DATA_DIR": str(tmp_path / "data"),
        "PORT": "0",
    }

    def start(**variables: str) -> str:
        (line,) = fail_to_start(**usual | variables).splitlines()
        return line

    return start


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
    fail: Fail, mode: str, variables: dict[str, str], said: str
) -> None:
    assert fail(**MODES[mode] | variables).startswith(said)


def test_a_token_of_an_app_that_was_removed_is_named(fail: Fail, slack: LocalSlack) -> None:
    slack.fail_next("auth.test", "account_inactive")
    assert "reinstall" in fail(**MODES["socket"])


def test_a_missing_token_is_named(fail: Fail) -> None:
    assert "SLACK_SIGNING_SECRET" in fail(SLACK_BOT_TOKEN=TOKEN)


@pytest.mark.parametrize("host", ["", "localhost"])
def test_a_port_in_use_is_named(fail: Fail, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        line = fail(**MODES["http"] | {"PORT": port, "HOST": host})
    named = f"HOST {host or '127.0.0.1'} with PORT {port} cannot be listened on (Address already"
    assert named in line


def test_a_host_that_is_none_is_named(fail: Fail) -> None:
    line = fail(**MODES["http"] | {"HOST": "999.1.1.1"})
    assert line.startswith("HOST 999.1.1.1 with PORT 0 cannot be listened on (")

"""Who may call over HTTP, as it is decided at the start."""

from __future__ import annotations

import pytest

from bot.agents.caller import SlackCaller, parse_caller
from bot.agents.gate import Access
from bot.agents.http import find_hosts, read_access
from bot.settings import AgentSettings, SettingsError, read_agent_settings
from tests.support.agents import TOKEN

PLAIN = AgentSettings()
WITH_TOKEN = AgentSettings(token=TOKEN)
WITH_SECRET = AgentSettings(signing_secret="s3cret")
PUBLIC = "https://bot.example.com/mcp"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_it_is_open_unless_a_token_is_set(host: str) -> None:
    assert read_access(PLAIN, host, "").is_open
    assert read_access(WITH_SECRET, host, "").is_open
    assert not read_access(WITH_TOKEN, host, "").is_open


@pytest.mark.parametrize(("host", "url"), [("10.0.0.5", ""), ("127.0.0.1", PUBLIC)])
def test_from_elsewhere_it_takes_a_token_or_slacks_signature(host: str, url: str) -> None:
    with pytest.raises(SettingsError, match="set MCP_TOKEN"):
        read_access(PLAIN, host, url)
    assert read_access(WITH_TOKEN, host, url) == Access(token=TOKEN)
    assert read_access(WITH_SECRET, host, url) == Access(signing_secret="s3cret")


def test_the_names_of_the_server_are_its_own_and_those_it_is_given() -> None:
    local = ["127.0.0.1", "localhost", "[::1]"]
    assert find_hosts("127.0.0.1", "") == local
    assert find_hosts("10.0.0.5", "") == [*local, "10.0.0.5"]
    assert find_hosts("0.0.0.0", PUBLIC) == [*local, "bot.example.com"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_on_every_address_has_to_be_told_its_name(host: str) -> None:
    with pytest.raises(SettingsError, match="--url"):
        find_hosts(host, "")


@pytest.mark.parametrize("url", ["bot.example.com", "ftp://bot.example.com", "https://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="should be like https://"):
        find_hosts("127.0.0.1", url)


@pytest.mark.parametrize("token", ["short", "x" * 19, "with a space in the middle", "长" * 20])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(token: str) -> None:
    with pytest.raises(SettingsError, match="MCP_TOKEN should have at least 20") as refused:
        read_agent_settings({"MCP_TOKEN": token})
    assert token not in str(refused.value)


def test_no_secret_shows_in_a_log() -> None:
    environ = {"MCP_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": "s3cret"}
    settings = read_agent_settings(environ)
    assert (settings.token, settings.signing_secret) == (TOKEN, "s3cret")
    assert TOKEN not in f"{settings}{read_access(settings, '10.0.0.5', '')}"
    assert "s3cret" not in f"{settings}{read_access(settings, '10.0.0.5', '')}"


@pytest.mark.parametrize(
    ("body", "team_id", "user_id"),
    [
        ('{"params": {"_meta": {"slack": {"team_id": "T1", "user_id": "U1"}}}}', "T1", "U1"),
        ('{"params": {"_meta": {"slack": {"team_id": "T1"}}}}', "T1", ""),
        ('{"params": {"_meta": {"slack": []}}}', "", ""),
        ('{"params": null}', "", ""),
        ('{"method": "tools/list"}', "", ""),
        ("[]", "", ""),
        ("not JSON", "", ""),
        ("[" * 100_000, "", ""),
    ],
)
def test_who_calls_is_read_from_what_slack_has_signed(
    body: str, team_id: str, user_id: str
) -> None:
    assert parse_caller(body) == SlackCaller(team_id, user_id)

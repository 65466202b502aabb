"""“Add to Slack”: two workspaces at one bot, each with its own token, from the link to the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.database.workspaces import WorkspaceGone
from bot.search.library import Library
from bot.settings import SettingsError
from bot.slack.purge import BETWEEN
from tests.support import payloads
from tests.support.local_slack import BOT, CHANNEL, NOW, TEAM, USER
from tests.support.oauth import (
    CLIENT_SECRET,
    KEYS,
    ORG,
    OTHER_TEAM,
    Browser,
    ManySlack,
    Process,
    moment,
    settings_for,
)
from tests.support.tips import FakeClock

OPEN = Callable[..., Process]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def many(clock: FakeClock) -> Iterator[ManySlack]:
    slack = ManySlack(clock.now)
    yield slack
    slack.close()


@pytest.fixture
def start(
    many: ManySlack, library: Library, sqlite_url: str, clock: FakeClock
) -> Iterator[Callable[..., Process]]:
    """Start a process on the one database."""
    started: list[Process] = []

    def begin(**changes: object) -> Process:
        settings = settings_for(many, sqlite_url, **changes)
        started.append(Process(settings, library, clock))
        return started[-1]

    yield begin
    for process in started:
        process.bot.close()


def stop_of(process: Process, team_id: str = TEAM) -> str:
    return process.bot.storage.workspaces.get(team_id).stopped


def test_two_workspaces_add_the_app_at_once_and_each_is_answered_with_its_own_token(
    many: ManySlack, start: OPEN, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "slack_sdk")
    process = start()
    assert "not installed" in process.send(payloads.command("define RAG")).body
    browser = Browser(process, many)
    first, second = browser.begin(), browser.begin()  # two tabs
    back = [browser.decide(first, "Allow in First"), browser.decide(second, "Allow in Other")]
    pages = [browser.finish(address) for address in back]
    assert [status for status, _ in pages] == [200, 200]
    assert "Added to First" in pages[0][1]
    assert "已添加到 Other" in pages[1][1]
    assert all("/llm-startup 微调是什么" in body for _, body in pages), "what to type"
    many.api.calls.clear()
    many.other.calls.clear()
    for team_id in (TEAM, OTHER_TEAM):
        process.send(payloads.mention("RAG"), team_id)
    for api in (many.api, many.other):
        assert [call.method for call in api.calls if call.method != "users.info"] == [
            "chat.postMessage"
        ], "nothing is asked of Slack for a request"
    tokens = {many.api.token, many.other.token}
    assert len(tokens) == 2
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert TEAM.encode() in stored
    secrets = [*tokens, CLIENT_SECRET, *many.desk.codes]
    assert not [secret for secret in secrets if secret.encode() in stored]
    told = [record.getMessage() for record in caplog.records if record.name[:3] in ("bot", "sla")]
    assert not [line for line in told for secret in secrets if secret in line]
    assert f"installed: team={TEAM} enterprise=- by=U1" in told
    assert not [secret for secret in secrets if secret in repr(process.bot.edge.workspaces._kept)]


def test_a_state_is_good_once_for_ten_minutes_and_for_its_own_browser(
    many: ManySlack, start: OPEN, clock: FakeClock
) -> None:
    process = start()
    browser = Browser(process, many)
    for cookie in ("", "llm_startup_install=another"):
        back = browser.decide(browser.begin(), "Allow in First")
        browser.cookie = cookie
        status, body = browser.finish(back)
        assert (status, "not begun in this browser" in body) == (400, True)
        assert "不是在这个浏览器里开始的" in body
    address = browser.begin()
    back = browser.decide(address, "Allow in First")
    forged = back.replace("state=", "state=x")
    assert "not begun in this browser" in browser.finish(forged)[1]
    status, body = browser.finish(browser.decide(browser.begin(), "Cancel"))
    assert (status, "nothing was installed" in body, "/slack/install" in body) == (400, True, True)
    late = browser.decide(browser.begin(), "Allow in First")
    clock.advance(minutes=11)
    assert "older than ten minutes" in browser.finish(late)[1]
    assert process.bot.storage.installations.list_tokens() == {}
    back = browser.decide(browser.begin(), "Allow in First")
    assert browser.finish(back)[0] == 200
    status, body = browser.finish(back)
    assert (status, "used already" in body) == (400, True)
    assert list(process.bot.storage.installations.list_tokens()) == [TEAM]


def test_what_slack_refuses_is_said_and_nothing_is_stored(
    many: ManySlack, start: OPEN, caplog: pytest.LogCaptureFixture
) -> None:
    process = start()
    browser = Browser(process, many)
    back = browser.decide(browser.begin(), "Allow in First")
    many.desk.codes.clear()
    assert "code is no longer valid" in browser.finish(back)[1]
    many.desk.client_secret = "another"
    status, body = browser.add()
    assert (status, "settings are wrong" in body) == (500, True)
    assert "bad_client_secret" in body
    assert "the app cannot be installed (bad_client_secret)" in caplog.text
    many.desk.client_secret = CLIENT_SECRET
    back = browser.decide(browser.begin(), "Allow in First")
    many.fail_next("auth.test", "fatal_error", status=503)
    assert browser.finish(back)[0] == 502
    dead = start(slack_api_url="http://127.0.0.1:1/api/")
    other = Browser(dead, many)
    [state] = parse_qs(urlsplit(other.begin()).query)["state"]
    status, body = other.finish(f"/slack/oauth_redirect?code=c&state={state}")
    assert (status, "could not be reached" in body) == (502, True)
    assert process.bot.storage.installations.list_tokens() == {}


def test_removing_the_app_suspends_and_hides_at_once_and_adding_it_again_restores(
    many: ManySlack, start: OPEN, clock: FakeClock
) -> None:
    first, second = start(), start()
    browser = Browser(first, many)
    browser.add()
    first.send(payloads.command("lang zh"))
    first.send(payloads.mention("tips on mon 9:30 UTC"))
    second.bot.shared_state.run_once()
    second.send(payloads.mention("RAG"))
    late = payloads.event("app_uninstalled") | moment(clock)
    clock.advance(hours=1)
    old = many.api.token
    many.uninstall(many.api)
    first.send(payloads.event("app_uninstalled") | moment(clock))
    assert stop_of(first) == "app_uninstalled"
    assert first.bot.storage.installations.list_tokens() == {}, "no token is kept"
    second.bot.shared_state.run_once()
    for process in (first, second):
        said = process.send(payloads.command("lang en")).body
        assert "not installed" in said
        assert process.bot.edge.languages.of(TEAM, USER) == "en", "not known any more"
        with pytest.raises(WorkspaceGone):
            process.bot.storage.preferences.save_lang(TEAM, USER, "en")
    clock.advance(days=7)
    second.bot.worker.catch_up()
    assert many.of("chat.postMessage")[-1]["text"].startswith("检索"), "no tip was sent"
    clock.advance(days=22)
    assert browser.add()[0] == 200
    assert many.api.token != old
    second.bot.shared_state.run_once()
    assert second.bot.edge.languages.of(TEAM, USER) == "zh"
    assert second.bot.storage.subscriptions.find(TEAM, CHANNEL) is not None
    many.api.calls.clear()
    second.send(payloads.mention("RAG"))
    assert many.of("chat.postMessage"), "with the new token"
    second.send(late)
    assert stop_of(second) == "", "an uninstall from before the installation counts no more"


def test_what_was_suspended_for_thirty_days_is_deleted_and_nothing_else(
    many: ManySlack, start: OPEN, clock: FakeClock
) -> None:
    process = start()
    for link, team_id in (("Allow in First", TEAM), ("Allow in Other", OTHER_TEAM)):
        Browser(process, many).add(link)
        process.send(payloads.command("lang zh"), team_id)
    process.bot.shared_state.run_once()
    process.send(payloads.event("app_uninstalled") | moment(clock))
    clock.advance(days=30)
    process.bot.shared_state.run_once()
    storage = process.bot.storage
    assert storage.preferences.list_langs(TEAM) == {USER: "zh"}
    clock.wait(BETWEEN)
    process.bot.shared_state.run_once()
    assert storage.workspaces.list_ids() == [OTHER_TEAM]
    assert storage.preferences.list_langs(TEAM) == {}
    assert storage.preferences.list_langs(OTHER_TEAM) == {USER: "zh"}


def test_tips_go_out_with_each_workspaces_token_and_a_dead_one_stops_no_other(
    many: ManySlack, start: OPEN, clock: FakeClock
) -> None:
    process = start()
    for link, team_id in (("Allow in First", TEAM), ("Allow in Other", OTHER_TEAM)):
        Browser(process, many).add(link)
        process.send(payloads.mention("tips on wed 9:30 UTC"), team_id)
    many.uninstall(many.api)
    process.send(payloads.event("tokens_revoked", tokens={"bot": [BOT]}) | moment(clock))
    many.other.calls.clear()
    clock.advance(days=1)
    process.bot.worker.catch_up()
    [tip] = [c.params for c in many.other.calls if c.method == "chat.postMessage"]
    assert tip["metadata"]["event_type"] == "weekly_tip"
    assert stop_of(process) == "token_revoked"
    assert stop_of(process, OTHER_TEAM) == ""
    clock.advance(minutes=5)
    Browser(process, many).add()
    assert stop_of(process) == ""
    many.api.calls.clear()
    process.bot.worker.catch_up()
    assert [c.method for c in many.api.calls] == ["chat.postMessage"], "and the tip comes after all"


def test_an_organisation_installs_for_all_and_gives_and_takes_access(
    many: ManySlack, start: OPEN, clock: FakeClock
) -> None:
    process = start()
    many.desk.orgs = {TEAM: ORG}
    browser = Browser(process, many)
    browser.add()  # the workspace by itself, before it joined
    process.send(payloads.command("lang zh"))
    org = {"enterprise_id": ORG}

    def from_org(kind: str, **fields: object) -> dict[str, object]:
        installed = [{"team_id": TEAM, "is_enterprise_install": True, **org}]
        return payloads.event(kind, **fields) | org | {"authorizations": installed} | moment(clock)

    assert "检索" in process.send(payloads.command("RAG") | org).body, "its own token serves on"
    assert "Added to First" in browser.add()[1]
    clock.advance(minutes=1)
    assert "Added to" in browser.add("Allow in all of E0RG")[1]
    storage = process.bot.storage
    assert set(storage.installations.list_tokens()) == {TEAM, ORG}
    process.send(payloads.event("tokens_revoked", tokens={"bot": [BOT]}) | org | moment(clock))
    assert set(storage.installations.list_tokens()) == {ORG}
    assert stop_of(process) == "", "the organisation's serves it"
    assert "检索" in process.send(payloads.command("RAG") | org).body
    new = process.send(payloads.command("RAG") | org, "TNEW")
    assert new.json()["blocks"], "one that was given access is answered"
    assert storage.workspaces.get("TNEW").enterprise_id == ORG
    process.send(from_org("team_access_revoked", team_ids=[TEAM]), TEAM)
    assert stop_of(process) == "team_access_revoked"
    process.send(from_org("team_access_granted", team_ids=[TEAM]), TEAM)
    assert stop_of(process) == ""
    process.bot.shared_state.run_once()
    assert process.bot.edge.languages.of(TEAM, USER) == "zh"
    clock.advance(minutes=1)
    process.send(from_org("app_uninstalled"), TEAM)
    assert {stop_of(process, team) for team in (TEAM, "TNEW")} == {"app_uninstalled"}
    many.uninstall(many.api)
    browser.add("Allow in all of E0RG")
    assert {stop_of(process, team) for team in (TEAM, "TNEW")} == {""}


def test_keys_are_changed_one_after_the_other(
    many: ManySlack, start: OPEN, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    Browser(start(), many).add()
    old, new, wrong = KEYS
    with pytest.raises(SettingsError, match="opens none of the tokens"):
        start(token_keys=(wrong,))
    start(token_keys=(new, old))
    assert "tokens encrypted anew by the first of SLACK_TOKEN_KEYS: 1" in caplog.text
    process = start(token_keys=(new,))
    assert process.send(payloads.command("RAG")).json()["blocks"]
    with pytest.raises(SettingsError, match="SLACK_TOKEN_KEYS should hold"):
        start(token_keys=("short",))


def test_without_cryptography_the_start_says_what_to_install(
    start: OPEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.fernet", None)
    with pytest.raises(SettingsError, match=r"llm-startup-bot\[oauth\]"):
        start()


def test_a_known_workspace_is_answered_while_the_database_is_away(
    many: ManySlack, start: OPEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.database.errors import StorageError

    process = start()
    Browser(process, many).add()
    process.send(payloads.command("RAG"))

    def fail(*args: object) -> None:
        raise StorageError("away")

    workspaces = process.bot.edge.workspaces
    monkeypatch.setattr(workspaces, "_load", fail)
    workspaces.expire()
    assert process.send(payloads.command("RAG")).json()["blocks"]
    said = process.send(payloads.command("RAG"), OTHER_TEAM)
    assert "The database did not answer" in said.body

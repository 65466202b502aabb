"""`python -m bot tips`: what an operator sees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.storage import Storage, open_storage
from bot.tips.models import Schedule
from bot.tips.planning import build_plan
from bot.tips.rotation import Pool
from tests.support.content import write_entry
from tests.support.databases import TEAMS
from tests.support.local_slack import TEAM, TOKEN, LocalSlack
from tests.support.tips import build_subscription, list_subscriptions, subscribe

TIP = {
    "id": "tip-611-01",
    "section": "6.1.1",
    "zh": "本周列出模型。",
    "en": "This week: list your models.",
    "why": {"zh": "否则会忘。", "en": "Or you forget."},
    "source": "Evans 2003",
    "checked": "2026-11-24",
}


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """The database and content that the command finds in its environment."""
    write_entry(tmp_path / "content", TIP)
    url = f"sqlite:///{tmp_path}/bot.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"):
        monkeypatch.setenv(name, "")
    storage = open_storage(url)
    for team_id in TEAMS:
        storage.workspaces.start(team_id)
    yield storage
    storage.close()


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSlack]:
    slack = LocalSlack(lambda: datetime.now(UTC))  # the command goes by the machine's clock
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    yield slack
    slack.close()


def add_due(storage: Storage, team: str = TEAM) -> None:
    """A subscription whose tip was due a minute ago."""
    minute_ago = datetime.now(UTC) - timedelta(minutes=1)
    schedule = Schedule(minute_ago.weekday(), minute_ago.time().replace(second=0, microsecond=0))
    sub = subscribe(schedule, minute_ago - timedelta(minutes=2), team_id=team)
    storage.subscriptions.change(team, sub.channel_id, lambda _: sub)


def test_due_lists_what_comes_next_and_when(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    storage.subscriptions.change("T1", "C1", lambda _: build_subscription())
    assert main(["tips", "due", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["at"], row["channel"], row["tip"]) == (
        "2026-11-30T09:30+00:00", "C1", "tip-611-01",
    )  # fmt: skip


def test_due_says_where_nothing_is_sent(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    storage.subscriptions.change("T1", "C1", lambda _: build_subscription())
    storage.workspaces.stop("T1", "account_inactive")
    assert main(["tips", "due", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "stopped: account_inactive"


def test_without_subscriptions_there_is_nothing(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tips", "due"]) == 0
    assert capsys.readouterr().out == "nothing\n"


def test_run_delivers_what_is_due_once(storage: Storage, slack: LocalSlack) -> None:
    add_due(storage)
    assert main(["tips", "run"]) == 0
    assert main(["tips", "run"]) == 0
    [message] = slack.of("chat.postMessage")
    assert message["channel"] == "C1"
    assert "list your models" in message["text"]


def test_run_touches_no_other_workspaces_channels(storage: Storage, slack: LocalSlack) -> None:
    """Its token would see them as deleted channels."""
    add_due(storage, team="T2")
    assert main(["tips", "run"]) == 0
    assert slack.of("chat.postMessage") == []
    assert list_subscriptions(storage, "T2")[0].on
    assert storage.workspaces.get("T2").stopped == "no_token"


def test_run_without_a_token_says_which_one(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tips", "run"]) == 1
    assert "SLACK_BOT_TOKEN" in capsys.readouterr().err


def test_run_with_a_token_that_slack_refuses_says_what_to_do(
    storage: Storage, slack: LocalSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    add_due(storage)
    slack.fail_next("auth.test", "token_revoked")
    assert main(["tips", "run"]) == 1
    told = capsys.readouterr().err
    assert "Slack refused SLACK_BOT_TOKEN (token_revoked)" in told
    assert slack.of("chat.postMessage") == []


def test_history_shows_each_delivery_with_its_state(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    storage.subscriptions.change("T1", "C1", lambda _: build_subscription())
    storage.due_tips.enqueue(datetime(2026, 11, 30, 9, 30, tzinfo=UTC), build_plan(Pool(())))
    assert main(["tips", "history", "--team", "T1"]) == 0
    assert capsys.readouterr().out == "2026-11-30  T1  C1  -  missed  -  no_tips\n"


def test_a_database_that_cannot_be_opened_is_one_plain_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    assert main(["tips", "due"]) == 1
    assert capsys.readouterr().err.count("\n") == 1

"""`python -m bot forget` and `export`: what is kept, and what goes."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.checklists.models import Change, ChangeKind
from bot.database.installations import StoredInstallation
from bot.database.people import SHARED, own_column
from bot.database.tables import SLACK_ID, metadata
from bot.slack.oauth.vault import Vault
from bot.storage import Storage, open_storage
from tests.support.local_slack import NOW, SECRET, TEAM
from tests.support.oauth import CLIENT_ID, CLIENT_SECRET, KEYS, PUBLIC_URL, ManySlack
from tests.support.runs import build_run
from tests.support.tips import CHANNEL, USER, build_subscription

OTHER = "T2"
# Ids of Slack that name no person.
NO_PERSON = {
    "team_id", "enterprise_id", "channel_id", "curators_channel", "app_id", "bot_id", "bot_user_id",
    "id",
}  # fmt: skip


@pytest.fixture
def storage(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "PUBLIC_URL"):
        monkeypatch.setenv(name, "")
    opened = open_storage(sqlite_url)
    for team_id in (TEAM, OTHER):
        opened.workspaces.start(team_id)
        opened.preferences.save_lang(team_id, USER, "zh")
        opened.lookups.add(team_id, USER, "rag", NOW)
        opened.feedback.save(team_id, USER, "rag", helpful=False, now=NOW, remark="too short")
        opened.welcomed.add(team_id, USER, NOW)
        sub = build_subscription(team_id=team_id)
        opened.subscriptions.change(team_id, CHANNEL, lambda before, sub=sub: sub)
        opened.runs.create(build_run(team_id=team_id, run_id=f"run-{team_id}", by=USER))
        opened.settings.change(
            team_id, lambda old: replace(old, curators=("U2", USER), curators_channel="C2"), NOW
        )
        opened.questions.ask(team_id, USER, "What is a zorblax?", "en", "C2", NOW)
        for item, owner in ((1, USER), (2, "U2")):
            change = Change(what=ChangeKind.ASSIGNED, item=item, user_id=owner)
            opened.runs.change(team_id, f"run-{team_id}", change, USER, NOW)
    yield opened
    opened.close()


def test_a_person_is_forgotten_and_what_is_the_teams_stays(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forget", "--user", USER, "--workspace", TEAM]) == 0
    said = capsys.readouterr().out
    assert f"{TEAM}  deleted  feedback: 1" in said
    assert f"{TEAM}  unassigned  open items of checklists: 1" in said
    assert "run_log.by: 4 (a checklist's log is its team's record" in said
    assert storage.preferences.list_langs(TEAM) == {}
    assert storage.lookups.recent(TEAM, USER) == []
    assert storage.feedback.counts(TEAM, "rag") == (0, 0)
    run = storage.runs.find(TEAM, f"run-{TEAM}")
    assert run is not None
    assert [item.owner for item in run.items[:2]] == ["", "U2"]
    assert storage.preferences.list_langs(OTHER) == {USER: "zh"}, "elsewhere nothing changes"
    assert f"{TEAM}  removed  from the curators" in said
    assert storage.settings.get(TEAM).curators == ("U2",)
    assert storage.settings.get(OTHER).curators == ("U2", USER)
    messages = storage.outbox.history(TEAM, "checklists", USER)
    assert messages == [], "nothing waits to be told to them"
    assert main(["forget", "--user", USER]) == 0
    assert storage.preferences.list_langs(OTHER) == {}
    assert main(["forget", "--user", "U404"]) == 0
    assert "nothing is kept of U404" in capsys.readouterr().out


def test_a_workspace_is_exported_whole_and_without_its_token_then_forgotten(
    storage: Storage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    slack = ManySlack(lambda: NOW)
    environ = {
        "PUBLIC_URL": PUBLIC_URL, "SLACK_CLIENT_ID": CLIENT_ID, "SLACK_TOKEN_KEYS": KEYS[0],
        "SLACK_CLIENT_SECRET": CLIENT_SECRET, "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
    }  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    slack.api.token = "xoxb-of-first"
    sealed = Vault(KEYS[:1]).seal("xoxb-of-first")
    new = StoredInstallation(id=TEAM, installed_at=NOW, token=sealed, installed_by=USER)
    storage.installations.save(new)
    file = tmp_path / "export.json"
    assert main(["export", "--workspace", TEAM, str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    tables = json.loads(text)["tables"]
    assert (tables["people"][0]["lang"], tables["subscriptions"][0]["at"]) == ("zh", "09:30")
    assert tables["subscriptions"][0]["rotation"]["round"] == 1
    assert tables["feedback"][0]["remark"] == "too short"
    assert tables["installations"][0]["installed_by"] == USER
    assert len(tables["run_log"]) == 3
    assert sealed not in text
    assert tables["questions"][0]["text"] == "What is a zorblax?"
    assert "askers" not in tables, "who asked without a name is in no export"
    assert OTHER not in {row.get("team_id") for rows in tables.values() for row in rows}
    assert main(["export", "--workspace", TEAM, str(file)]) == 1, "nothing is overwritten"
    capsys.readouterr()
    assert main(["forget", "--workspace", TEAM]) == 0
    assert "the token is revoked" in capsys.readouterr().out
    assert slack.api.token == ""
    assert storage.workspaces.list_ids() == [OTHER]
    assert storage.installations.list_tokens() == {}
    assert storage.subscriptions.find(TEAM, CHANNEL) is None
    assert storage.subscriptions.find(OTHER, CHANNEL) is not None
    for command in ("export", "forget"):
        assert main([command, "--workspace", TEAM]) == 1
        assert f"Nothing is kept of a workspace {TEAM}." in capsys.readouterr().err
    assert main(["forget"]) == 1
    slack.close()


def test_every_column_that_names_a_person_says_what_becomes_of_it() -> None:
    """A new table either holds rows that are a person's own, or stands in SHARED with a reason."""
    undecided = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.type is SLACK_ID
        and column.name not in NO_PERSON
        and column.name != own_column(table)
        and (table.name, column.name) not in SHARED
    ]
    assert undecided == []

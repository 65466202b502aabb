from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import CONTENT_DIR
from tests.support.content import TERM, write_entry

ASKS = ["one two three four", "two three four five", "three four five six"]
CASE = {
    "id": "case-x",
    "title": {"zh": "某公司", "en": "A company"},
    "section": "4.2.2",
    "facts": {"zh": ["2024 年成立。"], "en": ["Founded in 2024."]},
    "lessons": [{"zh": "先问。", "en": "Ask first."}],
    "discuss": {"zh": "我们呢？", "en": "And we?"},
    "asks": {"zh": ["这家公司后来怎么样了", "它为什么失败了", "谁买下了它们"], "en": ASKS},
    "sources": ["A report, 2024, https://example.com/report"],
    "checked": "2026-11-24",
}
WRITTEN = "2026-11-24"


def test_the_handbook_has_no_fault_on_the_day_it_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folders = ("glossary", "checklists", "cases", "tips", "sections", "comparisons")
    numbers = [len(list((CONTENT_DIR / folder).glob("*.toml"))) for folder in folders]
    names = ("terms", *folders[1:])
    counts = ", ".join(f"{number} {name}" for number, name in zip(numbers, names, strict=True))
    assert main(["check", str(CONTENT_DIR), "--today", WRITTEN]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == (f"{counts}: no fault\n")


def test_faults_are_listed_and_the_exit_code_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, TERM, related=["nowhere"])
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert 'glossary/prompt-injection.toml: related: "nowhere" is unknown' in out
    assert "faults" in out.splitlines()[-1]


def test_an_overdue_review_is_a_warning_and_a_fault_only_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, CASE, review_by="2026-12-24", moves="figures")
    assert main(["check", str(tmp_path), "--today", "2026-12-24", "--overdue"]) == 0
    assert capsys.readouterr().out.endswith(": no fault\n")
    assert main(["check", str(tmp_path), "--today", "2026-12-25"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "warning: cases/case-x.toml: review_by: was due on 2026-12-24, "
        "expected sources read again, then a later date",
        "0 terms, 0 checklists, 1 cases, 0 tips, 0 sections, 0 comparisons: no fault, "
        "1 overdue review",
    ]
    assert main(["check", str(tmp_path), "--today", "2026-12-25", "--overdue"]) == 1


def test_the_content_dir_of_the_settings_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, TERM, related=["nowhere"])
    monkeypatch.setenv("CONTENT_DIR", f" {tmp_path} ")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith("glossary/prompt-injection.toml: ")


def test_what_is_due_for_review_is_listed_by_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CONTENT_DIR), "--due", "2027-12-31"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines == sorted(lines)
    assert last.startswith(f"{len(lines)} due for review by 2027-12-31: figures ")
    assert len(lines) > 300
    assert any("  law, models  " in line for line in lines)


def test_reviews_are_counted_by_what_moves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, CASE, review_by="2026-12-24", moves="prices", disclaimer="law")
    write_entry(tmp_path, TERM, review_by="2026-12-20")
    assert main(["check", str(tmp_path), "--due", "2026-12-24"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-12-20  the rest        glossary/prompt-injection.toml  Prompt injection",
        "2026-12-24  law, prices     cases/case-x.toml  A company",
        "2 due for review by 2026-12-24: law 1, prices 1, the rest 1",
    ]
    main(["check", str(tmp_path)])
    said = "moves: missing, though it is read again after 26 days, expected one or more of law, "
    assert said in capsys.readouterr().out


def test_who_states_which_fact_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CONTENT_DIR), "--facts"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("reg-eu-pld-date: 2026-12-09"))
    stated_by = lines[at + 1 : at + 5]
    assert "  glossary/product-liability.toml  Product liability (EU)" in stated_by
    assert last == f"{sum(not line.startswith(' ') for line in lines)} facts"


def test_the_manifest_is_for_socket_mode_without_a_url(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manifest"])
    manifest = json.loads(capsys.readouterr().out)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest["features"]["slash_commands"][0]


@pytest.mark.parametrize(
    "url", ["https://bot.example", "https://bot.example/", "https://bot.example/slack/events"]
)
def test_a_url_makes_it_http_with_one_path_for_all(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["manifest", "--url", url])
    manifest = json.loads(capsys.readouterr().out)
    expected = "https://bot.example/slack/events"
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["settings"]["event_subscriptions"]["request_url"] == expected
    assert manifest["settings"]["interactivity"]["request_url"] == expected
    assert manifest["features"]["slash_commands"][0]["url"] == expected


@pytest.mark.parametrize(
    "url", ["https://bot.example", "https://bot.example/", "https://bot.example/mcp"]
)
def test_the_server_for_agents_is_declared_to_slackbot_where_asked(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["manifest"])
    before = json.loads(capsys.readouterr().out)
    main(["manifest", "--mcp", url])
    manifest = json.loads(capsys.readouterr().out)
    assert manifest.pop("mcp_servers") == {
        "handbook": {"url": "https://bot.example/mcp", "auth_type": "slack_identity_auth"}
    }
    assert manifest["oauth_config"]["scopes"]["bot"].pop() == "mcp:connect"
    assert manifest == before


def test_add_to_slack_names_where_slack_leads_back_to(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manifest", "--url", "https://bot.example/slack/events", "--add-to-slack"])
    manifest = json.loads(capsys.readouterr().out)
    back = "https://bot.example/slack/oauth_redirect"
    assert manifest["oauth_config"]["redirect_urls"] == [back]
    assert manifest["settings"]["org_deploy_enabled"] is True
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {"team_access_granted", "team_access_revoked", "app_uninstalled"} <= set(events)
    assert main(["manifest", "--add-to-slack"]) == 1


@pytest.mark.parametrize("option", ["--url", "--mcp"])
@pytest.mark.parametrize("url", ["http://bot.example", "bot.example", "https://"])
def test_an_address_that_is_not_https_is_refused(
    option: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", option, url]) == 1
    assert capsys.readouterr().err.startswith(f"{option} is {url!r}; it should be https://")

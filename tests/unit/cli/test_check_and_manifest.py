from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import CONTENT_DIR
from tests.support.content import TERM, write_entry

WRITTEN = "2026-11-24"


def test_the_handbook_has_no_fault_on_the_day_it_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--today", WRITTEN]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == (
        "263 terms, 30 checklists, 20 cases, 60 tips, 42 sections: no fault\n"
    )


def test_faults_are_listed_and_the_exit_code_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, TERM, related=["nowhere"])
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert 'glossary/prompt-injection.toml: related: "nowhere" is unknown' in out
    assert "faults" in out.splitlines()[-1]


def test_what_is_due_for_review_is_listed_by_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CONTENT_DIR), "--due", "2027-12-31"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines == sorted(lines)
    assert last == f"{len(lines)} due for review by 2027-12-31"
    assert len(lines) > 300


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


def test_a_url_that_is_not_https_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--url", "http://bot.example"]) == 1
    assert "https://" in capsys.readouterr().err

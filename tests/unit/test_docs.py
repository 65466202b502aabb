"""What the operators' pages say holds: their commands run, their tables are the code's."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot import retention
from bot.__main__ import main
from bot.admin.models import WorkspaceSettings
from bot.database.engine import Database
from bot.database.tables import metadata
from bot.insights import models as insights
from bot.insights.upkeep import KEEP_COUNTS
from bot.settings import ROOT
from tests.support.agents import STDIO
from tests.support.content import TERM, write_entry

PAGES = ("operating.md", "security.md", "slack-app.md")
BLOCK = re.compile(r"^ *```(sh|bash)\n(.*?)^ *```", re.M | re.S)


def blocks(page: str, kind: str) -> list[str]:
    """`sh`: run here. `bash`: they need root, Docker or a network."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [block for found, block in BLOCK.findall(text) if found == kind]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a database that is there, with little content. They are simple commands, of the bot or of
    a script: no pipes, no substitutions."""
    write_entry(tmp_path / "content", TERM)
    Database.open(f"sqlite:///{tmp_path}/data/bot.db").close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    for line in "".join(blocks(page, "sh")).splitlines():
        words = shlex.split(line, comments=True)
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
        while "=" in words[0]:
            monkeypatch.setenv(*words.pop(0).split("=", 1))
        if words[0] == "llm-startup-bot":
            assert call(words[1:]) == 0, line
        else:
            script = words[1 : words.index(">")]
            subprocess.run([sys.executable, *script], check=True, capture_output=True, cwd=ROOT)


def call(arguments: list[str]) -> int | str | None:
    """The exit code, by whichever way it comes."""
    try:
        return main(arguments)
    except SystemExit as end:
        return end.code or 0


@pytest.mark.parametrize("page", PAGES)
def test_other_commands_are_well_formed_and_name_files_that_are_there(page: str) -> None:
    for block in blocks(page, "bash"):
        subprocess.run(["bash", "-n"], input=block, text=True, check=True)
        named = re.findall(r"(?<![\w/.])(?:deploy/[\w.-]+|\.env\.example)", block)
        assert [n for n in named if n != "deploy/secrets" and not (ROOT / n).exists()] == []


def test_what_is_pasted_into_an_agents_settings_can_be_read() -> None:
    """Each client names the program or the address by keys of its own."""
    text = (ROOT / "docs/agents.md").read_text("utf-8")
    programs: list[tuple[str, list[str]]] = []
    addresses: list[str] = []
    for kind, block in re.findall(r"^```(json|toml|sh)\n(.*?)^```", text, re.M | re.S):
        if kind == "sh":
            for line in block.splitlines():
                words = shlex.split(line)
                assert words[:3] == ["claude", "mcp", "add"]
                if "--" in words:
                    program, *arguments = words[words.index("--") + 1 :]
                    programs.append((program, arguments))
                else:
                    addresses += [word for word in words if word.startswith("http")][1:]
            continue
        found = json.loads(block) if kind == "json" else tomllib.loads(block)
        [servers] = found.values()
        server = servers["handbook"]
        if "command" in server:
            programs.append((server["command"], server["args"]))
        else:
            addresses.append(server.get("url") or server["httpUrl"])
    assert {(Path(program).name, *args) for program, args in programs} == {
        (STDIO["program"], *STDIO["args"])
    }
    assert set(addresses) == {"http://127.0.0.1:3002/mcp", "https://bot.example.com/mcp"}
    assert (len(programs), len(addresses)) == (4, 6)


@pytest.mark.parametrize("page", [*PAGES, "agents.md", "../README.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text)
    folder = (ROOT / "docs" / page).parent
    assert [link for link in links if not (folder / link).exists()] == []


def test_what_is_kept_is_kept_as_long_as_the_page_says() -> None:
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for words, kept in {
        "whether an entry helped": retention.FEEDBACK,
        "deliveries of tips": retention.DELIVERIES,
        "a line that asks for a change": retention.INTERRUPTIONS,
        "entries that a person opened": timedelta(days=WorkspaceSettings().lookup_days),
        "questions to the team, without": insights.KEEP_TEXT,
        "who asked a question to the team": insights.KEEP,
        "counts by day": KEEP_COUNTS,
    }.items():
        [row] = [row for row in rows if words in row]
        assert re.search(rf"\b{kept.days} days?\b", row)


# Every table of the database, and what its row on the page is called.
KEPT = {
    "workspaces": "workspaces:", "settings": "workspaces:", "installations": "the token of",
    "oauth_states": "visits of", "people": "language that", "reminder_mutes": "reminders switched",
    "lookups": "the last ten", "feedback": "whether an entry helped", "welcomed": "was welcomed",
    "subscriptions": "weekly tips: channel", "outbox": "deliveries of tips", "handled": "ids of",
    "runs": "running checklists", "run_items": "running checklists", "run_log": "dates, notes, log",
    "series": "that repeat", "entries": "own entries", "entry_versions": "every version",
    "proposals": "proposals", "wordings": "wordings", "heard_names": "names that lead to them",
    "questions": "without who asked |", "askers": "who asked a question", "counts": "counts by day",
}  # fmt: skip
NUMBERS = {"changes", "alembic_version"}  # of nobody


def test_the_page_has_a_row_for_every_table_and_says_when_a_workspaces_data_go() -> None:
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert set(metadata.tables) - NUMBERS == set(KEPT)
    for words in KEPT.values():
        assert len([row for row in rows if words in row]) == 1, words
    ends = [row for row in rows if "app is uninstalled" in row and "the token of" not in row]
    assert len(ends) > 5
    assert [row for row in ends if "uninstalled, and 30 days more" not in row] == []


def test_the_page_names_every_figure() -> None:
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    source = (ROOT / "bot/monitoring/metrics.py").read_text("utf-8")
    names = re.findall(r'\{PREFIX\}(\w+)"', source)
    assert len(names) > 10
    assert [name for name in names if f"`{name}" not in text] == []


def test_the_example_names_every_setting() -> None:
    source = (ROOT / "bot/settings.py").read_text("utf-8")
    read = set(re.findall(r'get\("([A-Z_]+)"', source))
    example = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.M))
    assert read - example == set()

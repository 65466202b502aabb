"""The checks before a commit are those of `make lint`."""

from __future__ import annotations

import re

from bot.settings import ROOT


def test_pre_commit_runs_the_commands_of_make_lint() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.M)
    assert recipe
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()]
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"^ +entry: (.+)$", hooks, re.M) == commands


def test_the_workflow_begins_with_the_oldest_python_that_is_supported() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    tested = re.search(r"python: \[(.+)\]", workflow)
    assert oldest
    assert tested
    assert tested[1].split(", ")[0] == f'"{oldest[1]}"'


def test_contributing_names_files_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`((?:bot|content|tests)/[\w./]+)`", text))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    drawn = re.findall(r"^  (\w+)/ ", text, re.M)
    packages = [path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")]
    assert sorted(drawn) == sorted(packages)

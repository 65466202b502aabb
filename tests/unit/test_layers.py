"""The arrows of the layout, read from the imports of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

MODULES = sorted((ROOT / "bot").rglob("*.py"))

# Package -> packages of ours that it may import. What is not named here may import anything.
ALLOWED = {
    "bot.i18n": set(),
    "bot.handbook": {"bot.i18n"},
    "bot.search": {"bot.handbook", "bot.i18n"},
    "bot.settings": {"bot.i18n"},
}
# Library -> where it may be imported.
HOMES = {
    "rapidfuzz": ("bot.search",),
    "opencc": ("bot.search",),
    "sqlalchemy": (
        "bot.database", "bot.answers.repository", "bot.answers.tables", "bot.tips.repository",
        "bot.tips.tables",
        "bot.checklists.repository", "bot.checklists.tables",
    ),
    "alembic": ("bot.database",),
    "apscheduler": ("bot.tips",),
    "slack_bolt": (
        "bot.app", "bot.slack", "bot.answers.listeners", "bot.tips.listeners",
        "bot.checklists.listeners", "bot.playground",
    ),
    "slack_sdk": (
        "bot.app", "bot.slack", "bot.answers.listeners", "bot.tips.listeners",
        "bot.checklists.listeners", "bot.playground", "bot.tips.sender",
    ),
    "jsonschema": ("bot.playground",),
    "granian": ("bot.slack.serve",),
}  # fmt: skip


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def inside(module: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(module == p or module.startswith(f"{p}.") for p in packages)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_follow_the_arrows(path: Path) -> None:
    name = name_of(path)
    for package, allowed in ALLOWED.items():
        if inside(name, (package,)):
            ours = {m for m in imports_of(path) if m.startswith("bot.")}
            assert {m for m in ours if not inside(m, {package} | allowed)} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_stays_at_home(path: Path) -> None:
    name = name_of(path)
    for module in imports_of(path):
        homes = HOMES.get(module.split(".")[0])
        if homes:
            assert inside(name, homes), f"{name} imports {module}"


def test_nothing_outside_the_playground_knows_it() -> None:
    knowing = {
        name_of(path)
        for path in MODULES
        if not inside(name_of(path), ("bot.playground",))
        and any(inside(m, ("bot.playground",)) for m in imports_of(path))
    }
    assert knowing <= {"bot.cli.run", "bot.cli.playground"}


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import bot", ("slack_bolt", "slack_sdk", "sqlalchemy", "rapidfuzz", "opencc")),
        ("import bot.cli.ask", ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "granian")),
        ("import bot.app", ("alembic", "apscheduler", "granian", "jsonschema")),
    ],
)
def test_a_light_import_stays_light(code: str, absent: tuple[str, ...]) -> None:
    probe = f"import sys; {code}; print([m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name_of(p)
        for p in MODULES
        if "os" in set(imports_of(p)) and "environ" in p.read_text("utf-8")
    }
    assert readers <= {"bot.settings"}

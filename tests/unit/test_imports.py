"""What the contracts in pyproject.toml (import-linter, in `make lint`) cannot say of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

MODULES = sorted((ROOT / "bot").rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# What is imported one after the other, and what none of it, nor all before it, brings along.
LIGHT = {
    "agents": {
        "bot": ("slack_bolt", "slack_sdk", "sqlalchemy", "rapidfuzz", "opencc"),
        "bot.cli.ask": ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "websockets"),
        "bot.cli.mcp": ("mcp", "pydantic", "slack_sdk", "sqlalchemy"),
        "bot.agents.running": ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic"),
        "bot.agents.http": ("slack_bolt", "sqlalchemy", "alembic"),
    },
    "app": {
        "bot.app": ("alembic", "websockets", "jsonschema", "mcp", "pydantic", "cryptography"),
        "bot.cli.run": ("prometheus_client",),
        "bot.monitoring.server": ("prometheus_client",),
    },
}


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_import_stays_light(name: str) -> None:
    probe = (
        "import importlib, sys\n"
        f"for name, absent in {LIGHT[name]!r}.items():\n"
        "    importlib.import_module(name)\n"
        "    print(name, [m for m in absent if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines() == [f"{name} []" for name in LIGHT[name]], done.stderr


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name_of(p)
        for p in MODULES
        if "os" in set(imports_of(p)) and "environ" in p.read_text("utf-8")
    }
    assert readers <= {"bot.settings"}

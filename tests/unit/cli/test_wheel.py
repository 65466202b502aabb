"""The wheel, installed where there is no checkout: it brings the content along."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import ROOT
from tests.support.local_slack import DEADLINE

SOURCES = ("bot", "content", "pyproject.toml", "setup.py", "MANIFEST.in", "manifest.json",
           "README.md", "LICENSE")  # fmt: skip
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is installed to, built without a network from a copy of the sources.
    The libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / "src" / name,
                            ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
        else:
            shutil.copy(ROOT / name, folder / "src" / name)
    left = folder / "src" / "build" / "lib" / "bot"  # of a build before
    left.mkdir(parents=True)
    (left / "removed.py").touch()
    build = ["wheel", "--no-build-isolation", "-w", str(folder), str(folder / "src")]
    install = ["install", "--no-compile", "--target", str(folder / "site")]
    subprocess.run([*PIP, *build, "--no-deps", "--no-index"], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    assert wheel.name == f"llm_startup_bot-{__version__}-py3-none-any.whl"
    subprocess.run([*PIP, *install, "--no-deps", "--no-index", str(wheel)], check=True,
                   capture_output=True)  # fmt: skip
    shutil.rmtree(folder / "src")
    assert not (folder / "site" / "bot" / "removed.py").exists()
    return folder / "site"


def test_it_runs_in_a_foreign_folder_with_its_own_content(site: Path, tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "XDG_", "DATA"))}
    clean |= {"HOME": str(tmp_path), "PYTHONPATH": str(site)}

    def call(*arguments: str, code: int = 0) -> str:
        program = [sys.executable, str(site / "bin" / "llm-startup-bot")]
        done = subprocess.run([*program, *arguments], cwd=tmp_path, env=clean, text=True,
                              capture_output=True, timeout=DEADLINE)  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    assert call("--version").strip() == __version__
    assert call("ask", "RAG").startswith("# Retrieval-augmented generation")
    assert "no fault" in call("check")
    assert '"/llm-startup"' in call("manifest")
    data = tmp_path / ".local" / "share" / "llm-startup-bot"
    assert any((data / "cache").iterdir()), "the next answer comes faster"
    assert f"no database at {data}/bot.db" in call("backup", "copy.db", code=1)
    (tmp_path / ".env").write_text("DATA_DIR=here\n", "ascii")
    assert f"no database at {tmp_path}/here/bot.db" in call("backup", "copy.db", code=1)

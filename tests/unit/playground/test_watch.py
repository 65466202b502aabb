from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from shutil import rmtree

import pytest

from bot.playground.watch import Watch
from tests.support.content import TERM, write_entry

DEADLINE = 10  # seconds; reached only when a test fails


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Queue[int]]:
    """A number for each change that was noticed; handling it fails each time."""
    calls: Queue[int] = Queue()

    def changed() -> None:
        calls.put(len(os.listdir(tmp_path)))
        raise RecursionError("whatever")

    write_entry(tmp_path, TERM)
    watch = Watch(tmp_path, changed, look_seconds=0.01)
    yield calls
    watch.close()


def test_it_goes_on_after_odd_files_and_errors(tmp_path: Path, seen: Queue[int]) -> None:
    folder = tmp_path / "glossary"
    (folder / ".#x.toml").symlink_to("who@host.1234")  # an editor's lock is no change
    (folder / "loop.toml").symlink_to("loop.toml")
    for change in (
        lambda: os.mkfifo(folder / "pipe.toml"),
        lambda: (folder / "x.toml").mkdir(),
        lambda: write_entry(tmp_path, TERM, aliases=["one"]),
        lambda: (folder / "OWN.CSV").write_text("id,zh\n", "ascii"),
        lambda: rmtree(folder),
        lambda: write_entry(tmp_path, TERM),
    ):
        change()
        assert seen.get(timeout=DEADLINE) >= 0


def test_a_folder_that_is_gone_and_comes_back_is_seen(tmp_path: Path, seen: Queue[int]) -> None:
    (tmp_path / "glossary").rename(tmp_path.with_name("away"))
    seen.get(timeout=DEADLINE)
    tmp_path.with_name("away").rename(tmp_path / "glossary")
    seen.get(timeout=DEADLINE)

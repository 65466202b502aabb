"""The content is swapped whole when a file changes, and never for a faulty one."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.handbook import Content, Fault, HandbookError
from bot.handbook.watch import look_at
from bot.slack.periodic import Periodic
from tests.support.local_slack import DEADLINE


class Files:
    """A folder that reads as one text, and looks as we say."""

    def __init__(self) -> None:
        self.text = "first"
        self.version = 0
        self.reads = 0
        self.error: Exception | None = None

    def read(self, before: str | None = None) -> str:
        self.reads += 1
        if self.error:
            raise self.error
        return self.text

    def look(self) -> dict[str, int]:
        return {"a.toml": self.version}

    def write(self, text: str, error: Exception | None = None) -> None:
        self.text, self.error = text, error
        self.version += 1


@pytest.fixture
def files() -> Files:
    return Files()


def test_it_is_read_once_and_again_when_a_file_changes(files: Files) -> None:
    content = Content(files.read, files.look)
    content.refresh()
    assert (content.current, files.reads) == ("first", 1)
    files.write("second")
    content.refresh()
    content.refresh()
    assert (content.current, files.reads) == ("second", 2)


def test_what_is_written_while_it_is_read_is_read_again(files: Files) -> None:
    def read(before: str | None) -> str:
        text = files.read()
        if files.reads == 1:
            files.write("second")
        return text

    content = Content(read, files.look)
    assert content.current == "first"
    content.refresh()
    assert content.current == "second"


@pytest.mark.parametrize(
    "error",
    [
        HandbookError([Fault("glossary/a.toml", "short", "missing", "a text")] * 3),
        RecursionError("maximum recursion depth exceeded"),
        ValueError("Exceeds the limit (4300 digits) for integer string conversion"),
        PermissionError(13, "Permission denied", "a.toml"),
        OSError(),
    ],
)
def test_faults_leave_the_content_as_it_is_and_are_one_line(
    files: Files, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    content = Content(files.read, files.look)
    heard: list[Sequence[str]] = []
    content.listeners.append(heard.append)
    files.write("second", error)
    content.refresh()
    content.refresh()
    assert content.current == "first"
    [line] = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert "the one before stays" in line
    assert "\n" not in line
    assert [len(faults) for faults in heard] == [3 if isinstance(error, HandbookError) else 1]
    files.write("third")
    content.refresh()
    assert content.current == "third"
    assert list(heard[-1]) == []


def test_what_is_derived_is_made_once_for_each_content(files: Files) -> None:
    made: list[str] = []

    def build(text: str) -> str:
        made.append(text)
        return text.upper()

    content = Content(files.read, files.look)
    find = content.derive(build)
    assert [find(), find()] == ["FIRST", "FIRST"]
    files.write("second")
    content.refresh()
    assert [find(), find()] == ["SECOND", "SECOND"]
    assert made == ["first", "second"]


def test_a_faulty_first_reading_is_raised(files: Files) -> None:
    files.error = HandbookError([Fault("a.toml", "id", "missing", "an id")])
    with pytest.raises(HandbookError):
        Content(files.read, files.look)


# The files


def test_each_change_of_a_content_file_shows(tmp_path: Path) -> None:
    folder, marker = tmp_path / "content", tmp_path / "reload"
    (folder / "glossary").mkdir(parents=True)
    looks = [look_at(folder, marker)]

    def note() -> None:
        looks.append(look_at(folder, marker))

    path = folder / "glossary" / "a.toml"
    path.write_text("1")
    note()
    path.write_text("12")
    note()
    os.utime(path, ns=(1, 1))
    note()
    path.rename(folder / "glossary" / "b.toml")
    note()
    (folder / "glossary" / "own.csv").write_text("id")
    note()
    (folder / "glossary" / "MORE.CSV").write_text("id,zh")
    note()
    (folder / "glossary").rename(folder / "elsewhere")
    note()
    (folder / "elsewhere").rename(folder / "glossary")
    note()
    (folder / "glossary" / "b.toml").unlink()
    note()
    marker.touch()
    note()
    assert all(before != after for before, after in pairwise(looks))


def test_odd_files_neither_show_nor_hang(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "glossary").mkdir(parents=True)
    before = look_at(folder, tmp_path / "reload")
    (folder / "glossary" / ".#a.toml").symlink_to("nobody@host.1234")
    (folder / "glossary" / "~$own.csv").write_text("Excel's lock")
    (folder / "glossary" / "folder.toml").mkdir()
    os.mkfifo(folder / "glossary" / "pipe.toml")
    (folder / "glossary" / "gone.toml").symlink_to("nowhere.toml")
    (folder / "glossary" / "self.toml").symlink_to("self.toml")
    (folder / "glossary" / "circle").symlink_to("..")
    (folder / "glossary" / "README.md").write_text("x")
    assert look_at(folder, tmp_path / "reload") == before


def test_a_folder_that_is_gone_looks_empty(tmp_path: Path) -> None:
    marker = tmp_path / "reload"
    assert look_at(tmp_path / "none", marker) == {str(marker): (0, 0)}


# The watcher


def test_a_watch_survives_anything(caplog: pytest.LogCaptureFixture) -> None:
    rounds, enough = [0], Event()

    def look() -> None:
        rounds[0] += 1
        if rounds[0] == 4:
            enough.set()
        if rounds[0] < 4:
            raise OSError("the disk is away")

    watch = Periodic({"content": look}, seconds=0)
    watch.start()
    assert enough.wait(DEADLINE)
    watch.close()
    assert caplog.text.count("the disk is away") == 1, "said once"


def test_one_that_hangs_does_not_hold_up_the_end() -> None:
    begun, let_go = Event(), Event()

    def hang() -> None:
        begun.set()
        let_go.wait(DEADLINE)

    watch = Periodic({"content": hang}, seconds=0)
    watch.start()
    assert begun.wait(DEADLINE)
    closing = Thread(target=watch.close, args=(0.01,))
    closing.start()
    closing.join(DEADLINE / 2)
    assert not closing.is_alive()
    let_go.set()

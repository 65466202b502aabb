"""What stands in a content folder beside sound files: read, passed over, or named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.handbook import load_handbook, read_handbook
from tests.support.content import TERM, write_entry


def faults(content: Path) -> list[str]:
    return [str(fault) for fault in read_handbook(content)[1]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_entry(tmp_path, TERM)
    return tmp_path


def test_a_byte_order_mark_in_toml_does_no_harm(content: Path) -> None:
    path = content / "glossary" / "prompt-injection.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert faults(content) == []


@pytest.mark.parametrize("name", ["prompt-injection.TOML", "prompt-injection.Toml"])
def test_endings_are_read_in_any_case(content: Path, name: str) -> None:
    (content / "glossary" / "prompt-injection.toml").rename(content / "glossary" / name)
    assert "prompt-injection" in load_handbook(content).entries


@pytest.mark.parametrize("name", ["._own.csv", "~$own.csv", ".~lock.own.csv#", "._x.toml"])
def test_what_programs_leave_behind_is_passed_over(content: Path, name: str) -> None:
    (content / "glossary" / name).write_bytes(b"\x00\x05\x16\x07Mac OS X\xff")
    assert faults(content) == []


def test_an_editors_lock_is_passed_over(content: Path) -> None:
    (content / "glossary" / ".#x.toml").symlink_to("who@host.1234:5678")
    assert faults(content) == []


def test_a_link_that_leads_nowhere_is_named(content: Path) -> None:
    (content / "glossary" / "x.toml").symlink_to("gone.toml")
    assert faults(content)[0].startswith("glossary/x.toml: file: cannot be read (No such file")


@pytest.mark.parametrize("place", ["glossary/x.toml", "glossary/x.csv", "outline.toml"])
def test_a_folder_called_like_a_file_is_named(content: Path, place: str) -> None:
    (content / place).mkdir()
    assert faults(content) == [f"{place}: file: is a folder, expected a file"]


@pytest.mark.parametrize("place", ["tips/x.toml", "glossary/x.csv", "collisions.toml"])
def test_a_pipe_is_named_and_not_waited_for(content: Path, place: str) -> None:
    (content / place).parent.mkdir(exist_ok=True)
    os.mkfifo(content / place)
    assert faults(content) == [f"{place}: file: is not a file, expected a file"]


def test_a_file_where_a_folder_belongs_is_named(content: Path) -> None:
    (content / "tips").write_text("", "ascii")
    assert faults(content)[0].startswith("tips: folder: cannot be read (Not a directory)")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"aliases = {'[' * 5000}{']' * 5000}", "brackets too deep"),
        (f"number = {'9' * 10_000}", "digits"),
        (f"aliases = {'{a=' * 3000}1{'}' * 3000}", "brackets too deep"),
        ("checked = 2026-02-30", "TOML: "),
    ],
)
def test_toml_that_overloads_the_reader_is_a_fault(content: Path, line: str, problem: str) -> None:
    (content / "glossary" / "odd.toml").write_text(line, "ascii")
    (fault,) = faults(content)
    assert fault.startswith("glossary/odd.toml: TOML: ")
    assert problem in fault


def test_a_date_with_a_time_is_a_fault(content: Path) -> None:
    path = content / "glossary" / "prompt-injection.toml"
    path.write_text(path.read_text("utf-8") + "review_by = 2026-12-01T00:00:00\n", "utf-8")
    assert "review_by: is a date with a time" in faults(content)[0]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("own.csv", "a place in glossary/"),
        ("x.toml", "a place in glossary/"),
        ("cases/own.CSV", "a place in glossary/"),
        ("glossary/own.xlsx", "“CSV UTF-8”"),
    ],
)
def test_a_file_that_would_not_be_read_is_named(content: Path, place: str, expected: str) -> None:
    (content / place).parent.mkdir(exist_ok=True)
    (content / place).write_text("id,zh,en\na,甲,A\n", "utf-8")
    (fault,) = faults(content)
    assert fault.startswith(f"{place}: file: ")
    assert expected in fault

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.search.library import Library
from bot.search.snapshot import KEPT, Snapshots
from tests.support.content import TERM, write_entry


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_entry(tmp_path / "content", TERM)
    return tmp_path / "content"


def build_counted(calls: list[str]) -> str:
    calls.append("built")
    return "value"


def test_a_part_is_built_once_while_nothing_changes(tmp_path: Path, content: Path) -> None:
    calls: list[str] = []
    for _ in range(3):
        snapshots = Snapshots(tmp_path / "cache", content)
        assert snapshots.get("part", lambda: build_counted(calls)) == "value"
    assert calls == ["built"]


def test_a_changed_entry_is_seen_at_once(tmp_path: Path, content: Path) -> None:
    cache = tmp_path / "cache"
    assert Library.load(content, cache).matcher.find("提示注入").matches
    write_entry(content, TERM, name={"zh": "狗粮", "en": "Dogfooding"})
    library = Library.load(content, cache)
    assert library.matcher.find("Dogfooding").matches[0].entry.title.zh == "狗粮"


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05cos\nnothing\n."])
def test_a_damaged_snapshot_is_built_anew(tmp_path: Path, content: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    calls: list[str] = []
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    path.write_bytes(damage)
    assert Snapshots(cache, content).get("part", lambda: build_counted(calls)) == "value"
    assert len(calls) == 2


def test_a_snapshot_that_others_could_write_is_not_trusted(tmp_path: Path, content: Path) -> None:
    cache = tmp_path / "cache"
    calls: list[str] = []
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    os.chmod(path, 0o666)
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path, content: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way", "ascii")
    assert Library.load(content, tmp_path / "cache").matcher.find("提示注入").matches


def test_old_snapshots_are_deleted(tmp_path: Path, content: Path) -> None:
    for number in range(KEPT + 4):
        write_entry(content, TERM, aliases=[f"name {number}"])
        Snapshots(tmp_path / "cache", content).get("part", lambda: "value")
    assert len(list((tmp_path / "cache").iterdir())) <= KEPT


def test_a_change_gives_the_same_indexes_as_building_all_anew(
    tmp_path: Path, content: Path
) -> None:
    """Whether an entry was changed, added, removed, or comes after one that was."""
    for name in ("alpha", "beta", "gamma", "delta"):
        asks = {"zh": [f"{name}怎么算"], "en": [f"how is {name} counted"]}
        write_entry(content, TERM, id=name, name={"zh": f"{name}值", "en": name}, asks=asks)
    before = Library.load(content, tmp_path / "cache")
    assert before.matcher.topics.rank("how is beta counted")
    (content / "glossary" / "alpha.toml").unlink()
    write_entry(content, TERM, id="beta", name={"zh": "新值", "en": "Renewed"})
    write_entry(content, TERM, id="zeta", name={"zh": "末值", "en": "Zeta"})
    after = Library.load(content, tmp_path / "cache", before)
    anew = Library.load(content, tmp_path / "other")
    for query in ("how is gamma counted", "delta怎么算", "renewed", "alpha", "obeyed instructions"):
        assert after.matcher.topics.rank(query) == anew.matcher.topics.rank(query)
        assert after.matcher.find(query) == anew.matcher.find(query)

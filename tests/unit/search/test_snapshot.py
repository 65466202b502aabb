from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.handbook import load_handbook
from bot.handbook.fields import Fault
from bot.handbook.files import parse_toml
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


class Harm:
    """What a pickle of somebody else may hold: here it makes a file."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize("wrap", [lambda harm: harm, lambda harm: [{"a": (harm,)}]])
def test_a_snapshot_runs_no_code(tmp_path: Path, content: Path, wrap: Any) -> None:
    cache, calls, trace = tmp_path / "cache", list[str](), tmp_path / "trace"
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    for harm in (
        Harm(os.mkdir, str(trace)),
        Harm(getattr, Path, "cwd"),
        Harm(eval, f"open({str(trace)!r}, 'w')"),
        Harm(write_entry, trace, TERM),
    ):
        path.write_bytes(pickle.dumps(wrap(harm)))
        calls.clear()
        assert Snapshots(cache, content).get("part", lambda: build_counted(calls)) == "value"
        assert (calls, trace.exists()) == (["built"], False)


def test_a_function_of_the_bot_is_not_called_either(tmp_path: Path, content: Path) -> None:
    cache, calls = tmp_path / "cache", list[str]()
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    for name in (b"bot.search.snapshot\nos", b"bot.handbook.loader\nload_handbook",
                 b"bot.search.snapshot\nos.system"):  # fmt: skip
        path.write_bytes(b"c" + name + b"\n.")
        assert Snapshots(cache, content).get("part", lambda: build_counted(calls)) == "value"
    assert len(calls) == 4


def test_what_the_search_keeps_is_read_back(tmp_path: Path, content: Path) -> None:
    """Every class in it is among those that the unpickler knows."""
    cache = tmp_path / "cache"
    first = Library.load(content, cache)
    assert first.matcher.indexes.topics
    kept = {path.name.partition(".")[2] for path in cache.iterdir()}
    snapshots = Snapshots(cache, content)
    for part in kept:
        assert snapshots.get(part, lambda: pytest.fail("built anew"))
    assert snapshots.get("handbook", lambda: None) == first.handbook


def test_a_link_is_not_followed(tmp_path: Path, content: Path) -> None:
    cache, calls = tmp_path / "cache", list[str]()
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    assert len(calls) == 2


def test_a_pipe_in_place_of_a_snapshot_is_not_waited_for(tmp_path: Path, content: Path) -> None:
    cache, calls = tmp_path / "cache", list[str]()
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    (path,) = cache.iterdir()
    path.unlink()
    os.mkfifo(path, 0o600)
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    assert len(calls) == 2


def test_a_folder_that_others_could_write_is_closed_and_not_trusted(
    tmp_path: Path, content: Path
) -> None:
    cache, calls = tmp_path / "data" / "cache", list[str]()
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    assert [stat.S_IMODE(p.stat().st_mode) for p in (cache, cache.parent)] == [0o700, 0o700]
    cache.chmod(0o777)
    Snapshots(cache, content).get("part", lambda: build_counted(calls))
    assert len(calls) == 2
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_folders_linked_in_a_circle_do_no_harm(tmp_path: Path, content: Path) -> None:
    (content / "again").symlink_to(content)
    assert Library.load(content, tmp_path / "cache").matcher.find("提示注入").matches


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
    assert before.matcher.indexes.topics.rank("how is beta counted")
    (content / "glossary" / "alpha.toml").unlink()
    write_entry(content, TERM, id="beta", name={"zh": "新值", "en": "Renewed"})
    write_entry(content, TERM, id="zeta", name={"zh": "末值", "en": "Zeta"})
    after = Library.load(content, tmp_path / "cache", before)
    anew = Library.load(content, tmp_path / "other")
    for query in ("how is gamma counted", "delta怎么算", "renewed", "alpha", "obeyed instructions"):
        assert after.matcher.indexes.topics.rank(query) == anew.matcher.indexes.topics.rank(query)
        assert after.matcher.find(query) == anew.matcher.find(query)


def test_a_changed_text_has_one_file_parsed_and_no_name_read_anew(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And names.toml, which gives entries more names, holds as before."""
    for name in ("alpha", "beta"):
        write_entry(content, TERM, id=name, name={"zh": f"{name}值", "en": name})
    (content / "names.toml").write_text('alpha = {fr = ["lapremière"]}\n', "utf-8")
    before = Library.load(content, tmp_path / "cache")
    parsed: list[str] = []

    def parse(text: str, file: str, faults: list[Fault]) -> dict[str, object] | None:
        parsed.append(file)
        return parse_toml(text, file, faults)

    monkeypatch.setattr("bot.handbook.loader.parse_toml", parse)
    names = {"zh": "beta值", "en": "beta"}
    write_entry(content, TERM, id="beta", name=names, short={"zh": "改了。", "en": "Changed."})
    after = Library.load(content, tmp_path / "cache", before)
    assert parsed == ["glossary/beta.toml"]
    assert after.matcher.indexes.names is before.matcher.indexes.names
    assert after.handbook == load_handbook(content)
    assert after.matcher.find("lapremière").matches
    (content / "names.toml").write_text('beta = {fr = ["laseconde"]}\n', "utf-8")
    again = Library.load(content, tmp_path / "cache", after)
    assert not again.matcher.find("lapremière").matches
    assert again.matcher.find("laseconde").matches

"""`python -m bot backup` and `restore`: one whole file, while the bot runs."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.__main__ import main
from bot.database.engine import Database
from bot.database.migrate import version_of
from bot.database.migrations import HEAD
from bot.database.workspaces import WorkspaceRepository


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The bot's own, open as in a running bot."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    database = Database.open(sqlite_url)
    yield database
    database.close()


def teams_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute("SELECT team_id FROM workspaces ORDER BY team_id")
        return [row[0] for row in rows]


def test_a_backup_is_one_whole_file_for_its_owner(database: Database, tmp_path: Path) -> None:
    WorkspaceRepository(database).start("T1")
    target = tmp_path / "copy.db"
    assert main(["backup", str(target)]) == 0
    assert teams_in(target) == ["T1"], "also what stands in the log beside bot.db alone"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name and path != target]


def test_the_bot_writes_on_while_it_is_backed_up(database: Database, tmp_path: Path) -> None:
    repository, stop, written = WorkspaceRepository(database), Event(), []

    def write() -> None:
        while not stop.is_set():
            repository.start(f"T{len(written):08}")
            written.append(1)

    writer = Thread(target=write)
    writer.start()
    for number in range(5):
        assert main(["backup", str(tmp_path / f"{number}.db")]) == 0
    stop.set()
    writer.join()
    for number in range(5):
        teams = teams_in(tmp_path / f"{number}.db")
        assert teams == [f"T{n:08}" for n in range(len(teams))], "a state that there has been"
    assert written


def test_a_backup_replaces_an_older_one_and_nothing_else(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, letter = tmp_path / "copy.db", tmp_path / "letter.txt"
    letter.write_text("dear", "ascii")
    assert main(["backup", str(target)]) == 0
    WorkspaceRepository(database).start("T1")
    assert main(["backup", str(target)]) == 0
    assert teams_in(target) == ["T1"]
    for other in (letter, tmp_path / "bot.db"):
        assert main(["backup", str(other)]) == 1
        assert "is there already and is no backup" in capsys.readouterr().err
    assert letter.read_text("ascii") == "dear"
    assert main(["backup", str(tmp_path / "nowhere" / "x.db")]) == 1
    assert "cannot be written (No such file or directory)" in capsys.readouterr().err


def test_a_restore_is_seen_by_a_running_bot_and_keeps_what_was_there(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = WorkspaceRepository(database)
    repository.start("T1")
    repository.restrict("T1", True)
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    repository.restrict("T1", False)
    repository.start("T2")
    assert main(["restore", str(tmp_path / "copy.db")]) == 0
    assert repository.get("T1").restricted
    kept = tmp_path / "bot.db.before-restore"
    assert f"kept in {kept}" in capsys.readouterr().out
    assert teams_in(kept) == ["T1", "T2"]
    repository.start("T3")
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert teams_in(tmp_path / "copy.db") == ["T1", "T3"]


@pytest.mark.parametrize("keep", [0, 200, 8192])
def test_a_damaged_database_is_restored(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: int
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    path, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    assert main(["backup", str(copy)]) == 0
    path.write_bytes(path.read_bytes()[:keep] + b"\xa5" * 20_000)
    damaged = path.read_bytes()
    assert main(["restore", str(copy)]) == 0
    Database.open(sqlite_url).close()
    assert (tmp_path / "bot.db.before-restore").read_bytes() == damaged


def test_a_backup_of_an_older_bot_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    assert main(["restore", str(old)]) == 0
    with database.read() as connection:
        assert version_of(connection) == HEAD


@pytest.mark.parametrize("kind", ["missing", "text", "cut", "other", "newer", "itself"])
def test_what_is_no_backup_changes_nothing(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    WorkspaceRepository(database).start("T1")
    source = tmp_path / "copy.db"
    assert main(["backup", str(source)]) == 0
    if kind == "missing":
        source.unlink()
    elif kind == "text":
        source.write_text("dear", "ascii")
    elif kind == "cut":
        source.write_bytes(source.read_bytes()[:9000])
    elif kind == "itself":
        source = tmp_path / "bot.db"
    else:
        source.unlink() if kind == "other" else None
        with closing(sqlite3.connect(source)) as connection:
            connection.execute(
                "CREATE TABLE x (a)" if kind == "other"
                else "UPDATE alembic_version SET version_num = '9999'"
            )  # fmt: skip
            connection.commit()
    capsys.readouterr()
    assert main(["restore", str(source)]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert main(["backup", str(tmp_path / "after.db")]) == 0
    assert teams_in(tmp_path / "after.db") == ["T1"]
    assert not list(tmp_path.glob("*.before-restore"))


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_is_pointed_to_its_own_tools(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x")
    assert main([command, "x"]) == 1
    message = capsys.readouterr().err
    assert ("pg_dump" in message, "secret" in message, message.count("\n")) == (True, False, 1)

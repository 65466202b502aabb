"""Opening, migrating and failing."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.__main__ import main
from bot.database import tables
from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.database.migrate import FOLDER, version_of
from bot.database.migrations import HEAD
from bot.database.workspaces import WorkspaceRepository
from bot.storage import Storage
from tests.support.databases import BACKENDS
from tests.support.old_databases import make_old_database
from tests.support.postgres import fresh_database

OPEN = "import sys; from bot.database.engine import Database; Database.open(sys.argv[1]).close()"


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/folder/bot.db"
    else:
        with fresh_database(request.getfixturevalue("postgres_server")) as url:
            yield url


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_migrations_make_the_tables_that_the_code_expects(storage: Storage) -> None:
    with storage.database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)
    assert differences == []


def test_opening_again_keeps_what_is_there(empty_url: str) -> None:
    first = Database.open(empty_url)
    WorkspaceRepository(first).start("T1")
    WorkspaceRepository(first).restrict("T1", True)
    first.close()
    second = Database.open(empty_url)
    assert WorkspaceRepository(second).get("T1").restricted
    second.close()


def test_several_processes_may_start_at_once_on_an_empty_database(empty_url: str) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", OPEN, empty_url], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, errors
    database = Database.open(empty_url)
    with database.read() as connection:
        assert version_of(connection) == HEAD
    database.close()


def test_the_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "deeper" / "bot.db"
    database = Database.open(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for extra in path.parent.iterdir():
        assert stat.S_IMODE(extra.stat().st_mode) == 0o600, extra
    database.close()


def test_sqlite_writes_ahead_checks_keys_and_reaches_the_disk(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/bot.db")
    with database.read() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    database.close()
    assert values == {
        "journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 10_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "no database's address"),
        ("mysql://host/name", "starts with mysql://"),
        ("sqlite:////proc/nowhere/bot.db", "cannot be made"),
        ("postgres://u:secret@127.0.0.1:1/x", "PostgreSQL server of DATABASE_URL"),
        ("postgresql://u:secret@127.0.0.1:1/x", "PostgreSQL server of DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_plain_message(url: str, message: str) -> None:
    with pytest.raises(StorageError, match=message) as caught:
        Database.open(url)
    assert "secret" not in str(caught.value)


def fill(repository: WorkspaceRepository) -> int:
    """Write until the disk is full; how many were written."""
    for number in range(10_000):
        try:
            repository.start(f"T{number:08}")
            repository.restrict(f"T{number:08}", True)
        except StorageError:
            return number
    pytest.fail("the disk is not full yet")


def test_a_full_disk_is_told_and_writes_nothing(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/bot.db")
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    repository = WorkspaceRepository(database)
    written = fill(repository)
    with pytest.raises(StorageError, match="Free some space"):
        repository.start(f"T{written + 1:08}")
    assert repository.get(f"T{written - 1:08}").restricted
    assert not repository.get(f"T{written:08}").restricted
    database.close()


def change_version(url: str, version: str) -> None:
    database = Database.open(url)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    database.close()


@pytest.mark.parametrize("version", ["9999", "ab12"])
def test_a_database_of_a_newer_bot_is_told_and_left_alone(empty_url: str, version: str) -> None:
    change_version(empty_url, version)
    for _ in range(2):
        with pytest.raises(StorageError, match=f"version {version}, made by a newer bot"):
            Database.open(empty_url)


def test_an_upgrade_says_what_is_to_come_before_it_is_done(
    empty_url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert main(["database"]) == 0
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    make_old_database(empty_url, "0003")
    assert main(["database"]) == 0
    before = capsys.readouterr().out
    assert before.startswith(f"database: not there yet, this bot: {HEAD}\n")
    assert f"database: 0003, this bot: {HEAD}\nto come: 0004 one outbox\nto come: 0005" in before
    caplog.set_level("INFO", "bot.storage")
    assert main(["database", "--upgrade"]) == 0
    assert "version 0003; steps to come: 0004 one outbox; 0005 shared state" in caplog.text
    assert main(["database"]) == 0
    assert capsys.readouterr().out.endswith(f"database: {HEAD}, this bot: {HEAD}\n")


def test_the_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE workspaces (name TEXT)")
    with pytest.raises(StorageError, match="not this bot's: give DATABASE_URL one of its own"):
        Database.open(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "bot.db"
    database = Database.open(f"sqlite:///{path}")
    with database.write() as connection:
        for number in range(200):
            WorkspaceRepository(database).start_within(connection, f"T{number:020}")
    database.close()
    return path.read_bytes()


@pytest.mark.parametrize("keep", [0.0, 0.01, 0.5, 0.9])
@pytest.mark.parametrize("junk", [b"", b"\xa5" * 100_000])
def test_a_half_overwritten_file_stops_the_start(
    tmp_path: Path, whole_file: bytes, keep: float, junk: bytes
) -> None:
    path, whole = tmp_path / "bot.db", whole_file
    kept = whole[: int(len(whole) * keep)]
    path.write_bytes(kept + junk[: len(whole) - len(kept)])
    if not path.stat().st_size:
        return  # an empty file is a new database
    with pytest.raises(StorageError, match="damaged: stop the bot and restore a backup"):
        Database.open(f"sqlite:///{path}")


def test_the_light_parts_of_the_bot_import_no_database() -> None:
    code = (
        "import sys, bot.outbox.dispatcher, bot.outbox.worker, bot.tips.parse, "
        "bot.tips.rotation, bot.database, bot.handbook; "
        "print([m for m in ('sqlalchemy', 'alembic', 'slack_sdk')"
        " if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert found.stdout.strip() == "[]"

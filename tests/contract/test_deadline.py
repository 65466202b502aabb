"""A database that does not answer: whoever waits is told within the click's two seconds."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from bot.database.deadline import within
from bot.database.engine import Database
from bot.database.errors import StorageError
from tests.support.postgres import run_folder, start_server

CLICK_SECONDS = 2.0
MARGIN = 1.5  # a machine that does other things beside


def test_a_locked_sqlite_file_is_given_up_in_time(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = monotonic()
    with within(CLICK_SECONDS):
        for _ in range(3):  # one deadline for all of a click's transactions
            with pytest.raises(StorageError), database.write():
                pass
    assert monotonic() - began < CLICK_SECONDS + MARGIN
    other.execute("ROLLBACK")
    with within(CLICK_SECONDS), database.write():
        pass
    other.close()
    database.close()


@pytest.fixture
def own_server() -> Iterator[object]:
    server = start_server(run_folder().with_name(f"llm-startup-bot-{uuid4().hex}"))
    yield server
    server.cleanup()


def test_a_stopped_postgresql_is_given_up_in_time_and_used_again(own_server: object) -> None:
    database = Database.open(own_server.get_uri())  # type: ignore[attr-defined]
    with database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    folder = Path(own_server.pgdata)  # type: ignore[attr-defined]
    group = int((folder / "postmaster.pid").read_text().split()[0])
    stopped = [group, *children_of(group)]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        began = monotonic()
        with within(CLICK_SECONDS), pytest.raises(StorageError), database.read() as connection:
            connection.exec_driver_sql("SELECT 1")
        assert monotonic() - began < CLICK_SECONDS + MARGIN
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()


def test_a_statement_that_takes_too_long_is_ended_by_the_server(postgres_url: str) -> None:
    database = Database.open(postgres_url)
    began = monotonic()
    with within(0.5), pytest.raises(StorageError), database.read() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(30)")
    assert monotonic() - began < 0.5 + MARGIN
    database.close()


def children_of(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(word) for word in text.split()]

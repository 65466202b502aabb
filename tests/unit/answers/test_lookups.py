"""Lookups wait in memory: no answer waits for the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers.lookups import MAX_WAITING, Lookups
from bot.storage import Storage, open_storage
from tests.support.tips import FakeClock


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = open_storage(f"sqlite:///{tmp_path}/bot.db")
    for team_id in ("T1", "T2"):
        storage.workspaces.start(team_id)
    yield storage
    storage.close()


@pytest.fixture
def lookups(storage: Storage) -> Lookups:
    return Lookups(storage.lookups, FakeClock(datetime(2026, 11, 24, tzinfo=UTC)).now)


def test_nothing_is_written_until_somebody_asks(lookups: Lookups, storage: Storage) -> None:
    lookups.add("T1", "U1", "rag")
    assert storage.lookups.recent("T1", "U1") == []
    assert lookups.recent("T1", "U1") == ["rag"]


def test_it_says_when_there_is_much_to_write(lookups: Lookups) -> None:
    told = [lookups.add("T1", "U1", f"entry-{number}") for number in range(MAX_WAITING)]
    assert told.index(True) == MAX_WAITING - 1


def test_a_deleted_workspace_is_not_written_again(lookups: Lookups, storage: Storage) -> None:
    lookups.add("T1", "U1", "rag")
    lookups.add("T2", "U1", "rag")
    lookups.forget("T1")
    lookups.flush()
    assert storage.lookups.recent("T1", "U1") == []
    assert storage.lookups.recent("T2", "U1") == ["rag"]


def test_what_cannot_be_written_at_the_end_is_let_go(
    lookups: Lookups, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    with storage.database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE lookups")
        connection.commit()
    lookups.add("T1", "U1", "rag")
    lookups.close()
    assert "not kept" in caplog.text

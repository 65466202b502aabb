"""Lookups wait in memory: no answer waits for the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.answers.lookups import Lookups
from bot.answers.repository import Lookup, LookupRepository
from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.storage import Storage, open_storage
from tests.support.local_slack import DEADLINE
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


def test_what_waits_is_seen_at_once_and_written_later(lookups: Lookups, storage: Storage) -> None:
    lookups.add("T1", "U1", "rag")
    assert lookups.recent("T1", "U1") == ["rag"]
    assert storage.lookups.recent("T1", "U1") == []
    lookups.flush()
    assert storage.lookups.recent("T1", "U1") == ["rag"]


def test_reading_merges_what_waits_with_what_is_written(storage: Storage) -> None:
    clock = FakeClock(datetime(2026, 11, 24, tzinfo=UTC))
    lookups = Lookups(storage.lookups, clock.now)
    for number in range(12):
        clock.advance(seconds=1)
        lookups.add("T1", "U1", f"entry-{number:02}")
        lookups.add("T1", "U2", "other")
        if number == 6:
            lookups.flush()
    clock.advance(seconds=1)
    lookups.add("T1", "U1", "entry-03")
    expected = ["entry-03", *(f"entry-{n:02}" for n in (11, 10, 9, 8, 7, 6, 5, 4, 2))]
    assert lookups.recent("T1", "U1") == expected
    lookups.flush()
    assert lookups.recent("T1", "U1") == expected
    assert storage.lookups.recent("T1", "U1") == expected


class SlowRepository(LookupRepository):
    """Writes only when it is let go."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.begun, self.let_go = Event(), Event()

    def add_all(self, moments: Mapping[Lookup, datetime]) -> None:
        self.begun.set()
        assert self.let_go.wait(DEADLINE)
        super().add_all(moments)


def test_nobody_waits_for_the_writer(storage: Storage) -> None:
    repository = SlowRepository(storage.database)
    lookups = Lookups(repository, FakeClock(datetime(2026, 11, 24, tzinfo=UTC)).now)
    lookups.add("T1", "U1", "rag")
    writer = Thread(target=lookups.flush)
    writer.start()
    assert repository.begun.wait(DEADLINE)
    lookups.add("T1", "U1", "agent")
    assert sorted(lookups.recent("T1", "U1")) == ["agent", "rag"]
    repository.let_go.set()
    writer.join()
    lookups.flush()
    assert sorted(storage.lookups.recent("T1", "U1")) == ["agent", "rag"]


def test_a_database_that_does_not_answer_does_not_hold_up_the_end(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.answers.lookups.CLOSE_SECONDS", 0.01)
    repository = SlowRepository(storage.database)
    lookups = Lookups(repository, FakeClock(datetime(2026, 11, 24, tzinfo=UTC)).now)
    lookups.add("T1", "U1", "rag")
    lookups.close()
    assert "did not answer in time" in caplog.text
    repository.let_go.set()


def test_memory_is_bounded_and_the_oldest_are_let_go(
    lookups: Lookups, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answers.lookups.MAX_WAITING", 3)
    for number in range(5):
        lookups.add("T1", f"U{number}", "rag")
    lookups.add("T1", "U2", "rag")
    lookups.flush()
    kept = [n for n in range(5) if storage.lookups.recent("T1", f"U{n}")]
    assert kept == [2, 3, 4]


def test_what_could_not_be_written_waits_on(lookups: Lookups, storage: Storage) -> None:
    with storage.database.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE lookups RENAME TO away")
        connection.commit()
    lookups.add("T1", "U1", "rag")
    with pytest.raises(StorageError):
        lookups.flush()
    with storage.database.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO lookups")
        connection.commit()
    lookups.flush()
    assert storage.lookups.recent("T1", "U1") == ["rag"]


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

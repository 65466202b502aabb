"""Fixtures: every database that the bot runs on, real and empty. A plugin of tests/conftest.py."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.database.engine import Database
from bot.outbox.models import Pace
from bot.playground.records import TEAM_ID
from bot.storage import Storage, open_storage
from tests.support.compiled import compiled_once
from tests.support.postgres import fresh_database, run_folder, sqlalchemy_url, start_server

BACKENDS = ("sqlite", "postgresql")
TEAMS = (TEAM_ID, "T1", "T2")  # the app is installed there
FAST = Pace(rate=6000)  # for tests that are not about pace


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def postgres_server() -> str:
    return str(start_server(run_folder()).get_uri())


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """One database a worker, with tables."""
    with fresh_database(postgres_server) as url:
        Database.open(url).close()
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    database = Database.open(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "bot.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(migrated_postgres: str) -> Iterator[str]:
    yield migrated_postgres
    engine = create_engine(sqlalchemy_url(migrated_postgres))
    with engine.begin() as connection:
        for table in ("workspaces", "installations", "oauth_states"):  # the rest goes with them
            connection.execute(text(f"DELETE FROM {table}"))
    engine.dispose()


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated database of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = open_storage(database_url, FAST)
    for team_id in TEAMS:
        opened.workspaces.start(team_id)
    yield opened
    opened.close()

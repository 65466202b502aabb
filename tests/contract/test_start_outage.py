"""A database server that is not there at the start."""

from __future__ import annotations

import logging

import pytest

from bot.database.errors import DatabaseUnreachable, StorageError
from bot.settings import Settings, SettingsError
from bot.slack.starting import WAITS
from bot.storage import Storage, open_storage
from bot.wiring import database
from bot.wiring.database import open_database
from tests.support.postgres import sqlalchemy_url

TEAM = "T1"
NOBODY = "postgresql://u:secret@127.0.0.1:1/x"


def test_a_server_that_never_comes_is_named_after_a_minute() -> None:
    waits: list[float] = []
    with pytest.raises(SettingsError, match="PostgreSQL server of DATABASE_URL"):
        open_database(Settings(database_url=NOBODY), TEAM, waits.append)
    assert waits == list(WAITS)


def test_a_server_that_comes_late_is_waited_for(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    urls = [NOBODY, NOBODY, postgres_url]

    def open_next(url: str, *pace: object) -> Storage:
        return open_storage(urls.pop(0))

    monkeypatch.setattr(database, "open_storage", open_next)
    waits: list[float] = []
    with caplog.at_level(logging.WARNING, "bot.start"):
        open_database(Settings(), TEAM, waits.append).close()
    assert waits == [1, 2]
    assert "secret" not in caplog.text
    assert "Trying again in 1 s" in caplog.text


def test_a_server_that_refuses_is_not_waited_for(postgres_url: str) -> None:
    url = sqlalchemy_url(postgres_url).set(database="no_such_database", drivername="postgresql")
    with pytest.raises(StorageError) as refused:
        open_storage(url.render_as_string(hide_password=False))
    assert not isinstance(refused.value, DatabaseUnreachable)

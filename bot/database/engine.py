"""One database by its URL: SQLite (a file, made when missing) or PostgreSQL (psycopg 3)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.database.deadline import each_within, remaining, within
from bot.database.errors import DatabaseUnreachable, StorageError
from bot.database.integrity import ADVICE, DAMAGE, check_integrity
from bot.database.migrate import find_pending, migrate
from bot.database.postgres import connect_with_deadline, limit_statements
from bot.folders import close_to_others, make_private
from bot.settings import DATA_DIR

OPENING_SECONDS = 60  # for migrations, which another process may be running
CONNECT_SECONDS = 2
POOL_SECONDS = 2  # until one of the connections is free
# FULL: each commit is on the disk. NORMAL is 30 times faster, but a power cut may undo the last
# commits, and a claim that is undone is a tip posted twice. Nothing on an answer's way writes.
NOT_READY = ("starting up", "shutting down", "in recovery mode", "too many clients")
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


class Database:
    """An engine with transactions for reading and for writing. Thread-safe.

    Whatever the database refuses comes as StorageError, and the transaction has not happened.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite's writers poll for their turn; those of one process wait in line instead.
        self._turn = Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str) -> Database:
        """Connect, look whether the file is whole (SQLite), and migrate. Raises StorageError, also
        for a URL that names no database."""
        engine = _build_engine(_parse(url))
        database = cls(engine)
        try:
            with each_within(OPENING_SECONDS):
                with database.read() as connection:
                    check_integrity(connection)
                with database.write() as connection:
                    migrate(connection)
        except BaseException:
            engine.dispose()
            raise
        return database

    @classmethod
    def look(cls, url: str) -> tuple[str, list[str]]:
        """The version of a database, "" for one that is not there yet, and the steps that opening
        it would take. Changes nothing. Raises StorageError."""
        parsed = _parse(url)
        if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
            return "", []
        database = cls(_build_engine(parsed))
        try:
            with database.read() as connection:
                return find_pending(connection)
        finally:
            database.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction for reading only."""
        with _limited(), _translate_errors(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction for writing, committed at the end. On SQLite there is one at a time, from
        its very beginning: begun later, two that have read could both wait for the other."""
        with (
            _limited(),
            self._in_turn(),
            _translate_errors(self.engine),
            self.engine.connect() as connection,
        ):
            writing = connection.execution_options(writing=True)
            with writing.begin():
                yield writing

    def ping(self) -> None:
        """Raises StorageError where it does not answer."""
        with self.read() as connection:
            connection.exec_driver_sql("SELECT 1")

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that can say what to do on conflict."""
        if self.engine.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=max(0.0, remaining())):
            raise StorageError("The database is busy; nothing was written. Try again in a minute.")
        try:
            yield
        finally:
            self._turn.release()


def find_sqlite_file(url: str) -> Path:
    """The file behind a URL. Raises StorageError, with what to do instead, where there is none."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "postgresql":
        raise StorageError(
            "DATABASE_URL names PostgreSQL, which has its own tools: back it up with "
            "pg_dump --format=custom --file=FILE NAME; docs/operating.md says how to put that back "
            "with pg_restore, and then with `restore --done`."
        )
    if not parsed.database or parsed.database == ":memory:":
        raise StorageError("DATABASE_URL names no file: a database in memory cannot be copied.")
    return Path(parsed.database)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(
            "DATABASE_URL is no database's address; it should look like "
            "postgresql://user:password@host/name or sqlite:///data/bot.db."
        ) from error
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise StorageError(
            f"DATABASE_URL starts with {parsed.drivername}://; sqlite:// and postgresql:// work."
        )
    return parsed


def _build_engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        arguments = {
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": CONNECT_SECONDS * 1000,
            "application_name": "llm-startup-bot",
        }
        try:
            engine = create_engine(
                url, connect_args=arguments, pool_pre_ping=True, pool_size=10,
                pool_timeout=POOL_SECONDS, hide_parameters=True,
            )  # fmt: skip
            event.listen(engine, "do_connect", connect_with_deadline)
            event.listen(engine, "begin", limit_statements)
            return engine
        except ModuleNotFoundError as error:
            raise StorageError(
                "DATABASE_URL names PostgreSQL, and psycopg is not installed: "
                "pip install 'llm-startup-bot[postgres]'."
            ) from error
    if url.database and url.database != ":memory:":
        _make_file(Path(url.database))
    engine = create_engine(url, pool_timeout=POOL_SECONDS, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    """The file and its folder, readable by their owner alone: they hold who asked what."""
    try:
        make_private(path.parent)
        if path.parent.resolve() == DATA_DIR:  # a folder of another's choice may be shared
            close_to_others(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be made ({error.strerror}): set DATABASE_URL to a place that can be "
            "written, for example sqlite:////var/lib/llm-startup-bot/bot.db."
        ) from error


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver begins late; we say BEGIN ourselves
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={max(0, round(remaining() * 1000))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _limited() -> Iterator[None]:
    """One deadline for all that a transaction waits for."""
    with within(remaining()):
        yield


@contextmanager
def _translate_errors(engine: Engine) -> Iterator[None]:
    """Raise the driver's errors as StorageError, with advice."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        kind = DatabaseUnreachable if _is_outage(engine, error, cause) else StorageError
        raise kind(f"{cause}. {_advice(engine, cause)}") from error


def _is_outage(engine: Engine, error: Exception, cause: str) -> bool:
    """A server that refuses the bot by name says FATAL; so does one that is not ready yet."""
    if engine.dialect.name != "postgresql" or not isinstance(error, OperationalError):
        return False
    return "FATAL" not in cause or any(words in cause for words in NOT_READY)


def _advice(engine: Engine, cause: str) -> str:
    if "full" in cause or "No space" in cause:
        return "Free some space on the database's disk; nothing was written."
    if engine.dialect.name == "postgresql":
        return "Check that the PostgreSQL server of DATABASE_URL runs and lets the bot in."
    if any(words in cause for words in DAMAGE):
        return ADVICE
    if "locked" in cause:
        return "Another program keeps the database file locked: close it."
    return f"Check that {engine.url.database} is there and can be written."

"""Copies of the SQLite file by SQLite's own backup API: whole, also while the bot writes.

A copy of the file by other means misses what stands in the write-ahead log beside it.
Source: https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.database.engine import Database, find_sqlite_file
from bot.database.errors import StorageError
from bot.folders import make_private

MAGIC = b"SQLite format 3\0"
KEPT_AS = ".before-restore"  # what a restore has replaced stands beside it under this ending
BUSY_SECONDS = 10
COMPANIONS = ("-wal", "-shm")


def back_up(url: str, target: Path) -> None:
    """Write the database at `url` to `target`, at once or not at all. Raises StorageError."""
    path = find_sqlite_file(url)
    if not path.is_file():
        raise StorageError(f"There is no database at {path} yet: nothing to back up.")
    if target.exists() and (os.path.samefile(path, target) or not _is_sqlite(target)):
        raise StorageError(f"{target} is there already and is no backup: choose another name.")
    with _translate_errors(target), _fresh(target) as new:
        _copy(path, new)
        _check(new, path)
        os.replace(new, target)


def restore(url: str, source: Path, prepare: Callable[[str], object]) -> Path | None:
    """Make a backup the database at `url`, brought to this bot's version, after `prepare` has got
    the URL of what is to be there; what was there is kept in the file that is returned. Raises
    StorageError, or what `prepare` raises, and then nothing has changed."""
    path = find_sqlite_file(url)
    if not source.is_file() or not _is_sqlite(source):
        raise StorageError(f"{source} is not a backup: there is no SQLite database in it.")
    if path.exists() and os.path.samefile(path, source):
        raise StorageError(f"{source} is the database itself: name a backup of it.")
    with _translate_errors(path):
        make_private(path.parent)
        with _fresh(path) as new:
            _copy(source, new)
            _check(new, source)
            Database.open(f"sqlite:///{new}").close()  # older ones are migrated, newer ones refused
            prepare(f"sqlite:///{new}")
            _settle(new)
            kept = _keep(path)
            try:
                _copy(new, path)  # into the file that a running bot has open, if it is sound
            except sqlite3.DatabaseError as error:
                if kept is None or _is_locked(error):
                    raise
                _put_in_place(new, path)
    return kept


def _copy(source: Path, target: Path) -> None:
    uri = f"{source.absolute().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as origin,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as copy,
    ):
        origin.backup(copy)


def _check(path: Path, origin: Path) -> None:
    """Make a copy one file, without a log beside it, and look whether it is whole and ours."""
    _settle(path)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise StorageError(f"{origin} is damaged ({' '.join(found.split())}).")
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not connection.execute(query).fetchone()[0]:
            raise StorageError(f"{origin} is not a database of this bot.")


def _settle(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _keep(path: Path) -> Path | None:
    """Keep what a restore replaces: as a backup, or as it is if it is too damaged for one."""
    if not path.is_file() or not path.stat().st_size:
        return None
    kept = path.with_name(path.name + KEPT_AS)
    with _fresh(kept) as copy:
        try:
            _copy(path, copy)
            _settle(copy)
        except sqlite3.DatabaseError as error:
            if _is_locked(error):
                raise
            copy.write_bytes(path.read_bytes())
        os.replace(copy, kept)
    return kept


def _put_in_place(new: Path, path: Path) -> None:
    """Replace a file that SQLite cannot write to, and the log that belongs to it."""
    for ending in COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    os.replace(new, path)


@contextmanager
def _fresh(beside: Path) -> Iterator[Path]:
    """The name of a new empty file for its owner alone, gone afterwards if it is still there."""
    path = beside.with_name(f".{beside.name}.{os.getpid()}.new")
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield path
    finally:
        for ending in ("", "-journal", *COMPANIONS):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink()


def _is_sqlite(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
    return False


def _is_locked(error: sqlite3.Error) -> bool:
    return "locked" in str(error)


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"{path} cannot be written: {error}.") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}).") from error

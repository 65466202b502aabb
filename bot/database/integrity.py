"""Whether an SQLite file is whole: half overwritten, it would fail at some later question, or give
wrong answers."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.database.errors import StorageError

DAMAGE = ("malformed", "not a database")  # in SQLite's words
ADVICE = "The file is damaged: stop the bot and restore a backup (python -m bot restore FILE)."


def check_integrity(connection: Connection) -> None:
    """Raises StorageError for a damaged file. Asks nothing of PostgreSQL, which checks itself.

    The quick check reads every page, 10 ms a megabyte; the full one, which also compares indexes
    with their tables, takes six times that, and is left to backups.
    """
    if connection.dialect.name != "sqlite":
        return
    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if found != "ok":
        raise StorageError(f"{connection.engine.url.database}: {' '.join(found.split())}. {ADVICE}")

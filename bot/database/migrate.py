"""Bring the tables up to date, at each start. Safe with several processes starting at once:
the first one migrates, the others wait for it and find nothing to do.
"""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.database.errors import StorageError
from bot.database.migrations import HEAD

FOLDER = Path(__file__).parent / "migrations"
LOCK_KEY = 4_155_077_213  # any fixed number; PostgreSQL's advisory locks are named by one

log = logging.getLogger("bot.storage")


def migrate(connection: Connection) -> None:
    """Within a write transaction, which on SQLite is itself the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    found, pending = find_pending(connection)
    if not pending:
        return
    if found:
        log.info("the database is of version %s; steps to come: %s", found, "; ".join(pending))
    logging.getLogger("alembic").setLevel(logging.WARNING)  # before the import: it logs then
    from alembic import command  # 150 ms that most starts do not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
    log.info("database brought from version %s to %s", found or "none", HEAD)


def find_pending(connection: Connection) -> tuple[str, list[str]]:
    """The version of the database, "" for an empty one, and the steps to this bot's. Raises
    StorageError for a database that is a newer bot's or another program's."""
    found = version_of(connection)
    steps = sorted(path.name for path in FOLDER.glob("versions/m[0-9]*.py"))
    numbers = [step[1:].partition("_")[0] for step in steps]
    if found and found not in numbers:
        raise StorageError(
            f"The database is of version {found}, made by a newer bot; this one knows versions up "
            f"to {HEAD}. Update the bot, or restore a backup from before."
        )
    if not found and inspect(connection).has_table("workspaces"):
        raise StorageError(
            "The database holds tables that are not this bot's: give DATABASE_URL one of its own."
        )
    return found, [_describe(step) for step in steps if step[1:].partition("_")[0] > found]


def _describe(step: str) -> str:
    """m0003_threads_of_posts.py -> 0003 threads of posts"""
    number, _, words = step[1:].removesuffix(".py").partition("_")
    return f"{number} {words.replace('_', ' ')}"


def version_of(connection: Connection) -> str:
    """The version of the tables that are there, or ""."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")

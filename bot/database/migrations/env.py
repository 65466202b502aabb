"""Run by Alembic: uses the connection, and with it the lock and transaction, of migrate.py."""

from __future__ import annotations

from alembic import context

from bot.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # on SQLite too: migrate.py has begun a transaction by itself
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()

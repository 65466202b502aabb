"""Databases for the kill tests."""

from tests.support.databases import (
    database_url,
    migrated_postgres,
    migrated_sqlite,
    postgres_server,
    postgres_url,
    sqlite_url,
    storage,
)

__all__ = [
    "database_url",
    "migrated_postgres",
    "migrated_sqlite",
    "postgres_server",
    "postgres_url",
    "sqlite_url",
    "storage",
]

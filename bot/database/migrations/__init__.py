"""Alembic migrations: numbered, never edited once landed. HEAD is the newest."""

HEAD = "0009"

"""The errors of the database. Free of SQLAlchemy, so that every module may import it."""

from __future__ import annotations


class StorageError(Exception):
    """A read or write failed. The message says what an operator can do about it."""


class DatabaseUnreachable(StorageError):
    """No server answered, or it is still starting: a later attempt may succeed."""

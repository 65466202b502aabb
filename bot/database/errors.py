"""What a caller hears when the database does not do it. Free of SQLAlchemy, so that any may ask."""

from __future__ import annotations


class StorageError(Exception):
    """The database did not do it. The message says what an operator can do."""


class DatabaseUnreachable(StorageError):
    """No server answered, or one that is only starting: later it may."""

"""What the database's callers catch."""

from __future__ import annotations


class StorageError(Exception):
    """The database did not do it. The message says what an operator can do."""

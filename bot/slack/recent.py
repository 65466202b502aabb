"""Keys seen lately, so that one thing is done once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock


class RecentKeys:
    """Remembers the last `limit` keys; thread-safe. Old ones are forgotten first."""

    def __init__(self, limit: int = 20_000) -> None:
        self._limit = limit
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def add(self, key: str) -> bool:
        """Remember `key`; True if it is new."""
        with self._lock:
            if key in self._keys:
                return False
            self._keys[key] = None
            if len(self._keys) > self._limit:
                self._keys.popitem(last=False)
            return True

    def discard(self, key: str) -> None:
        """Forget `key`: what it stood for was not done after all."""
        with self._lock:
            self._keys.pop(key, None)

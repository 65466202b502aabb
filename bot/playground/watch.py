"""Noticing that a content file has changed, by looking at the folder every second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

LOOK_SECONDS = 1.0
ENDINGS = {".toml", ".csv"}


class Watch:
    """Calls `changed` on its own thread whenever a content file was written, added or removed."""

    def __init__(self, folder: Path, changed: Callable[[], None]) -> None:
        self._folder = folder
        self._changed = changed
        self._stopped = Event()
        self._seen = self._look()
        Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            found = self._look()
            if found != self._seen:
                self._seen = found
                self._changed()

    def _look(self) -> dict[str, tuple[int, int]]:
        files = (path for path in self._folder.rglob("*") if path.suffix in ENDINGS)
        looks = {}
        for path in files:
            try:
                status = path.stat()
            except FileNotFoundError:  # removed a moment ago
                continue
            looks[str(path)] = (status.st_mtime_ns, status.st_size)
        return looks

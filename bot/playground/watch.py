"""Noticing that a content file has changed, by looking at the folder every second."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from bot.handbook.files import is_content

LOOK_SECONDS = 1.0

log = logging.getLogger("bot.watch")


class Watch:
    """Calls `changed` on its own thread whenever a content file was written, added or removed.
    It goes on whatever happens to the files, and whatever `changed` raises."""

    def __init__(
        self, folder: Path, changed: Callable[[], None], look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._folder = folder
        self._changed = changed
        self._look_seconds = look_seconds
        self._stopped = Event()
        self._seen = self._look()
        Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self._look_seconds):
            found = self._look()
            if found == self._seen:
                continue
            self._seen = found
            try:
                self._changed()
            except Exception:
                log.exception("the changed content is not shown; the next change is tried again")

    def _look(self) -> dict[str, tuple[int, int]]:
        looks = {}
        for path in self._list():
            try:
                status = path.stat()
            except OSError:  # removed a moment ago, or a link that leads nowhere
                continue
            looks[str(path)] = (status.st_mtime_ns, status.st_size)
        return looks

    def _list(self) -> list[Path]:
        try:
            return [path for path in self._folder.rglob("*") if is_content(path)]
        except OSError:  # a folder that went while it was listed
            return []

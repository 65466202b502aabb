"""The current content: read, checked and indexed anew when a file changes, and swapped whole.

Whoever answers takes `current` once and works with that; an answer under way keeps the content it
began with.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from bot.handbook.fields import HandbookError

log = logging.getLogger("bot.content")

Read = TypeVar("Read")
Derived = TypeVar("Derived")
Look = Callable[[], Mapping[str, Any]]  # what changes when a file does
Hear = Callable[[Sequence[str]], object]  # of the faults; none, if the content was swapped


class Content(Generic[Read]):
    """The result of `read`: the handbook with its indexes. `read` gets its previous result, or
    None, and raises HandbookError."""

    def __init__(
        self, read: Callable[[Read | None], Read], look: Look, current: Read | None = None
    ) -> None:
        """`current` spares the first reading. Raises HandbookError."""
        self._read = read
        self._look = look
        self._seen = look()  # before reading: what is written meanwhile is then read again
        self.current: Read = read(None) if current is None else current
        self.listeners: list[Hear] = []

    def refresh(self) -> None:
        """Read the content anew if a file has changed. Faults leave it as it is."""
        found = self._look()
        if found != self._seen:
            self._seen = found
            self._swap()

    def derive(self, build: Callable[[Read], Derived]) -> Callable[[], Derived]:
        """A function that gives what `build` makes of the current content, made once for each."""
        lock = Lock()
        kept: list[tuple[Read, Derived]] = []

        def get() -> Derived:
            with lock:
                current = self.current
                if not kept or kept[0][0] is not current:
                    kept[:] = [(current, build(current))]
                return kept[0][1]

        return get

    def _swap(self) -> None:
        try:
            new = self._read(self.current)
        except HandbookError as error:
            faults = [str(fault) for fault in error.faults]
        except Exception as error:  # whatever a file holds, there is content to answer from
            faults = [f"cannot be read: {error or repr(error)}"]
        else:
            faults = []
            self.current = new
        if faults:
            log.error(
                "the content has changed and has %d faults, so the one before stays: %s "
                "(python -m bot check lists all)", len(faults), faults[0],
            )  # fmt: skip
        else:
            log.info("the content has changed, and answers come from the new one")
        for hear in self.listeners:
            hear(faults)

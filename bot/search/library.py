"""The handbook and the search over it, as one thing to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from bot.handbook import Content, Handbook, load_handbook
from bot.handbook.watch import look_at
from bot.search import Matcher
from bot.search.indexes import Indexes
from bot.search.snapshot import Snapshots

WARM_UP = "用户為什麼 stop comming back?"  # read through every table: typos, sounds, meaning


@dataclass(frozen=True, slots=True, eq=False)  # each reading of the content is one of its own
class Library:
    handbook: Handbook
    matcher: Matcher

    @classmethod
    def of(cls, handbook: Handbook) -> Library:
        return cls(handbook, Matcher(handbook))

    @classmethod
    def load(cls, content: Path, cache: Path, before: Library | None = None) -> Library:
        """Read a content folder, or the snapshot of it in `cache`. The work done for the library
        `before` is taken over where nothing changed. Raises HandbookError."""
        if not content.is_dir():
            return cls.of(load_handbook(content))
        snapshots = Snapshots(cache, content)
        known = before.handbook if before else None
        handbook = snapshots.get("handbook", lambda: load_handbook(content, known))
        old = before.matcher.indexes if before else None
        indexes = Indexes(handbook, snapshots.get, old if isinstance(old, Indexes) else None)
        return cls(handbook, Matcher(handbook, indexes))


def warm_up(library: Library) -> Library:
    """Build all indexes now, and read all tables of words, so that no question waits for them."""
    library.matcher.find(WARM_UP)
    return library


def warm_up_meanwhile(library: Library) -> Library:
    """The same in a thread, while whoever will ask still connects."""
    Thread(target=warm_up, args=(library,), name="warm-up", daemon=True).start()
    return library


def watch_library(
    content: Path,
    cache: Path,
    marker: Path,
    library: Library | None = None,
    at_first: Callable[[Library], Library] = warm_up,
) -> Content[Library]:
    """The library of a content folder, kept current by `Content.refresh`; `library`, warmed up,
    spares the first reading. `at_first` warms up that one; later ones are warm before they are
    swapped in. Raises HandbookError."""

    def read(before: Library | None) -> Library:
        warm = warm_up if before else at_first
        return warm(Library.load(content, cache, before))

    return Content(read, lambda: look_at(content, marker), library)

"""The handbook and the search over it, as one thing to ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.handbook import Handbook, load_handbook
from bot.search import Matcher
from bot.search.snapshot import Snapshots


@dataclass(frozen=True, slots=True)
class Library:
    handbook: Handbook
    matcher: Matcher

    @classmethod
    def of(cls, handbook: Handbook) -> Library:
        return cls(handbook, Matcher(handbook))

    @classmethod
    def load(cls, content: Path, cache: Path) -> Library:
        """Read a content folder, or the snapshot of it in `cache`. Raises HandbookError."""
        if not content.is_dir():
            return cls.of(load_handbook(content))
        snapshots = Snapshots(cache, content)
        handbook = snapshots.get("handbook", lambda: load_handbook(content))
        return cls(handbook, Matcher(handbook, snapshots.get))

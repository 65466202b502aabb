"""Built indexes kept on disk, so that a command line starts in a blink.

A snapshot is only a copy of what the content gives: it is used while neither the content nor this
code has changed, and built anew otherwise, or when it cannot be read or written. Pickle runs code,
so a file is trusted only if nobody but its owner, ourselves, can write it.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar, cast

BOT = Path(__file__).parent.parent
CODE = (BOT / "search", BOT / "handbook", BOT / "i18n.py")
KEPT = 12  # files: three versions of four parts

T = TypeVar("T")


class Snapshots:
    """The snapshots of one content folder in its present state."""

    def __init__(self, folder: Path, content: Path) -> None:
        self._folder = folder
        self._key = _signature(content)

    def get(self, part: str, build: Callable[[], T]) -> T:
        """The kept `part`, else what `build` gives, which is then kept."""
        path = self._folder / f"{self._key}.{part}"
        try:
            if _is_ours(path):
                return cast(T, pickle.loads(path.read_bytes()))
        except Exception:  # of another version, cut short, gone: whatever the cause, build anew
            pass
        built = build()
        self._save(path, built)
        return built

    def _save(self, path: Path, built: object) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                pickle.dump(built, file, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(file.name, path)
            oldest_first = sorted(self._folder.iterdir(), key=lambda p: p.stat().st_mtime_ns)
            for old in oldest_first[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            pass  # a full disk or a folder that is not ours to write: the next start builds again


def _signature(content: Path) -> str:
    """Changes with every file of the content and of the code that reads it."""
    digest = blake2b(sys.version.encode(), digest_size=12)
    for folder in (content, *CODE):
        digest.update(str(folder.resolve()).encode())
        for name, size, changed in sorted(_files(folder)):
            digest.update(f"{name}\0{size}\0{changed}\n".encode())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    """A file, or all files of a folder: name, size, time of its last change."""
    for found in os.scandir(path) if path.is_dir() else ():
        if found.is_dir() and found.name != "__pycache__":
            yield from _files(Path(found.path))
        elif found.is_file():
            status = found.stat()
            yield found.path, status.st_size, status.st_mtime_ns
    if path.is_file():
        status = path.stat()
        yield str(path), status.st_size, status.st_mtime_ns


def _is_ours(path: Path) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return own and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

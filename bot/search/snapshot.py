"""Built indexes kept on disk, so that a command line starts in a blink.

A snapshot is only a copy of what the content gives: it is used while neither the content nor this
code has changed, and built anew otherwise, or when it cannot be read or written.

A pickle may name any function of Python and call it. Ours are read by an unpickler that knows the
bot's own records, arrays and dates, and nothing else: as fast as without it (12 MB either way), and
faster than JSON could be, which would have to build the same objects in Python. Besides, a file is
read only if nobody but ourselves can have written it.
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
from typing import Any, BinaryIO, TypeVar, cast

from bot.folders import close_to_others, make_private
from bot.settings import DATA_DIR

BOT = Path(__file__).parent.parent
CODE = (BOT / "search", BOT / "handbook", BOT / "i18n.py")
OURS = ("bot.handbook.", "bot.search.", "bot.i18n")  # whose classes a snapshot may hold
PLAIN = {("array", "array"), ("array", "_array_reconstructor"), ("datetime", "date")}
DEEPEST = 4  # folders below the content: a link may lead round in a circle
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # Windows has neither
KEPT = 12  # files: three versions of four parts

T = TypeVar("T")


class Snapshots:
    """The snapshots of one content folder in its present state."""

    def __init__(self, folder: Path, content: Path) -> None:
        self._folder = folder
        try:
            self._key = _signature(content)
        except OSError:  # a folder that cannot be looked into: its state has no name
            self._key = ""

    def get(self, part: str, build: Callable[[], T]) -> T:
        """The kept `part`, else what `build` gives, which is then kept."""
        if not self._key:
            return build()
        path = self._folder / f"{self._key}.{part}"
        try:
            with _open_ours(path) as file:
                return cast(T, _Records(file).load())
        except Exception:  # of another version, cut short, gone: whatever the cause, build anew
            pass
        built = build()
        self._save(path, built)
        return built

    def _save(self, path: Path, built: object) -> None:
        try:
            make_private(self._folder)
            close_to_others(self._folder)
            if self._folder.parent == DATA_DIR:  # made with wider permissions by a bot of before
                close_to_others(DATA_DIR)
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                pickle.dump(built, file, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(file.name, path)
            oldest_first = sorted(self._folder.iterdir(), key=lambda p: p.stat().st_mtime_ns)
            for old in oldest_first[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            pass  # a full disk or a folder that is not ours to write: the next start builds again


class _Records(pickle.Unpickler):
    """Makes records and arrays; whatever else a file names is refused, and no code runs."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if f"{module}.".startswith(OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a snapshot")


def _signature(content: Path) -> str:
    """Changes with every file of the content and of the code that reads it."""
    digest = blake2b(sys.version.encode(), digest_size=12)
    for folder in (content, *CODE):
        digest.update(str(folder.resolve()).encode())
        for name, size, changed in sorted(_files(folder)):
            digest.update(f"{name}\0{size}\0{changed}\n".encode())
    return digest.hexdigest()


def _files(path: Path, depth: int = 0) -> Iterator[tuple[str, int, int]]:
    """A file, or all files of a folder: name, size, time of its last change."""
    for found in os.scandir(path) if path.is_dir() else ():
        if found.is_dir() and found.name != "__pycache__" and depth < DEEPEST:
            yield from _files(Path(found.path), depth + 1)
        elif found.is_file():
            status = found.stat()
            yield found.path, status.st_size, status.st_mtime_ns
    if path.is_file():
        status = path.stat()
        yield str(path), status.st_size, status.st_mtime_ns


def _open_ours(path: Path) -> BinaryIO:
    """Open a file once, through no link, and look at what was opened, not at the name again.
    Raises OSError if anybody else can have written it."""
    if not _is_ours(path.parent.lstat(), stat.S_ISDIR):
        raise PermissionError(f"{path.parent} can be written by others")
    file = os.fdopen(os.open(path, os.O_RDONLY | NO_FOLLOW), "rb")
    if not _is_ours(os.fstat(file.fileno()), stat.S_ISREG):
        file.close()
        raise PermissionError(f"{path} can be written by others")
    return file


def _is_ours(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    shared = hasattr(os, "getuid") and status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return own and is_kind(status.st_mode) and not shared

"""The times and sizes of a content folder's files, to notice that one has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.handbook.files import LEFTOVERS, is_content

DEPTH = 4  # folders below the content's own; links may go round in a circle

Look = tuple[int, int]  # (time of the last change, size)


def look_at(folder: Path, marker: Path) -> Mapping[str, Look]:
    """By path: each content file, and `marker`, which `python -m bot reload` touches.

    Raises nothing. What is hidden, as an editor's lock, or no regular file is passed over.
    """
    return {**dict(_files(str(folder), DEPTH)), str(marker): _look(str(marker))}


def _files(folder: str, depth: int) -> Iterator[tuple[str, Look]]:
    try:
        found = list(os.scandir(folder))
    except OSError:  # gone, or not readable for us
        return
    for entry in found:
        if entry.name.startswith(LEFTOVERS):
            continue
        try:
            if entry.is_dir():
                if depth:
                    yield from _files(entry.path, depth - 1)
            elif is_content(entry.name) and entry.is_file():
                yield entry.path, _look(entry.path)
        except OSError:  # a link that leads to itself
            continue


def _look(path: str) -> Look:
    try:
        status = os.stat(path)
    except OSError:  # removed a moment ago
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)

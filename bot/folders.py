"""Folders that hold what people asked, or what the bot trusts: their owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o700


def make_private(folder: Path) -> None:
    """Make `folder` and its missing parents, each closed to all but its owner. Raises OSError."""
    if not folder.is_dir():
        if folder.parent != folder:
            make_private(folder.parent)
        folder.mkdir(mode=PRIVATE, exist_ok=True)


def close_to_others(folder: Path) -> None:
    """Close a folder that is there and that was made with wider permissions, if it is ours."""
    status = folder.stat()
    if hasattr(os, "getuid") and status.st_uid == os.getuid() and status.st_mode & 0o077:
        folder.chmod(PRIVATE)

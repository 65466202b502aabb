"""Folders that hold what people asked, or what the bot trusts: their owner's alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PRIVATE = 0o700
NAME = "llm-startup-bot"


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


def find_data_dir(variables: Mapping[str, str], checkout: Path | None) -> Path:
    """Where the bot keeps its database and caches: in its checkout, unless that cannot be written
    to; else where systemd says (StateDirectory=), else in the user's own folder. Raises
    RuntimeError for a user without one."""
    if checkout and ((checkout / "data").is_dir() or os.access(checkout, os.W_OK)):
        return checkout / "data"
    if state := variables.get("STATE_DIRECTORY", ""):
        return Path(state.partition(":")[0])
    base = variables.get("XDG_DATA_HOME") or variables.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / NAME

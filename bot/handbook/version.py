"""The version of a content folder: the same wherever the same files stand."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from bot.handbook.files import is_content


def version_of(folder: Path) -> str:
    """Twelve hexadecimal digits, of the files as they are now; "" where they cannot be read."""
    digest = blake2b(digest_size=6)
    try:
        for path in sorted(path for path in folder.rglob("*") if is_content(path.name)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    except OSError:
        return ""
    return digest.hexdigest()

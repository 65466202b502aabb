"""What people type into forms, without what cannot be seen or stored."""

from __future__ import annotations

import re
import unicodedata

BLANK = re.compile(r"\s+")
UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})  # joiners, spaces
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn the rest of our line around


def clean_line(text: str) -> str:
    """What a person typed as one line, without control characters; "" if none of it can be seen."""
    line = BLANK.sub(" ", _printable(text)).strip()
    return line if any(unicodedata.category(c) not in UNSEEN for c in line) else ""


def clean_text(text: str, limit: int) -> str:
    """What a person typed, its lines kept. Control characters go: PostgreSQL refuses a NUL."""
    return _printable(text).strip()[:limit].rstrip()


def _printable(text: str) -> str:
    text = TURNING.sub("", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))

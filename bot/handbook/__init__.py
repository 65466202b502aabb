"""The knowledge: entries, the content folder they are read from, and the rules they keep."""

from bot.handbook.fields import Fault, HandbookError
from bot.handbook.loader import load_handbook, read_handbook
from bot.handbook.models import (
    LANGS,
    Case,
    Checklist,
    Entry,
    Handbook,
    Kind,
    Lang,
    Section,
    Term,
    Text,
    Tip,
)

__all__ = [
    "LANGS",
    "Case",
    "Checklist",
    "Entry",
    "Fault",
    "Handbook",
    "HandbookError",
    "Kind",
    "Lang",
    "Section",
    "Term",
    "Text",
    "Tip",
    "load_handbook",
    "read_handbook",
]

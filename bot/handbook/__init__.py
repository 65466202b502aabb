"""The knowledge: entries, the content folder they are read from, and the rules they keep."""

from bot.handbook.content import Content
from bot.handbook.fields import Fault, HandbookError
from bot.handbook.loader import load_handbook, read_handbook
from bot.handbook.models import (
    Case,
    Checklist,
    Comparison,
    Entry,
    Handbook,
    Kind,
    Section,
    Term,
    Tip,
)

__all__ = [
    "Case",
    "Checklist",
    "Comparison",
    "Content",
    "Entry",
    "Fault",
    "Handbook",
    "HandbookError",
    "Kind",
    "Section",
    "Term",
    "Tip",
    "load_handbook",
    "read_handbook",
]

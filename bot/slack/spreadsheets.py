"""Cells that a spreadsheet shows as text, whatever they begin with, and what they said before."""

from __future__ import annotations

import re

# Spreadsheets run a cell that begins so, also after blanks, and also in full width.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
STARTS = r"[\s\ufeff\u200b\u2060]*[=+\-@＝＋－＠|%]"
MARKED = re.compile(f"'*{STARTS}")
SEPARATED = re.compile(r"([;\t]\s*)(?='*[=+\-@＝＋－＠|%])")
SEPARATED_MARK = re.compile(r"([;\t]\s*)'(?='*[=+\-@＝＋－＠|%])")
BOM = "\ufeff"  # without it Excel reads Chinese as something else


def make_safe(cell: str) -> str:
    """The cell so that a spreadsheet shows it as text, whatever it begins with; also where its list
    separator is the semicolon or the tab, so that one cell may become several."""
    inside = SEPARATED.sub(r"\1'", cell)
    return f"'{inside}" if MARKED.match(inside) else inside


def read_safe(cell: str) -> str:
    """What `make_safe` was given."""
    if cell.startswith("'") and MARKED.match(cell):
        cell = cell[1:]
    return SEPARATED_MARK.sub(r"\1", cell)

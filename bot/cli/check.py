"""`python -m bot check [DIR]`: every fault in the content, or the counts by kind."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from bot.handbook import Kind, read_handbook
from bot.handbook.coverage import find_gaps
from bot.handbook.editorial import find_editorial_faults
from bot.settings import CONTENT_DIR

PLURALS = {
    Kind.TERM: "terms",
    Kind.CHECKLIST: "checklists",
    Kind.CASE: "cases",
    Kind.TIP: "tips",
    Kind.SECTION: "sections",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", nargs="?", type=Path, default=CONTENT_DIR, help="content folder")
    parser.add_argument(
        "--today", type=date.fromisoformat, help="judge review dates as of this day (YYYY-MM-DD)"
    )
    parser.add_argument(
        "--due", type=date.fromisoformat, metavar="DATE", help="list what is due for review by DATE"
    )


def run(args: argparse.Namespace) -> int:
    """Print faults, one a line, and return 1; else print the counts and return 0."""
    today = args.today or datetime.now(UTC).date()
    handbook, faults = read_handbook(args.dir)
    if args.due:
        due = [e for e in handbook.entries.values() if e.review_by and e.review_by <= args.due]
        for entry in sorted(due, key=lambda e: (e.review_by or today, e.file)):
            print(f"{entry.review_by}  {entry.file}  {entry.title.en}")
        print(f"{len(due)} due for review by {args.due}")
        return 0
    faults = sorted([*faults, *find_editorial_faults(handbook, today), *find_gaps(handbook)])
    for fault in faults:
        print(fault)
    counts = ", ".join(f"{len(handbook.by_kind[k])} {name}" for k, name in PLURALS.items())
    print(f"{counts}: {f'{len(faults)} faults' if faults else 'no fault'}")
    return 1 if faults else 0

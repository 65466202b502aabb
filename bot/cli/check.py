"""`python -m bot check [DIR]`: every fault in the content, or the counts by kind; who states which
fact; what is due for review, and what moves in it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.handbook import Fault, Handbook, Kind, read_handbook
from bot.handbook.coverage import find_gaps
from bot.handbook.editorial import find_editorial_faults, find_overdue
from bot.handbook.facts import find_fact_faults, find_uses
from bot.handbook.sources import find_source_faults
from bot.handbook.wording import find_wording_faults
from bot.settings import read_content_dir

PLURALS = {
    Kind.TERM: "terms",
    Kind.CHECKLIST: "checklists",
    Kind.CASE: "cases",
    Kind.TIP: "tips",
    Kind.SECTION: "sections",
    Kind.COMPARISON: "comparisons",
}
SETTLED = "the rest"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", nargs="?", type=Path, help="content folder, default: CONTENT_DIR")
    parser.add_argument(
        "--today", type=date.fromisoformat, help="judge review dates as of this day (YYYY-MM-DD)"
    )
    parser.add_argument(
        "--overdue", action="store_true", help="fail if the review of an entry is overdue"
    )
    parser.add_argument(
        "--due", type=date.fromisoformat, metavar="DATE", help="list what is due for review by DATE"
    )
    parser.add_argument(
        "--facts", action="store_true", help="list each fact and the entries that state it"
    )


def run(args: argparse.Namespace) -> int:
    """Print faults and warnings, one a line, and the counts. 1 for a fault, and with `--overdue`
    for an overdue review; else 0."""
    today = args.today or datetime.now(UTC).date()
    handbook, faults = read_handbook(args.dir or read_content_dir())
    if args.due:
        return _list_due(handbook, args.due)
    if args.facts:
        return _list_facts(handbook)
    faults = sorted([*faults, *_find_faults(handbook)])
    overdue = find_overdue(handbook, today)
    for fault in faults:
        print(fault)
    for entry in overdue:
        expected = "sources read again, then a later date"
        due = Fault(entry.file, "review_by", f"was due on {entry.review_by}", expected)
        print(f"warning: {due}")
    counts = ", ".join(f"{len(handbook.by_kind[k])} {name}" for k, name in PLURALS.items())
    reviews = f", {_count(len(overdue), 'overdue review')}" if overdue else ""
    print(f"{counts}: {_count(len(faults), 'fault')}{reviews}")
    return 1 if faults or (args.overdue and overdue) else 0


def _find_faults(handbook: Handbook) -> Iterator[Fault]:
    yield from find_editorial_faults(handbook)
    yield from find_wording_faults(handbook)
    yield from find_source_faults(handbook)
    yield from find_fact_faults(handbook)
    yield from find_gaps(handbook)


def _list_due(handbook: Handbook, day: date) -> int:
    """A line for each entry, by date and what moves; at the end a count of what moves."""
    due = find_overdue(handbook, day + timedelta(days=1))
    lines = []
    for entry in due:
        moves = ", ".join(entry.moves) or SETTLED
        lines.append(f"{entry.review_by}  {moves:<14}  {entry.file}  {entry.title.en}")
    for line in sorted(lines):
        print(line)
    counts = Counter(name for entry in due for name in entry.moves or (SETTLED,))
    parts = ", ".join(f"{name} {counts[name]}" for name in sorted(counts))
    print(f"{len(due)} due for review by {day}{': ' if parts else ''}{parts}")
    return 0


def _list_facts(handbook: Handbook) -> int:
    """Each fact with the entries to mend should it change."""
    uses = list(find_uses(handbook))
    for use in uses:
        fact = use.fact
        print(f"{fact.id}: {fact.value} ({fact.unit}, {fact.date}), {fact.name.en}; {fact.source}")
        for entry in use.stated_by:
            print(f"  {entry.file}  {entry.title.en}")
    print(f"{len(uses)} facts")
    return 0


def _count(number: int, name: str) -> str:
    return f"{number or 'no'} {name}{'s' if number > 1 else ''}"

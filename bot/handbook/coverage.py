"""Whether the handbook is whole: asked only of content that has an outline of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handbook.fields import Fault
from bot.handbook.models import Handbook, Kind

CHAPTERS_WITH_CHECKLISTS = ("3", "4", "5", "6")
CHAPTER_WITH_TIPS = "6"
TIPS_A_SECTION = 10


def find_gaps(handbook: Handbook) -> Iterator[Fault]:
    """Headings without sections, sections without checklists or tips, entries out of reach."""
    if not handbook.headings:
        return
    numbers = {no for section in handbook.by_kind[Kind.SECTION] for no in section.sections}
    for heading in handbook.headings:
        if not any(no.startswith(f"{heading.no}.") for no in numbers):
            yield Fault("outline.toml", heading.no, "no section below it", "a file in sections/")
    for section in handbook.by_kind[Kind.SECTION]:
        for no in section.sections:
            kinds = [entry.kind for entry in handbook.by_section[no]]
            if no[0] in CHAPTERS_WITH_CHECKLISTS and Kind.CHECKLIST not in kinds:
                yield Fault(section.file, no, "has no checklist", "a checklist of that section")
            if no[0] == CHAPTER_WITH_TIPS and kinds.count(Kind.TIP) < TIPS_A_SECTION:
                found = f"has {kinds.count(Kind.TIP)} tips"
                yield Fault(section.file, no, found, f"{TIPS_A_SECTION} or more")
            if not handbook.related_to(section) and kinds == [Kind.SECTION]:
                yield Fault(section.file, no, "leads nowhere", "related entries")
    for entry in handbook.entries.values():
        if entry.is_own:
            continue
        for no in entry.sections:
            if no not in numbers:
                yield Fault(entry.file, "section", f"{no} has no page", "a number in sections/")

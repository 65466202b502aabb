"""All entries of a kind: the team's own, then by section; one line each, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import ids, words
from bot.answers.rows import build_row
from bot.handbook.models import Entry, Handbook, Kind
from bot.i18n import Lang
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import Block, Element, Reply, actions, button, context, header, option, plain
from bot.slack.mrkdwn import literal
from bot.slack.words import NEXT, PAGE, PREVIOUS

PAGE_LINES = 12
SECTIONS = 100  # options in a select
OWN = ""  # before all sections: a workspace's own entries
LOOSE = "~"  # after them: of no section


@dataclass(frozen=True, slots=True)
class Listing:
    """What a button leads to: a page of a kind, from 0. Travels in its value."""

    kind: Kind
    page: int
    lang: Lang

    def __str__(self) -> str:
        return str(Target(f"{self.kind}:{self.page}", self.lang))

    @classmethod
    def parse(cls, value: str) -> Listing:
        """Raises ValueError for a value that is not of our making."""
        target = Target.parse(value)
        kind, _, page = target.entry_id.partition(":")
        return cls(Kind(kind), int(page), target.lang)


NOT_SECTIONS = {OWN: words.TEAM_GROUP, LOOSE: words.LIST_OTHER}


def build_listing(handbook: Handbook, listing: Listing) -> Reply:
    """One page, or the nearest that there is: by section, each entry with its short text."""
    lang, kind = listing.lang, listing.kind
    # Within a section as they stand.
    entries = sorted(handbook.by_kind[kind], key=_section_of)
    count = -(-len(entries) // PAGE_LINES) or 1
    page = min(max(listing.page, 0), count - 1)
    shown = entries[page * PAGE_LINES : (page + 1) * PAGE_LINES]
    title = words.LIST_TITLE[kind].get(lang).format(count=len(entries))
    blocks: list[Block] = [header(title)]
    section = None
    for number, entry in enumerate(shown):
        if _section_of(entry) != section:
            section = _section_of(entry)
            blocks.append(context(_section_title(handbook, section, lang)))
        say = entry.short.get(lang) or entry.body.get(lang)
        blocks.append(build_row(entry, lang, number, say))
    place = PAGE.get(lang).format(number=page + 1, count=count)
    if count > 1:
        blocks += [context(place), actions(_controls(handbook, entries, kind, page, count, lang))]
    said = (title, *([place] if count > 1 else []), *(entry.title.get(lang) for entry in shown))
    return Reply(literal("\n".join(said)), tuple(blocks))


def _controls(
    handbook: Handbook, entries: Sequence[Entry], kind: Kind, page: int, count: int, lang: Lang
) -> list[Element]:
    """The page before and after, and a select of the sections."""
    steps = [(PREVIOUS, page - 1), (NEXT, page + 1)]
    buttons = [
        button(word.get(lang), numbered(ids.LIST_PAGE, n), str(Listing(kind, to, lang)))
        for n, (word, to) in enumerate(steps)
        if 0 <= to < count
    ]
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        first.setdefault(_section_of(entry), number // PAGE_LINES)
    options = [
        option(_section_title(handbook, no, lang), str(Listing(kind, at, lang)))
        for no, at in list(first.items())[:SECTIONS]
    ]
    select: Element = {
        "type": "static_select",
        "action_id": numbered(ids.LIST_PAGE, len(steps)),
        "placeholder": plain(words.LIST_SECTION.get(lang), 150),
        "options": options,
    }
    return [*buttons, select]


def _section_of(entry: Entry) -> str:
    if entry.team:
        return OWN
    return entry.sections[0] if entry.sections else LOOSE


def _section_title(handbook: Handbook, no: str, lang: Lang) -> str:
    if no in NOT_SECTIONS:
        return NOT_SECTIONS[no].get(lang)
    titles = {n: one.title for one in handbook.by_kind[Kind.SECTION] for n in one.sections}
    return titles[no].get(lang) if no in titles else no

"""The handbook's entries as frozen records. Fields and their meaning: content/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest

from bot.i18n import Lines, Text


class Kind(StrEnum):
    TERM = "term"
    CHECKLIST = "checklist"
    CASE = "case"
    SECTION = "section"
    TIP = "tip"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Part:
    """One of an entry's texts: the key it stands under in its file, and what it weighs in search.

    Prose (bodies, reasons, items) is read without question frames and synonyms: it holds too many.
    """

    key: str
    text: Text
    weight: float
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist, answerable by yes or no, and why it is asked. `lead_days`: how many
    days before the day that the checklist is for it should be done."""

    text: Text
    why: Text
    lead_days: int | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """What a dated tip says from `date` on."""

    date: date
    text: Text


@dataclass(frozen=True, slots=True)
class TeamMark:
    """Whose an entry of a workspace's own is, and since when it says what it says. `replaces`: the
    title of the handbook's entry that the workspace says it instead of."""

    owner: str  # a user id; "" if it came without one
    published: date
    replaces: Text = Text()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What all kinds share. `file` is relative to the content folder. `team`: it is a workspace's
    own, and none of the handbook's."""

    id: str
    file: str
    title: Text
    sections: tuple[str, ...] = ()
    short: Text = Text()
    body: Text = Text()
    aliases: tuple[str, ...] = ()
    offered_as: tuple[str, ...] = ()  # names that may mean it: offered, never the outright answer
    asks: Lines = Lines()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    checked: date | None = None
    review_by: date | None = None
    status: str = ""
    moves: tuple[str, ...] = ()  # what makes it go out of date: law, prices, models, figures
    disclaimers: tuple[str, ...] = ()
    everyday: bool = False
    team: TeamMark | None = None
    kind: Kind = Kind.TERM

    @property
    def is_own(self) -> bool:
        """Whether it stands in a team's own list, which is taken as it comes."""
        return self.file.lower().endswith(".csv")

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed by which its sources were to be read again."""
        return self.review_by is not None and self.review_by < today

    def parts(self) -> Iterator[Part]:
        """Its texts but for the names and the asks. Each kind adds its own."""
        yield Part("short", self.short, 2.0, prose=False)
        yield Part("body", self.body, 1.0)


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    example: Text = Text()
    mistake: Text = Text()
    checklists: tuple[str, ...] = ()
    kind: Kind = Kind.TERM

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("example", self.example, 1.0)
        yield Part("mistake", self.mistake, 1.0)


@dataclass(frozen=True, kw_only=True)
class Checklist(Entry):
    who: Text = Text()
    when: Text = Text()
    time: Text = Text()
    items: tuple[Item, ...] = ()
    done_when: Text = Text()
    kind: Kind = Kind.CHECKLIST

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("when", self.when, 2.0, prose=False)
        yield Part("who", self.who, 0.0)
        for number, item in enumerate(self.items, 1):
            yield Part(f"items[{number}]", item.text, 1.0)
            yield Part(f"items[{number}].why", item.why, 0.0)
        yield Part("done_when", self.done_when, 0.0)


@dataclass(frozen=True, kw_only=True)
class Case(Entry):
    source_says: Text = Text()
    facts: Lines = Lines()
    compare: Text = Text()
    lessons: tuple[Text, ...] = ()
    limits: Text = Text()
    discuss: Text = Text()
    kind: Kind = Kind.CASE

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("source_says", self.source_says, 0.0)
        for zh, en in zip_longest(self.facts.zh, self.facts.en, fillvalue=""):
            yield Part("facts", Text(zh, en), 1.0)
        yield Part("compare", self.compare, 0.0)
        for number, lesson in enumerate(self.lessons, 1):
            yield Part(f"lessons[{number}]", lesson, 0.7)
        yield Part("limits", self.limits, 0.0)
        yield Part("discuss", self.discuss, 0.7)


@dataclass(frozen=True, kw_only=True)
class Section(Entry):
    correction: Text = Text()
    kind: Kind = Kind.SECTION

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("correction", self.correction, 0.5)


@dataclass(frozen=True, kw_only=True)
class Tip(Entry):
    """`body` is the action, this week; `title` names the section it belongs to."""

    why: Text = Text()
    week_hint: str = ""
    fallback: Fallback | None = None
    kind: Kind = Kind.TIP

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("why", self.why, 0.7)
        if self.fallback:
            yield Part("fallback_after", self.fallback.text, 0.0)


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things that are compared: mostly an entry. `names` are more ways to call it."""

    name: Text
    entry_id: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One respect in which things are compared: a cell for each."""

    label: Text
    cells: Lines


@dataclass(frozen=True, kw_only=True)
class Comparison(Entry):
    """Two or three things side by side, and which to choose on what condition."""

    things: tuple[Thing, ...] = ()
    rows: tuple[Row, ...] = ()
    recommend: Text = Text()
    kind: Kind = Kind.COMPARISON

    def parts(self) -> Iterator[Part]:
        yield from Entry.parts(self)
        yield Part("recommend", self.recommend, 0.7)
        for number, row in enumerate(self.rows, 1):
            yield Part(f"rows[{number}]", row.label, 0.0)
            for zh, en in zip_longest(row.cells.zh, row.cells.en, fillvalue=""):
                yield Part(f"rows[{number}].cells", Text(zh, en), 0.0)


@dataclass(frozen=True, slots=True)
class Fact:
    """What several entries state, written once in facts.toml: `value` in `unit`, as it was on
    `date` by `source`. `forms` are the ways in which an entry may write it; where it is `distinct`,
    they mean nothing else."""

    id: str
    name: Text
    value: str
    unit: str
    date: date | None
    source: str
    forms: Lines
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter ("4") or a second-level heading ("4.2") of the outline."""

    no: str
    title: Text


@dataclass(frozen=True)
class ReadFile:
    """What a file of one entry was read as, and the digest of its text."""

    digest: bytes
    entry: Entry


@dataclass(frozen=True)
class Handbook:
    """All entries by id, in file order, and the outline they hang on."""

    entries: Mapping[str, Entry]
    headings: tuple[Heading, ...] = ()
    collisions: Mapping[str, tuple[str, ...]] | None = None
    facts: Mapping[str, Fact] | None = None
    files: Mapping[str, ReadFile] = field(default_factory=dict)  # by name, as glossary/rag.toml

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Entry, ...]]:
        return {k: tuple(e for e in self.entries.values() if e.kind is k) for k in Kind}

    @cached_property
    def by_section(self) -> Mapping[str, tuple[Entry, ...]]:
        """Section number -> entries that belong to it, the section's own page first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            for no in entry.sections:
                found.setdefault(no, []).append(entry)
        order = list(Kind)
        return {
            no: tuple(
                sorted(found[no], key=lambda e: (e.kind is not Kind.SECTION, order.index(e.kind)))
            )
            for no in sorted(found)
        }

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        return tuple(e for e in self.by_kind[Kind.COMPARISON] if isinstance(e, Comparison))

    def comparisons_with(self, entry: Entry) -> tuple[Comparison, ...]:
        """The written comparisons of `entry` with something else."""
        return tuple(
            comparison
            for comparison in self.comparisons
            if any(thing.entry_id == entry.id for thing in comparison.things)
        )

    @cached_property
    def colliding(self) -> frozenset[str]:
        """Ids of the entries that share a name by right (collisions.toml)."""
        return frozenset(i for ids in (self.collisions or {}).values() for i in ids)

    @cached_property
    def links(self) -> Counter[str]:
        """How many entries name one as related, by its id."""
        return Counter(i for entry in self.entries.values() for i in entry.related)

    def related_to(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that `entry` points to: what a comparison compares first, checklists of a
        term last."""
        ids = entry.related + (entry.checklists if isinstance(entry, Term) else ())
        if isinstance(entry, Comparison):
            ids = tuple(thing.entry_id for thing in entry.things) + ids
        return tuple(self.entries[i] for i in dict.fromkeys(ids) if i in self.entries)

    def checklists_of(self, entry: Entry) -> tuple[str, ...]:
        """The ids of the checklists that `entry` points to."""
        return tuple(e.id for e in self.related_to(entry) if isinstance(e, Checklist))

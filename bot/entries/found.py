"""A workspace's entries and wordings as entries that the search and the answers know. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.entries.models import Draft, TeamEntry, Wording
from bot.handbook.models import Checklist, Entry, Item, Kind, TeamMark, Term
from bot.i18n import Lines, Text
from bot.search.normalize import is_chinese, key_of, split_units
from bot.search.words import content_weights

FILE = "team"  # where a handbook's entry names its file
NAME_UNITS = 6  # of a wording that may stand in a question as a name does


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """`entries` by id: the workspace's, and those of the handbook that its people call otherwise.
    `replaced`: a handbook's entry -> the one that stands for it. `wordings`: the key of a text ->
    the entry that answers it."""

    entries: Mapping[str, Entry]
    replaced: Mapping[str, str]
    wordings: Mapping[str, str]


def build_found(
    handbook: Mapping[str, Entry],
    published: Iterable[tuple[str, Entry]],
    wordings: Iterable[Wording],
) -> FoundEntries:
    """`published`: the id of the handbook's entry that it replaces, or "", and the entry."""
    found: dict[str, Entry] = {}
    replaced: dict[str, str] = {}
    for replaces, entry in published:
        instead = handbook.get(replaces)
        if instead is not None and instead.id not in replaced:
            replaced[instead.id] = entry.id
            entry = _instead_of(entry, instead)
        found[entry.id] = entry
    said: dict[str, list[str]] = {}
    answers: dict[str, str] = {}
    for wording in wordings:
        entry_id = replaced.get(wording.entry_id, wording.entry_id)
        if entry_id in found or entry_id in handbook:
            said.setdefault(entry_id, []).append(wording.text)
            answers[key_of(wording.text)] = entry_id
    for entry_id, texts in said.items():
        found[entry_id] = _also_called(found.get(entry_id) or handbook[entry_id], texts)
    answers.pop("", None)
    return FoundEntries(found, replaced, answers)


def build_entry(record: TeamEntry) -> Entry:
    draft = record.draft
    mark = TeamMark(record.owner, record.published_at.date())
    if draft.kind is Kind.CHECKLIST:
        items = tuple(Item(text, why=Text()) for text in draft.items)
        return Checklist(
            id=record.entry_id, file=FILE, title=draft.title, short=draft.short, body=draft.body,
            aliases=draft.aliases, sources=draft.links, items=items, team=mark,
        )  # fmt: skip
    return Term(
        id=record.entry_id, file=FILE, title=draft.title, short=_short(draft), body=draft.body,
        aliases=draft.aliases, sources=draft.links, team=mark,
    )  # fmt: skip


def _short(draft: Draft) -> Text:
    return draft.short or draft.body


def _instead_of(entry: Entry, other: Entry) -> Entry:
    """It is found by the handbook's names and questions too, and leads to what that leads to."""
    names = (other.title.zh, other.title.en, *other.aliases)
    mark = entry.team and replace(entry.team, replaces=other.title)
    entry = replace(
        entry, aliases=_once(*entry.aliases, *names), offered_as=other.offered_as,
        asks=other.asks, related=other.related, sections=other.sections, team=mark,
    )  # fmt: skip
    if isinstance(entry, Term) and isinstance(other, Term):
        entry = replace(entry, checklists=other.checklists)
    return entry


def _also_called(entry: Entry, texts: Iterable[str]) -> Entry:
    """A short text without words that only ask is a name; any other a question."""
    names, zh, en = list(entry.aliases), list(entry.asks.zh), list(entry.asks.en)
    for text in texts:
        units = split_units(text)
        if units and len(units) <= NAME_UNITS and all(content_weights(units)):
            names.append(text)
        else:
            (zh if is_chinese(text) else en).append(text)
    return replace(entry, aliases=_once(*names), asks=Lines(_once(*zh), _once(*en)))


def _once(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))

"""What an import would change: each row against what the workspace has. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from itertools import zip_longest

from bot.entries.form import (
    ALIAS_CHARS,
    BODY_CHARS,
    ITEM_CHARS,
    LINK,
    LINK_CHARS,
    MOST_ALIASES,
    MOST_ITEMS,
    MOST_LINKS,
    SHORT_CHARS,
    TITLE_CHARS,
)
from bot.entries.models import Change, Draft, EntryState, TeamEntry, Wording
from bot.entries.tables import WORDING_CHARS
from bot.entries.transfer import words
from bot.entries.transfer.rows import HANDBOOK, Fault, Row
from bot.handbook.models import Kind
from bot.i18n import Text
from bot.search.normalize import key_of
from bot.slack.typed import clean_line, clean_text

PREFIX = "team-"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CHARS = 100
MEMBER = re.compile(r"[UW][A-Z0-9]{1,20}")
KINDS = (Kind.TERM, Kind.CHECKLIST)


class RowError(Exception):
    """What is wrong with a row."""

    def __init__(self, said: Text, **values: object) -> None:
        super().__init__(said.en)
        self.said = Text(said.zh.format(**values), said.en.format(**values))


@dataclass(frozen=True, slots=True)
class Plan:
    """`new` and `changed` are to be published, `same` are the ids of those that stay."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        return (*self.new, *self.changed)

    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "changed": len(self.changed), "same": len(self.same),
                "faults": len(self.faults)}  # fmt: skip


@dataclass(slots=True)
class _Planner:
    team_id: str
    by: str
    existing: Mapping[str, TeamEntry]
    handbook_ids: Collection[str]
    by_name: dict[tuple[Kind, str], str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for entry in self.existing.values():
            for name in (entry.draft.title.zh, entry.draft.title.en):
                if name and entry.state is EntryState.PUBLISHED:
                    self.by_name.setdefault((entry.draft.kind, key_of(name)), entry.entry_id)

    def change(self, row: Row) -> Change:
        """What the row asks for. Raises RowError."""
        kind, title = _kind(row), _text(row, "title", Text(), line=True)
        entry_id = self._id(row, kind, title)
        if entry_id in self.seen:
            raise RowError(words.TWICE)
        self.seen.add(entry_id)
        before = self.existing.get(entry_id)
        draft = _draft(row, before.draft if before else Draft(title=Text(), kind=kind))
        _check(draft)
        if draft.replaces and draft.replaces not in self.handbook_ids:
            raise RowError(words.BAD_REPLACES, name=draft.replaces[:60])
        return Change(
            team_id=self.team_id,
            entry_id=entry_id,
            draft=draft,
            author=self.by,
            by=self.by,
            based_on=before.version if before else 0,
            owner=_owner(row),
            review_by=_day(row),
            state=_state(row, before),
        )

    def _id(self, row: Row, kind: Kind, title: Text) -> str:
        """Its own, else that of the entry of this name, else one that the name gives."""
        given = clean_line(row.text("id")).casefold()
        if given:
            if not ID.fullmatch(given) or len(given) > ID_CHARS:
                raise RowError(words.BAD_ID)
            return given if given.startswith(PREFIX) else PREFIX + given
        for name in filter(None, (title.zh, title.en)):
            if found := self.by_name.get((kind, key_of(name))):
                return found
        name = f"{kind}\0{title.zh}\0{title.en}"
        return PREFIX + blake2b(name.encode(), digest_size=8).hexdigest()


def build_plan(
    rows: Iterable[Row],
    faults: Iterable[Fault],
    existing: Sequence[TeamEntry],
    wordings: Sequence[Wording],
    handbook_ids: Collection[str],
    team_id: str,
    by: str,
) -> Plan:
    planner = _Planner(team_id, by, {entry.entry_id: entry for entry in existing}, handbook_ids)
    known = {key_of(wording.text): wording.entry_id for wording in wordings}
    new: list[Change] = []
    changed: list[Change] = []
    same: list[str] = []
    said: list[Wording] = []
    wrong = list(faults)
    for row in rows:
        try:
            if row.text("kind") == HANDBOOK:
                entry_id = clean_line(row.text("id"))
                if entry_id not in handbook_ids:
                    raise RowError(words.UNKNOWN_ENTRY, name=entry_id[:60])
            else:
                change = planner.change(row)
                entry_id = change.entry_id
                before = planner.existing.get(entry_id)
                if before is None:
                    new.append(change)
                elif _is_same(before, change):
                    same.append(entry_id)
                else:
                    changed.append(change)
        except RowError as error:
            wrong.append(Fault(row.number, error.said))
            continue
        texts = (clean_line(text)[:WORDING_CHARS] for text in row.list("also_asked"))
        said += [Wording(t, entry_id) for t in texts if t and known.get(key_of(t)) != entry_id]
    return Plan(tuple(new), tuple(changed), tuple(same), tuple(said), tuple(wrong))


def _is_same(before: TeamEntry, change: Change) -> bool:
    return (
        before.draft == change.draft
        and before.state is change.state
        and change.owner in ("", before.owner)
        and change.review_by in (None, before.review_by)
    )


def _draft(row: Row, before: Draft) -> Draft:
    """Columns that the file does not have leave the entry as it is."""
    draft = replace(
        before,
        title=_text(row, "title", before.title, line=True),
        short=_text(row, "short", before.short),
        body=_text(row, "body", before.body),
    )
    if "kind" in row.values:
        draft = replace(draft, kind=_kind(row))
    if "aliases" in row.values:
        draft = replace(draft, aliases=_lines(row.list("aliases")))
    if "links" in row.values:
        draft = replace(draft, links=_lines(row.list("links")))
    if "items_zh" in row.values or "items_en" in row.values:
        zh, en = (tuple(map(clean_line, row.list(f"items_{lang}"))) for lang in ("zh", "en"))
        items = (Text(one, other) for one, other in zip_longest(zh, en, fillvalue=""))
        draft = replace(draft, items=tuple(item for item in items if item))
    if "replaces" in row.values:
        draft = replace(draft, replaces=clean_line(row.text("replaces")))
    return draft


def _text(row: Row, name: str, before: Text, *, line: bool = False) -> Text:
    def half(lang: str, old: str) -> str:
        column = f"{name}_{lang}"
        if column not in row.values:
            return old
        raw = row.text(column)
        return clean_line(raw) if line else clean_text(raw, BODY_CHARS + 1)

    return Text(half("zh", before.zh), half("en", before.en))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, texts))))


def _kind(row: Row) -> Kind:
    """Where the row does not say it, what has items is a checklist."""
    has_items = any(row.list("items_zh")) or any(row.list("items_en"))
    given = row.text("kind").strip().casefold() or (Kind.CHECKLIST if has_items else Kind.TERM)
    if given not in KINDS:
        raise RowError(words.BAD_KIND)
    return Kind(given)


def _state(row: Row, before: TeamEntry | None) -> EntryState:
    given = row.text("state").strip().casefold()
    if not given:
        return before.state if before else EntryState.PUBLISHED
    if given not in tuple(EntryState):
        raise RowError(words.BAD_STATE)
    return EntryState(given)


def _owner(row: Row) -> str:
    given = row.text("owner").strip()
    if given and not MEMBER.fullmatch(given):
        raise RowError(words.BAD_OWNER)
    return given


def _day(row: Row) -> date | None:
    given = row.text("review_by").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise RowError(words.BAD_DATE) from None


def _check(draft: Draft) -> None:
    """The limits of the form. Raises RowError."""
    if not draft.title:
        raise RowError(words.NO_TITLE)
    is_list = draft.kind is Kind.CHECKLIST
    if not (draft.items if is_list else draft.short or draft.body):
        raise RowError(words.NO_TEXT)
    for column, limit, texts in _lengths(draft):
        if any(len(text) > limit for text in texts):
            raise RowError(words.TOO_LONG, column=column, limit=limit)
    for column, limit, listed in (
        ("aliases", MOST_ALIASES, draft.aliases),
        ("links", MOST_LINKS, draft.links),
        ("items", MOST_ITEMS, draft.items),
    ):
        if len(listed) > limit:
            raise RowError(words.TOO_MANY, column=column, limit=limit)
    if not all(map(LINK.fullmatch, draft.links)):
        raise RowError(words.BAD_LINK)


def _lengths(draft: Draft) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    yield "title", TITLE_CHARS, (draft.title.zh, draft.title.en)
    yield "short", SHORT_CHARS, (draft.short.zh, draft.short.en)
    yield "body", BODY_CHARS, (draft.body.zh, draft.body.en)
    yield "aliases", ALIAS_CHARS, draft.aliases
    yield "links", LINK_CHARS, draft.links
    yield "items", ITEM_CHARS, tuple(half for item in draft.items for half in (item.zh, item.en))

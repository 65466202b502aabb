"""What an import would change: each row against what the workspace has. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.entries.models import Change, Draft, EntryState, TeamEntry, Wording
from bot.entries.tables import WORDING_CHARS
from bot.entries.transfer import words
from bot.entries.transfer.drafts import (
    RowError,
    check_limits,
    read_day,
    read_draft,
    read_kind,
    read_owner,
    read_state,
    read_text,
)
from bot.entries.transfer.rows import HANDBOOK, Fault, Row
from bot.handbook.models import Kind
from bot.i18n import Text
from bot.search.normalize import key_of
from bot.slack.typed import clean_line

PREFIX = "team-"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CHARS = 100


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
        kind, title = read_kind(row), read_text(row, "title", Text(), line=True)
        entry_id = self._id(row, kind, title)
        if entry_id in self.seen:
            raise RowError(words.TWICE)
        self.seen.add(entry_id)
        before = self.existing.get(entry_id)
        draft = read_draft(row, before.draft if before else Draft(title=Text(), kind=kind))
        check_limits(draft)
        if draft.replaces and draft.replaces not in self.handbook_ids:
            raise RowError(words.BAD_REPLACES, name=draft.replaces[:60])
        return Change(
            team_id=self.team_id,
            entry_id=entry_id,
            draft=draft,
            author=self.by,
            by=self.by,
            based_on=before.version if before else 0,
            owner=read_owner(row),
            review_by=read_day(row),
            state=read_state(row, before),
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

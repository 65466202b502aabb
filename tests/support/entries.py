"""Entries of a workspace's own, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.database.engine import Database
from bot.entries.models import Change, Draft, EntryState, TeamEntry
from bot.entries.repository.entries import EntryRepository
from bot.handbook.models import Kind
from bot.i18n import Text

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
CURATOR = "UCURATOR1"


def draft(
    en: str, zh: str = "", *, short: str = "", kind: Kind = Kind.TERM, replaces: str = "",
    aliases: tuple[str, ...] = (), items: tuple[str, ...] = (), body: str = "",
) -> Draft:  # fmt: skip
    return Draft(
        title=Text(zh, en),
        short=Text("", short or f"What {en} is here."),
        body=Text("", body),
        kind=kind,
        aliases=aliases,
        items=tuple(Text("", item) for item in items),
        replaces=replaces,
    )


def publish(
    database: Database, team_id: str, entry_id: str, what: Draft, *, based_on: int = 0,
    state: EntryState = EntryState.PUBLISHED, now: datetime = NOW,
) -> TeamEntry:  # fmt: skip
    change = Change(
        team_id=team_id, entry_id=entry_id, draft=what, author=CURATOR, by=CURATOR,
        based_on=based_on, state=state,
    )  # fmt: skip
    made = EntryRepository(database).publish(change, now)
    assert isinstance(made, TeamEntry), made
    return made

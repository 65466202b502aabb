"""A workspace's entries and their versions. Every change counts in workspaces.entry_changes, in its
own transaction, so that all processes find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from bot.database.changes import count_change
from bot.database.engine import Database
from bot.database.workspaces import require_workspace
from bot.entries.models import (
    Change,
    EntryState,
    Note,
    Refusal,
    TeamEntry,
    Version,
)
from bot.entries.repository.rows import to_entry, to_version
from bot.entries.repository.writing import Prepared, lock_entry, number_change, prepare, save
from bot.entries.reviews import OWNER_ASKED, first_moment, next_review
from bot.entries.tables import WORDING_CHARS, wordings
from bot.entries.tables import entries as ENTRIES
from bot.entries.tables import entry_versions as VERSIONS
from bot.search.normalize import fold


class EntryRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, team_id: str, entry_id: str) -> TeamEntry | None:
        """Retired ones too."""
        query = select(ENTRIES).where(ENTRIES.c.team_id == team_id, ENTRIES.c.entry_id == entry_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return to_entry(row) if row else None

    def find_replacing(self, team_id: str, handbook_id: str) -> TeamEntry | None:
        """The published entry that stands for the handbook's, the newest of several."""
        query = (
            select(ENTRIES)
            .where(
                ENTRIES.c.team_id == team_id,
                ENTRIES.c.state == EntryState.PUBLISHED,
                ENTRIES.c.draft["replaces"].as_string() == handbook_id,
            )
            .order_by(ENTRIES.c.change.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return to_entry(row) if row else None

    def list_recent(self, team_id: str, state: EntryState, limit: int) -> list[TeamEntry]:
        """The entries changed last, the newest first."""
        query = (
            select(ENTRIES)
            .where(ENTRIES.c.team_id == team_id, ENTRIES.c.state == state)
            .order_by(ENTRIES.c.change.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_entry(row) for row in connection.execute(query).mappings()]

    def list_due(self, team_id: str, day: date, limit: int) -> list[TeamEntry]:
        """The published ones whose review was due by `day`, the oldest first."""
        query = (
            select(ENTRIES)
            .where(
                ENTRIES.c.team_id == team_id,
                ENTRIES.c.state == EntryState.PUBLISHED,
                ENTRIES.c.review_by <= day,
            )
            .order_by(ENTRIES.c.review_by, ENTRIES.c.entry_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_entry(row) for row in connection.execute(query).mappings()]

    def list_versions(self, team_id: str, entry_id: str, limit: int) -> list[Version]:
        """The newest first."""
        query = (
            select(VERSIONS)
            .where(VERSIONS.c.team_id == team_id, VERSIONS.c.entry_id == entry_id)
            .order_by(VERSIONS.c.number.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_version(row) for row in connection.execute(query).mappings()]

    def find_version(self, team_id: str, entry_id: str, number: int) -> Version | None:
        query = select(VERSIONS).where(
            VERSIONS.c.team_id == team_id,
            VERSIONS.c.entry_id == entry_id,
            VERSIONS.c.number == number,
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return to_version(row) if row else None

    def publish(self, change: Change, now: datetime) -> TeamEntry | Refusal:
        """Add a version, unless somebody else has since `change.based_on`. Made twice, it is made
        once."""
        with self._database.write() as connection:
            require_workspace(connection, change.team_id)
            made = prepare(connection, change, now)
            if isinstance(made, Prepared):
                saved = save(connection, self._database, made)
                count_change(self._database, connection, "entries")
                return saved
            return made

    def retire(
        self, team_id: str, entry_id: str, by: str, based_on: int, now: datetime
    ) -> TeamEntry | Refusal:
        """Take an entry out of the search. Its history stays; any version can be restored."""
        before = self.find(team_id, entry_id)
        if before is None:
            return Refusal.GONE
        change = Change(
            team_id=team_id,
            entry_id=entry_id,
            draft=before.draft,
            author=by,
            by=by,
            based_on=based_on,
            note=Note.RETIRED,
            state=EntryState.RETIRED,
        )
        return self.publish(change, now)

    def roll_back(
        self, team_id: str, entry_id: str, number: int, by: str, based_on: int, now: datetime
    ) -> TeamEntry | Refusal:
        """Publish the draft of version `number` once more, as a new version."""
        version = self.find_version(team_id, entry_id, number)
        if version is None:
            return Refusal.GONE
        change = Change(
            team_id=team_id,
            entry_id=entry_id,
            draft=version.draft,
            author=version.author,
            by=by,
            based_on=based_on,
            note=f"{Note.ROLLBACK}:{number}",
        )
        return self.publish(change, now)

    def confirm(
        self, team_id: str, entry_id: str, day: date | None, now: datetime
    ) -> TeamEntry | Refusal:
        """It is still right: ask again in REVIEW_DAYS. SAME, if that was said already of `day`."""
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            entry = lock_entry(connection, team_id, entry_id)
            if entry is None or entry.state is not EntryState.PUBLISHED:
                return Refusal.GONE
            if entry.review_by != day:
                return Refusal.SAME
            after = replace(entry, review_by=next_review(now), asked=0)
            query = update(ENTRIES).where(
                ENTRIES.c.team_id == team_id, ENTRIES.c.entry_id == entry_id
            )
            connection.execute(
                query.values(
                    review_by=after.review_by,
                    asked=0,
                    ask_at=first_moment(next_review(now)),
                    change=number_change(connection, team_id),
                )
            )
            count_change(self._database, connection, "entries")
        return after

    def ask_curators(self, team_id: str, entry_id: str, now: datetime) -> None:
        """The owner says that it is out of date."""
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            lock_entry(connection, team_id, entry_id)
            self.pass_to_curators(connection, team_id, entry_id, now)

    def pass_to_curators(
        self, connection: Connection, team_id: str, entry_id: str, now: datetime
    ) -> None:
        """No message gets to the owner: ask the curators at once."""
        here = (ENTRIES.c.team_id == team_id, ENTRIES.c.entry_id == entry_id)
        waits = ENTRIES.c.ask_at.is_not(None)
        query = update(ENTRIES).where(*here, waits)
        connection.execute(query.values(asked=OWNER_ASKED, ask_at=now))

    def add_alias(
        self, team_id: str, entry_id: str, name: str, by: str, now: datetime
    ) -> TeamEntry | Refusal:
        """One more name of an entry of the workspace, as a new version."""
        entry = self.find(team_id, entry_id)
        if entry is None or entry.state is not EntryState.PUBLISHED:
            return Refusal.GONE
        names = (entry.draft.title.zh, entry.draft.title.en, *entry.draft.aliases)
        if fold(name) in map(fold, names):
            return Refusal.SAME
        change = Change(
            team_id=team_id,
            entry_id=entry_id,
            draft=replace(entry.draft, aliases=(*entry.draft.aliases, name)),
            author=by,
            by=by,
            based_on=entry.version,
            note=Note.ALIAS,
        )
        return self.publish(change, now)

    def add_wording(self, team_id: str, text: str, entry_id: str) -> None:
        """From now on `text` is answered by `entry_id`. Raises WorkspaceGone."""
        text = text.strip()[:WORDING_CHARS]
        key = fold(text)[:WORDING_CHARS]
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            values = {
                "text": text, "entry_id": entry_id, "change": number_change(connection, team_id),
            }  # fmt: skip
            query = self._database.insert(wordings).values(team_id=team_id, key=key, **values)
            keys = [wordings.c.team_id, wordings.c.key]
            connection.execute(query.on_conflict_do_update(index_elements=keys, set_=values))
            count_change(self._database, connection, "entries")

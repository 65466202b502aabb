"""The one way in which an entry changes, within a transaction: a version is added, never changed.

Order of locks, for all: the proposal, the entry, the outbox, last the workspace's row, whose
counter numbers the change. So `prepare` locks the entry, and `save` comes after what goes to the
outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import WorkspaceGone
from bot.entries.models import MOST_ENTRIES, Change, EntryState, Refusal, TeamEntry, Version
from bot.entries.repository.rows import entry_row, to_entry, version_row
from bot.entries.reviews import first_moment, next_review
from bot.entries.tables import entries as ENTRIES
from bot.entries.tables import entry_versions as VERSIONS


@dataclass(frozen=True, slots=True)
class Prepared:
    entry: TeamEntry
    version: Version
    is_new: bool


def lock_entry(connection: Connection, team_id: str, entry_id: str) -> TeamEntry | None:
    """An entry that nobody else may change until the transaction ends."""
    query = select(ENTRIES).where(ENTRIES.c.team_id == team_id, ENTRIES.c.entry_id == entry_id)
    row = connection.execute(query.with_for_update()).mappings().first()
    return to_entry(row) if row else None


def number_change(connection: Connection, team_id: str) -> int:
    """Number a change of the workspace's entries or wordings, while its row is locked: changes
    become visible in their order. Raises WorkspaceGone."""
    query = (
        update(TEAMS)
        .where(TEAMS.c.team_id == team_id)
        .values(entry_changes=TEAMS.c.entry_changes + 1)
        .returning(TEAMS.c.entry_changes)
    )
    number = connection.scalar(query)
    if number is None:
        raise WorkspaceGone(f"team={team_id} is not there any more: the app was removed from it.")
    return int(number)


def prepare(
    connection: Connection, change: Change, now: datetime
) -> Prepared | TeamEntry | Refusal:
    """What `change` comes to; the entry as it is where the change was made already, by a form that
    is sent twice."""
    before = lock_entry(connection, change.team_id, change.entry_id)
    if before is None:
        if change.based_on:
            return Refusal.GONE
        if _count(connection, change.team_id) >= MOST_ENTRIES:
            return Refusal.FULL
    elif before.version != change.based_on:
        return before if _is_made(before, change) else Refusal.OUTDATED
    elif (
        before.draft == change.draft
        and before.state is change.state
        and change.owner in ("", before.owner)
        and change.review_by in (None, before.review_by)
    ):
        return Refusal.SAME
    return _build(before, change, now)


def save(connection: Connection, database: Database, prepared: Prepared) -> TeamEntry:
    entry = prepared.entry
    number = number_change(connection, entry.team_id)
    ask_at = first_moment(entry.review_by) if _is_asked(entry) and entry.review_by else None
    row: dict[str, Any] = entry_row(entry) | {"change": number, "ask_at": ask_at}
    keys = {"team_id": entry.team_id, "entry_id": entry.entry_id}
    if prepared.is_new:
        connection.execute(insert(ENTRIES).values(row))
    else:
        here = (ENTRIES.c.team_id == entry.team_id, ENTRIES.c.entry_id == entry.entry_id)
        connection.execute(update(ENTRIES).where(*here).values(row))
    connection.execute(insert(VERSIONS).values(version_row(prepared.version) | keys))
    return entry


def _build(before: TeamEntry | None, change: Change, now: datetime) -> Prepared:
    number = change.based_on + 1
    entry = TeamEntry(
        team_id=change.team_id,
        entry_id=change.entry_id,
        draft=change.draft,
        version=number,
        state=change.state,
        owner=change.owner or (before.owner if before else change.author),
        published_by=change.by,
        published_at=now,
        review_by=change.review_by or _review_after(before, now),
    )
    version = Version(
        number=number,
        draft=change.draft,
        author=change.author,
        published_by=change.by,
        published_at=now,
        note=change.note,
    )
    return Prepared(entry, version, is_new=before is None)


def _review_after(before: TeamEntry | None, now: datetime) -> date:
    """A day that is still to come stays."""
    if before and before.review_by and before.review_by > now.date():
        return before.review_by
    return next_review(now)


def _is_asked(entry: TeamEntry) -> bool:
    return entry.state is EntryState.PUBLISHED


def _is_made(entry: TeamEntry, change: Change) -> bool:
    return (
        entry.version == change.based_on + 1
        and entry.draft == change.draft
        and entry.state is change.state
        and entry.published_by == change.by
    )


def _count(connection: Connection, team_id: str) -> int:
    query = select(func.count()).select_from(ENTRIES).where(ENTRIES.c.team_id == team_id)
    return int(connection.scalar(query) or 0)

"""What is kept by workspace and by person, over all tables, for whoever asks for it or wants it
deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Dialect, RowMapping, Table, delete, select, update
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.database.changes import count_change
from bot.database.engine import Database
from bot.database.tables import metadata, workspaces

NOT_EXPORTED = frozenset({"token"})
SECRET_TABLES = frozenset({"askers"})  # who asked the team without a name: no export reads it
# Columns that name a person in rows that are the team's: they stay, each for a reason.
SHARED: Mapping[tuple[str, str], str] = {
    ("subscriptions", "created_by"): "the channel's weekly tips belong to the channel",
    ("subscriptions", "changed_by"): "the channel is told who changed its tips",
    ("runs", "started_by"): "a checklist belongs to its channel",
    ("runs", "closed_by"): "a checklist belongs to its channel",
    ("run_items", "changed_by"): "an item says who ticked it",
    ("run_items", "owner"): "done items say whose they were; open ones are unassigned",
    ("run_log", "by"): "a checklist's log is its team's record, from which its state follows",
    ("run_log", "user_id"): "the same",
    ("series", "started_by"): "a repeating checklist belongs to its channel",
    ("entries", "owner"): "an entry has an owner, who is asked whether it is still right",
    ("entries", "published_by"): "an entry says who published it",
    ("entry_versions", "author"): "an entry's history is its team's record",
    ("entry_versions", "published_by"): "the same",
    ("proposals", "proposer"): "whoever proposed is told what became of it",
    ("proposals", "decided_by"): "a proposal says who decided it",
    ("questions", "decided_by"): "a question says who answered or declined it",
    ("installations", "installed_by"): "a workspace's admins see who added the app",
}


class People:
    def __init__(self, database: Database) -> None:
        self._database = database

    def export(self, team_id: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """All rows of a workspace by table, as JSON holds them; no token, and not who asked the
        team."""
        with self._database.read() as connection:
            for table in _tables():
                if table.name in SECRET_TABLES:
                    continue
                column = table.c.id if table.name == "installations" else table.c.team_id
                rows = connection.execute(select(table).where(column == team_id)).mappings()
                dialect = connection.dialect
                yield table.name, [_plain(table, row, dialect) for row in rows]

    def forget(self, team_id: str, user_id: str) -> dict[str, int]:
        """Delete the rows of a workspace that are a person's own, and messages to them; how many
        there were, by table."""
        found: dict[str, int] = {}
        with self._database.write() as connection:
            for table in _tables():
                if own := own_column(table):
                    here = (table.c.team_id == team_id, table.c[own] == user_id)
                    gone = connection.execute(delete(table).where(*here))
                    found[table.name] = gone.rowcount
            # Counted from the beginning again: every process fetches all choices anew.
            team = update(workspaces).where(workspaces.c.team_id == team_id)
            connection.execute(team.values(language_changes=0))
            count_change(self._database, connection, "languages")
        return {name: count for name, count in found.items() if count}

    def count_shared(self, team_id: str, user_id: str) -> dict[str, int]:
        """How often the team's own rows name a person, by table and column."""
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for table in _tables():
                for name in (name for place, name in SHARED if place == table.name):
                    team = table.c.id if table.name == "installations" else table.c.team_id
                    query = select(team).where(team == team_id, table.c[name] == user_id)
                    found[f"{table.name}.{name}"] = len(connection.execute(query).all())
        return {name: count for name, count in found.items() if count}


def own_column(table: Table) -> str:
    """The column by which a row is one person's own; "" where rows are the team's."""
    if table.name == "outbox":
        return "channel_id"  # a person's id stands there for a direct message
    return "user_id" if "user_id" in table.primary_key.columns else ""


def _tables() -> list[Table]:
    """The tables that hold a workspace's rows."""
    return [t for t in metadata.sorted_tables if "team_id" in t.c or t.name == "installations"]


def _plain(table: Table, row: RowMapping, dialect: Dialect) -> dict[str, Any]:
    return {
        column.name: _value(column.type, row[column.name], dialect)
        for column in table.columns
        if column.name not in NOT_EXPORTED
    }


def _value(kind: TypeEngine[Any], value: Any, dialect: Dialect) -> Any:
    """A value as JSON has it: our own column types as they are stored, moments in ISO 8601."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return kind.process_bind_param(value, dialect) if isinstance(kind, TypeDecorator) else value

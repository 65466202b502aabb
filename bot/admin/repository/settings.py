"""Workspaces' settings in the database. Changes are counted, so that every process sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select, update

from bot.admin.digest_time import next_digest
from bot.admin.models import DEFAULTS, Digest, WorkspaceSettings
from bot.admin.tables import settings as SETTINGS
from bot.database.changes import count_change, last_change
from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import require_workspace

Edit = Callable[[WorkspaceSettings], WorkspaceSettings]
COLUMNS = tuple(field.name for field in fields(WorkspaceSettings) if field.name != "tips_by_admins")


class SettingsRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, team_id: str) -> WorkspaceSettings:
        """A workspace that saved none has the defaults."""
        with self._database.read() as connection:
            return _load(connection, team_id)

    def last_change(self) -> int:
        """A number that grows with every change, and whenever a workspace comes or goes."""
        with self._database.read() as connection:
            return last_change(connection, "settings", "workspaces")

    def list_changes(
        self, seen: Mapping[str, int]
    ) -> tuple[dict[str, int], dict[str, WorkspaceSettings]]:
        """The number of each workspace's last change, where there was one; and the settings of
        those whose number in `seen` is another."""
        numbers = select(TEAMS.c.team_id, TEAMS.c.settings_changes).where(
            TEAMS.c.settings_changes > 0
        )
        with self._database.read() as connection:
            now = {row.team_id: row.settings_changes for row in connection.execute(numbers)}
            changed = [team_id for team_id, number in now.items() if seen.get(team_id) != number]
            return now, {team_id: _load(connection, team_id) for team_id in changed}

    def change(self, team_id: str, edit: Edit, now: datetime) -> WorkspaceSettings:
        """Save what `edit` makes of the settings as they stand. Raises WorkspaceGone."""
        count = (
            update(TEAMS)
            .where(TEAMS.c.team_id == team_id)
            .values(settings_changes=TEAMS.c.settings_changes + 1)
        )
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            connection.execute(count)  # and lock the workspace's row
            before = _load(connection, team_id)
            after = edit(before)
            if after == before:
                return after
            connection.execute(
                update(TEAMS)
                .where(TEAMS.c.team_id == team_id)
                .values(restricted=after.tips_by_admins)
            )
            row = _row(after)
            if (after.digest, after.zone) != (before.digest, before.zone):
                row["digest_at"] = next_digest(after, now)
            new = self._database.insert(SETTINGS).values(team_id=team_id, **row)
            connection.execute(new.on_conflict_do_update(index_elements=["team_id"], set_=row))
            count_change(self._database, connection, "settings")
        return after

    def remove_curator(self, team_id: str, user_id: str, now: datetime) -> bool:
        """Whether the person was one. Raises WorkspaceGone."""
        if user_id not in self.get(team_id).curators:
            return False
        self.change(
            team_id,
            lambda old: replace(old, curators=tuple(u for u in old.curators if u != user_id)),
            now,
        )
        return True


def _query(team_id: str) -> Select[Any]:
    return (
        select(SETTINGS, TEAMS.c.restricted)
        .join_from(TEAMS, SETTINGS, TEAMS.c.team_id == SETTINGS.c.team_id, isouter=True)
        .where(TEAMS.c.team_id == team_id)
    )


def _load(connection: Connection, team_id: str) -> WorkspaceSettings:
    row = connection.execute(_query(team_id)).mappings().first()
    return _settings(row) if row is not None else DEFAULTS


def _settings(row: RowMapping) -> WorkspaceSettings:
    by_admins = {"tips_by_admins": row["restricted"]}
    if row["lookup_days"] is None:  # none were saved
        return replace(DEFAULTS, **by_admins)
    values = {name: row[name] for name in COLUMNS}
    values |= {"default_lang": row["default_lang"] or None, "digest": Digest(row["digest"])}
    return WorkspaceSettings(**values, **by_admins)


def _row(settings: WorkspaceSettings) -> dict[str, Any]:
    row = {name: getattr(settings, name) for name in COLUMNS}
    return row | {"default_lang": settings.default_lang or "", "digest": str(settings.digest)}

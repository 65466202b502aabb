"""Workspaces: their settings, whether they are alive, and the end of their data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.database.tables import workspaces as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace and its settings. `stopped` says why nothing is posted there; "" is active."""

    team_id: str
    stopped: str = ""
    restricted: bool = False  # only the subscriber and admins may change a channel's tips
    next_post_at: datetime | None = None  # pace, and what a 429 asked for


def add_workspace(database: Database, connection: Connection, team_id: str) -> None:
    """Make sure that it is there: the other tables refer to it."""
    row = {"team_id": team_id, "stopped": "", "restricted": False}
    connection.execute(database.insert(TABLE).values(row).on_conflict_do_nothing())


class WorkspaceRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, team_id: str) -> Workspace:
        """A workspace that was never seen has the defaults."""
        query = select(TABLE).where(TABLE.c.team_id == team_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return Workspace(**row) if row else Workspace(team_id=team_id)

    def restrict(self, team_id: str, restricted: bool) -> None:
        """Whether only the subscriber and admins may change a channel's tips."""
        with self._database.write() as connection:
            add_workspace(self._database, connection, team_id)
            self._update(connection, team_id, restricted=restricted)

    def start(self, team_id: str) -> None:
        """The app is installed and its token works: post there (again)."""
        with self._database.write() as connection:
            add_workspace(self._database, connection, team_id)
            self._update(connection, team_id, stopped="")

    def stop(self, team_id: str, error: str) -> None:
        """Post nothing more there, until `start`."""
        with self._database.write() as connection:
            self._update(connection, team_id, stopped=error)

    def hold(self, team_id: str, until: datetime) -> None:
        """Post nothing there before `until`, or before a later moment that was set already."""
        next_post_at = TABLE.c.next_post_at
        earlier = or_(next_post_at.is_(None), next_post_at < until)
        with self._database.write() as connection:
            connection.execute(
                update(TABLE).where(TABLE.c.team_id == team_id, earlier).values(next_post_at=until)
            )

    def delete(self, team_id: str) -> None:
        """Everything that was kept of it, in all tables. Somebody's last click may hold a row that
        this waits for, and wait for this: then one more time."""
        try:
            self._delete(team_id)
        except StorageError:
            self._delete(team_id)

    def _delete(self, team_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.team_id == team_id))

    def _update(self, connection: Connection, team_id: str, **values: Any) -> None:
        connection.execute(update(TABLE).where(TABLE.c.team_id == team_id).values(**values))

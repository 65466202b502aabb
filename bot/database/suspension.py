"""Workspaces that the app was removed from: suspended and hidden at once, deleted after a while,
since one wrong click must not destroy what a team has written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.database.changes import count_change
from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.database.tables import installations as INSTALLATIONS
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import WorkspaceRepository

UNINSTALLED, ACCESS_REVOKED = "app_uninstalled", "team_access_revoked"
OWN = TEAMS.c.team_id.in_(select(INSTALLATIONS.c.id))
COVERED = TEAMS.c.enterprise_id.in_(select(INSTALLATIONS.c.id))  # by its organisation's


class Suspension:
    def __init__(self, database: Database, workspaces: WorkspaceRepository) -> None:
        self._database = database
        self._workspaces = workspaces

    def uninstall(self, team_id: str, enterprise_id: str, now: datetime) -> list[str]:
        """The app was removed from a workspace, or, without one, from an organisation. The dead
        token is deleted; the workspaces that no other installation serves are suspended, and
        returned."""
        with self._database.write() as connection:
            owner = _owner(connection, team_id, enterprise_id)
            connection.execute(delete(INSTALLATIONS).where(INSTALLATIONS.c.id == owner))
            if owner == team_id:
                theirs, served = TEAMS.c.team_id == team_id, COVERED
            else:
                theirs, served = TEAMS.c.enterprise_id == owner, OWN
            return self._suspend(connection, theirs & ~served, UNINSTALLED, now)

    def revoke_access(self, team_ids: Collection[str], now: datetime) -> list[str]:
        """An organisation took the app from some of its workspaces; one with an installation of
        its own goes on."""
        with self._database.write() as connection:
            theirs = TEAMS.c.team_id.in_(list(team_ids))
            return self._suspend(connection, theirs & ~OWN, ACCESS_REVOKED, now)

    def grant_access(self, team_ids: Collection[str], enterprise_id: str) -> None:
        """An organisation gave the app to some of its workspaces."""
        with self._database.write() as connection:
            for team_id in sorted(team_ids):
                self._workspaces.start_within(connection, team_id, enterprise_id)
            self._count(connection)

    def drop_if_covered(self, team_id: str) -> bool:
        """A workspace's own token was revoked: where its organisation's installation serves it as
        well, only that counts from now on."""
        with self._database.write() as connection:
            query = select(TEAMS.c.team_id).where(TEAMS.c.team_id == team_id, COVERED)
            covered = connection.execute(query).first() is not None
            if covered:
                connection.execute(delete(INSTALLATIONS).where(INSTALLATIONS.c.id == team_id))
                self._count(connection)
        return covered

    def list_expired(self, before: datetime) -> Sequence[str]:
        """Workspaces suspended before that moment."""
        query = select(TEAMS.c.team_id).where(TEAMS.c.suspended_at < before)
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(TEAMS.c.team_id)))

    def purge(self, team_id: str, before: datetime) -> bool:
        """Delete everything of a workspace, if it is still suspended since before that moment.
        Somebody's last click may hold a row that this waits for, and wait for this: then one more
        time."""
        try:
            return self._purge(team_id, before)
        except StorageError:
            return self._purge(team_id, before)

    def _purge(self, team_id: str, before: datetime) -> bool:
        query = delete(TEAMS).where(TEAMS.c.team_id == team_id, TEAMS.c.suspended_at < before)
        with self._database.write() as connection:
            gone = connection.execute(query.returning(TEAMS.c.team_id)).first() is not None
            self._count(connection)
        return gone

    def _suspend(
        self, connection: Connection, which: ColumnElement[bool], reason: str, now: datetime
    ) -> list[str]:
        query = update(TEAMS).where(which, TEAMS.c.suspended_at.is_(None))
        values = {"suspended_at": now, "stopped": reason, "check_at": None, "checks": 0}
        found = connection.scalars(query.values(values).returning(TEAMS.c.team_id)).all()
        self._count(connection)
        return sorted(found)

    def _count(self, connection: Connection) -> None:
        count_change(self._database, connection, "languages")
        count_change(self._database, connection, "workspaces")


def _owner(connection: Connection, team_id: str, enterprise_id: str) -> str:
    """Whose installation ended. Slack's event of an organisation-wide one may name a workspace; one
    that has none of its own can only be meant as a part of its organisation."""
    ids = [team_id, enterprise_id]
    query = select(INSTALLATIONS.c.id).where(INSTALLATIONS.c.id.in_(ids))
    found = set(connection.scalars(query))
    return enterprise_id if not team_id or found == {enterprise_id} else team_id

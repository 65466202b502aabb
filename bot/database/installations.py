"""Where the app is installed: by workspace, or by organisation for all workspaces that it gives
access to. Tokens come and go encrypted."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from bot.database.changes import count_change, last_change
from bot.database.engine import Database
from bot.database.suspension import UNINSTALLED
from bot.database.tables import installations as TABLE
from bot.database.tables import oauth_states as STATES
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import WorkspaceRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInstallation:
    """`id` is the workspace's, or the organisation's for an organisation-wide one. `installed_at`
    is Slack's time."""

    id: str
    enterprise_id: str = ""
    name: str = ""
    url: str = ""
    app_id: str = ""
    bot_id: str = ""
    bot_user_id: str = ""
    bot_name: str = ""
    scopes: str = ""
    installed_by: str = ""
    installed_at: datetime
    token: str = field(repr=False)

    @property
    def is_org_wide(self) -> bool:
        return self.id == self.enterprise_id


NAMES = tuple(f.name for f in fields(StoredInstallation))


class InstallationRepository:
    def __init__(self, database: Database, workspaces: WorkspaceRepository) -> None:
        self._database = database
        self._workspaces = workspaces

    def save(self, new: StoredInstallation) -> None:
        """Store an installation; workspaces that an uninstall had suspended resume."""
        values = asdict(new)
        query = self._database.insert(TABLE).values(values)
        with self._database.write() as connection:
            connection.execute(
                query.on_conflict_do_update(index_elements=[TABLE.c.id], set_=values)
            )
            if new.is_org_wide:
                for team_id in _uninstalled_of(connection, new.enterprise_id):
                    self._workspaces.start_within(connection, team_id)
            else:
                self._workspaces.start_within(connection, new.id, new.enterprise_id)
            count_change(self._database, connection, "languages")
            count_change(self._database, connection, "workspaces")

    def find(self, team_id: str, enterprise_id: str = "") -> StoredInstallation | None:
        """The newest that serves a workspace, its own or its organisation's; None if there is none.
        The first request from a workspace that an organisation gave access to makes the workspace
        known, and one that joined an organisation is noted."""
        with self._database.read() as connection:
            team = connection.execute(select(TEAMS).where(TEAMS.c.team_id == team_id)).first()
            org = enterprise_id or (team.enterprise_id if team else "")
            query = select(*(TABLE.c[name] for name in NAMES))
            query = query.where(TABLE.c.id.in_([team_id, org] if org else [team_id]))
            row = connection.execute(query.order_by(TABLE.c.installed_at.desc())).mappings().first()
        if row is None:
            return None
        if team_id.startswith("T") and (team is None or team.enterprise_id != org):
            with self._database.write() as connection:
                self._workspaces.adopt_within(connection, team_id, org)
        return StoredInstallation(**row)

    def delete(self, installation_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.id == installation_id))
            count_change(self._database, connection, "workspaces")

    def list_tokens(self) -> dict[str, str]:
        """All tokens, encrypted, by installation."""
        with self._database.read() as connection:
            rows = connection.execute(select(TABLE.c.id, TABLE.c.token)).all()
        return {row.id: row.token for row in rows}

    def replace_token(self, installation_id: str, old: str, new: str) -> None:
        """The same token, encrypted by another key; unless it changed meanwhile."""
        here = (TABLE.c.id == installation_id, TABLE.c.token == old)
        with self._database.write() as connection:
            connection.execute(update(TABLE).where(*here).values(token=new))

    def last_change(self) -> int:
        """A number that grows whenever an installation or a workspace's suspension changes."""
        with self._database.read() as connection:
            return last_change(connection, "workspaces")


class StateRepository:
    """OAuth states: each is valid for one return from Slack's page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, digest: str, now: datetime, expires_at: datetime) -> None:
        """Store a state, and delete expired ones."""
        with self._database.write() as connection:
            connection.execute(delete(STATES).where(STATES.c.expires_at < now))
            connection.execute(STATES.insert().values(digest=digest, expires_at=expires_at))

    def take(self, digest: str, now: datetime) -> bool:
        """Delete a state; True for the one caller that presents it before it expires."""
        here = (STATES.c.digest == digest, STATES.c.expires_at >= now)
        query = delete(STATES).where(*here).returning(STATES.c.digest)
        with self._database.write() as connection:
            return connection.execute(query).first() is not None


def _uninstalled_of(connection: Connection, enterprise_id: str) -> list[str]:
    theirs = or_(TEAMS.c.team_id == enterprise_id, TEAMS.c.enterprise_id == enterprise_id)
    query = select(TEAMS.c.team_id).where(theirs, TEAMS.c.stopped == UNINSTALLED)
    return list(connection.scalars(query))

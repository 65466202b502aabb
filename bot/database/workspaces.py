"""Workspaces: their settings, whether they are alive, and the end of their data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.database.changes import count_change
from bot.database.columns import UtcInstant
from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.database.tables import installations as INSTALLATIONS
from bot.database.tables import workspaces as TABLE

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_CHECK = timedelta(minutes=1)  # after the first failed check; doubled after each
LONGEST_CHECK = timedelta(hours=1)
INSTALLED = TABLE.c.suspended_at.is_(None)
NEXT_CHECK = select(func.min(TABLE.c.check_at)).where(TABLE.c.stopped != "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace and its settings. `stopped` says why nothing is sent there; "" is active.
    `suspended_at`: the app was removed then, and the data wait to be deleted."""

    team_id: str
    stopped: str = ""
    restricted: bool = False  # only the subscriber and admins may change a channel's tips
    next_post_at: datetime | None = None  # pace, and what a 429 asked for
    enterprise_id: str = ""  # its organisation; "" is none
    suspended_at: datetime | None = None


class WorkspaceGone(StorageError):
    """The app was removed from the workspace, perhaps as another process heard: its data are
    suspended or deleted."""


def has_workspace(connection: Connection, team_id: str) -> bool:
    """Whether the app is installed there."""
    query = select(TABLE.c.team_id).where(TABLE.c.team_id == team_id, INSTALLED)
    return connection.scalar(query) is not None


def is_installed(team_id: ColumnElement[str]) -> ColumnElement[bool]:
    """For queries of what may be changed: rows of a suspended workspace stay as they are."""
    installed: Select[tuple[str]] = select(TABLE.c.team_id).where(INSTALLED)
    return team_id.in_(installed)


def require_workspace(connection: Connection, team_id: str) -> None:
    """Call before storing anything for a workspace. Raises WorkspaceGone: only a new installation
    may create or change its data again."""
    if not has_workspace(connection, team_id):
        raise WorkspaceGone(f"team={team_id} is not there any more: the app was removed from it.")


class WorkspaceRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, team_id: str) -> Workspace:
        """A workspace that was never seen has the defaults."""
        query = select(TABLE).where(TABLE.c.team_id == team_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return Workspace(team_id=team_id)
        return Workspace(**{field.name: row[field.name] for field in fields(Workspace)})

    def list_ids(self) -> list[str]:
        """All workspaces, for operators."""
        with self._database.read() as connection:
            return list(connection.scalars(select(TABLE.c.team_id).order_by(TABLE.c.team_id)))

    def restrict(self, team_id: str, restricted: bool) -> None:
        """Whether only the subscriber and admins may change a channel's tips."""
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            self._update(connection, team_id, restricted=restricted)

    def start(self, team_id: str) -> None:
        """The app is installed and its token works: post there (again)."""
        with self._database.write() as connection:
            self.start_within(connection, team_id)
            count_change(self._database, connection, "languages")
            count_change(self._database, connection, "workspaces")

    def start_within(self, connection: Connection, team_id: str, enterprise_id: str = "") -> None:
        """The same, in a transaction of the caller's, who counts the change. What was suspended
        is there again."""
        row = {"team_id": team_id, "stopped": "", "restricted": False}
        connection.execute(self._database.insert(TABLE).values(row).on_conflict_do_nothing())
        values = {"stopped": "", "check_at": None, "checks": 0, "suspended_at": None}
        if enterprise_id:
            values["enterprise_id"] = enterprise_id
        self._update(connection, team_id, **values)

    def adopt_within(self, connection: Connection, team_id: str, enterprise_id: str) -> None:
        """A workspace that an organisation's installation serves was heard of for the first time,
        or has joined an organisation. What is suspended stays so."""
        row = {"team_id": team_id, "stopped": "", "restricted": False}
        connection.execute(self._database.insert(TABLE).values(row).on_conflict_do_nothing())
        self._update(connection, team_id, enterprise_id=enterprise_id)

    def is_suspended(self, team_id: str) -> bool:
        query = select(TABLE.c.team_id).where(TABLE.c.team_id == team_id, ~INSTALLED)
        with self._database.read() as connection:
            return connection.scalar(query) is not None

    def stop(self, team_id: str, error: str) -> None:
        """Send nothing more there, until `start` or `resume`. Its token is tried again at once, or
        where that was done before, when it is due again."""
        planned = case((TABLE.c.check_at.is_(None), literal(AT_ONCE, UtcInstant())),
                       else_=TABLE.c.check_at)  # fmt: skip
        with self._database.write() as connection:
            self._update_installed(connection, team_id, stopped=error, check_at=planned)

    def resume(self, team_id: str) -> None:
        """Slack accepts the token again. Until a message is sent, the next stop waits as long as
        if this had not been."""
        with self._database.write() as connection:
            self._update_installed(connection, team_id, stopped="")

    def next_check(self) -> datetime | None:
        """When a stopped workspace's token is to be tried again; None if none is stopped."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_CHECK)
        return found

    def claim_checks(self, now: datetime) -> list[str]:
        """Stopped workspaces whose token is to be tried now, each for one caller."""
        due = (TABLE.c.stopped != "", TABLE.c.check_at <= now, INSTALLED)
        query = select(TABLE.c.team_id, TABLE.c.checks).where(*due)
        with self._database.read() as connection:  # mostly there is none, and no need to lock
            if connection.execute(query.limit(1)).first() is None:
                return []
        with self._database.write() as connection:
            found = connection.execute(query.with_for_update(skip_locked=True)).all()
            for team_id, checks in found:
                later = now + min(FIRST_CHECK * 2 ** min(checks, 10), LONGEST_CHECK)
                self._update(connection, team_id, check_at=later, checks=checks + 1)
        return [team_id for team_id, _ in found]

    def hold(self, team_id: str, until: datetime, *, updates: bool = False) -> None:
        """Post nothing there, or update nothing, before `until` or a later moment that was set
        already: Slack limits the two apart."""
        column = TABLE.c.next_update_at if updates else TABLE.c.next_post_at
        earlier = or_(column.is_(None), column < until)
        with self._database.write() as connection:
            connection.execute(
                update(TABLE)
                .where(TABLE.c.team_id == team_id, earlier, INSTALLED)
                .values({column.name: until})
            )

    def delete(self, team_id: str) -> None:
        """Everything that was kept of it, in all tables, and its own token. Somebody's last click
        may hold a row that this waits for, and wait for this: then one more time."""
        try:
            self._delete(team_id)
        except StorageError:
            self._delete(team_id)

    def _delete(self, team_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.team_id == team_id))
            connection.execute(delete(INSTALLATIONS).where(INSTALLATIONS.c.id == team_id))
            count_change(self._database, connection, "languages")
            count_change(self._database, connection, "workspaces")

    def _update_installed(self, connection: Connection, team_id: str, **values: Any) -> None:
        here = (TABLE.c.team_id == team_id, INSTALLED)
        connection.execute(update(TABLE).where(*here).values(**values))

    def _update(self, connection: Connection, team_id: str, **values: Any) -> None:
        connection.execute(update(TABLE).where(TABLE.c.team_id == team_id).values(**values))

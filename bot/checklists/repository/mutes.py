"""Who wants no direct messages about their items."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.checklists.tables import reminder_mutes as TABLE
from bot.database.engine import Database
from bot.database.workspaces import require_workspace


class MuteRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def is_muted(self, team_id: str, user_id: str) -> bool:
        query = select(TABLE).where(TABLE.c.team_id == team_id, TABLE.c.user_id == user_id)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def mute(self, team_id: str, user_id: str, *, muted: bool) -> None:
        with self._database.write() as connection:
            if muted:
                require_workspace(connection, team_id)
                row = {"team_id": team_id, "user_id": user_id}
                connection.execute(
                    self._database.insert(TABLE).values(row).on_conflict_do_nothing()
                )
            else:
                here = (TABLE.c.team_id == team_id, TABLE.c.user_id == user_id)
                connection.execute(delete(TABLE).where(*here))

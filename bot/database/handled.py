"""What was handled already, so that one thing is done once by all processes together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from bot.database.engine import Database
from bot.database.tables import handled as TABLE
from bot.database.workspaces import has_workspace


class HandledRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, team_id: str, keys: Sequence[str], now: datetime) -> bool:
        """Remember `keys`, which stand for one thing; True for the one caller to whom all of them
        are new. For a workspace that is not installed nothing is stored, and everything is new."""
        rows = [
            {"team_id": team_id, "key": key, "handled_at": now}
            for key in sorted(set(keys))  # in one order, so that two callers never wait in a circle
        ]
        if not rows:
            return True
        query = self._database.insert(TABLE).values(rows).on_conflict_do_nothing()
        with self._database.write() as connection:
            if not has_workspace(connection, team_id):
                return True
            saved = connection.execute(query.returning(TABLE.c.key)).all()
        return len(saved) == len(rows)

    def release(self, team_id: str, keys: Sequence[str]) -> None:
        """Forget `keys`: what they stand for was not done after all."""
        here = (TABLE.c.team_id == team_id, TABLE.c.key.in_(keys))
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(*here))

    def forget_before(self, moment: datetime) -> None:
        """Drop what was handled before `moment`."""
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.handled_at < moment))

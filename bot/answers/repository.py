"""What is kept of a person: the language chosen, entries looked up, opinions of entries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from bot.answers import tables
from bot.database.engine import Database
from bot.database.workspaces import has_workspace, require_workspace
from bot.i18n import LANGS, Lang

PEOPLE, LOOKUPS, FEEDBACK = tables.people, tables.lookups, tables.feedback
KEPT_LOOKUPS = 10


class PreferenceRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def lang(self, team_id: str, user_id: str) -> Lang | None:
        """The language a person chose; None is automatic."""
        query = select(PEOPLE.c.lang).where(
            PEOPLE.c.team_id == team_id, PEOPLE.c.user_id == user_id
        )
        with self._database.read() as connection:
            found = connection.scalar(query)
        return next((lang for lang in LANGS if lang == found), None)

    def list_langs(self, team_id: str) -> dict[str, Lang]:
        """All choices of a workspace by user id, to be kept in memory."""
        query = select(PEOPLE.c.user_id, PEOPLE.c.lang).where(PEOPLE.c.team_id == team_id)
        with self._database.read() as connection:
            return {row.user_id: row.lang for row in connection.execute(query)}

    def save_lang(self, team_id: str, user_id: str, lang: Lang | None) -> None:
        """None forgets the choice."""
        here = (PEOPLE.c.team_id == team_id, PEOPLE.c.user_id == user_id)
        with self._database.write() as connection:
            if lang is None:
                connection.execute(delete(PEOPLE).where(*here))
                return
            require_workspace(connection, team_id)
            query = self._database.insert(PEOPLE).values(
                team_id=team_id, user_id=user_id, lang=lang
            )
            keys = [PEOPLE.c.team_id, PEOPLE.c.user_id]
            connection.execute(
                query.on_conflict_do_update(index_elements=keys, set_={"lang": lang})
            )


class LookupRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def recent(self, team_id: str, user_id: str) -> list[str]:
        """The ids of the entries a person last opened, the newest first, each once."""
        query = (
            select(LOOKUPS.c.entry_id)
            .where(LOOKUPS.c.team_id == team_id, LOOKUPS.c.user_id == user_id)
            .order_by(LOOKUPS.c.looked_up_at.desc(), LOOKUPS.c.entry_id)
            .limit(KEPT_LOOKUPS)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def add(self, team_id: str, user_id: str, entry_id: str, now: datetime) -> None:
        """Remember one, where the workspace is still there; all but the last ten are forgotten."""
        place = func.row_number().over(order_by=[LOOKUPS.c.looked_up_at.desc(), LOOKUPS.c.entry_id])
        here = (LOOKUPS.c.team_id == team_id, LOOKUPS.c.user_id == user_id)
        ranked = select(LOOKUPS.c.entry_id, place.label("place")).where(*here).subquery()
        old = select(ranked.c.entry_id).where(ranked.c.place > KEPT_LOOKUPS)
        query = self._database.insert(LOOKUPS).values(
            team_id=team_id, user_id=user_id, entry_id=entry_id, looked_up_at=now
        )
        keys = [LOOKUPS.c.team_id, LOOKUPS.c.user_id, LOOKUPS.c.entry_id]
        with self._database.write() as connection:
            if not has_workspace(connection, team_id):
                return
            connection.execute(
                query.on_conflict_do_update(index_elements=keys, set_={"looked_up_at": now})
            )
            connection.execute(delete(LOOKUPS).where(*here, LOOKUPS.c.entry_id.in_(old)))


class FeedbackRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, team_id: str, user_id: str, entry_id: str, *, helpful: bool, now: datetime
    ) -> None:
        """A person's opinion of an entry; the last one counts."""
        values = {"helpful": helpful, "given_at": now}
        query = self._database.insert(FEEDBACK).values(
            team_id=team_id, user_id=user_id, entry_id=entry_id, **values
        )
        keys = [FEEDBACK.c.team_id, FEEDBACK.c.user_id, FEEDBACK.c.entry_id]
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            connection.execute(query.on_conflict_do_update(index_elements=keys, set_=values))

    def counts(self, team_id: str, entry_id: str) -> tuple[int, int]:
        """How many found an entry helpful, and how many did not."""
        query = (
            select(FEEDBACK.c.helpful, func.count().label("number"))
            .where(FEEDBACK.c.team_id == team_id, FEEDBACK.c.entry_id == entry_id)
            .group_by(FEEDBACK.c.helpful)
        )
        with self._database.read() as connection:
            found = {row.helpful: row.number for row in connection.execute(query)}
        return found.get(True, 0), found.get(False, 0)

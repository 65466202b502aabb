"""What is kept of a person: the language chosen, entries looked up, opinions of entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_, update

from bot.answers import tables
from bot.database.changes import count_change, last_change
from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import INSTALLED, require_workspace
from bot.i18n import Lang

PEOPLE, LOOKUPS, FEEDBACK = tables.people, tables.lookups, tables.feedback
WELCOMED = tables.welcomed
KEPT_LOOKUPS = 10  # of a person
ROWS = 500  # in one statement

Lookup = tuple[str, str, str]  # (team_id, user_id, entry_id)


@dataclass(frozen=True, slots=True)
class Choices:
    """Languages by user id; None is automatic. `complete`: whoever is not named chose none."""

    change: int  # the number of the last change
    langs: dict[str, Lang | None]
    complete: bool


class PreferenceRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def lang(self, team_id: str, user_id: str) -> Lang | None:
        """The language a person chose; None is automatic."""
        return self.list_langs(team_id).get(user_id)

    def list_langs(self, team_id: str) -> dict[str, Lang]:
        """All choices of a workspace by user id."""
        found = self.list_changes(team_id, 0).langs
        return {user_id: lang for user_id, lang in found.items() if lang}

    def list_changes(self, team_id: str, after: int) -> Choices:
        """What was chosen after the change `after`; all, if the workspace was deleted since."""
        counted = select(TEAMS.c.language_changes).where(TEAMS.c.team_id == team_id)
        with self._database.read() as connection:
            change = connection.scalar(counted) or 0
            complete = after == 0 or change < after
            if not complete and change == after:
                return Choices(change, {}, complete=False)
            query = select(PEOPLE.c.user_id, PEOPLE.c.lang).where(
                PEOPLE.c.team_id == team_id, PEOPLE.c.change > (-1 if complete else after)
            )
            rows = connection.execute(query).all()
        return Choices(change, {row.user_id: row.lang or None for row in rows}, complete)

    def save_lang(self, team_id: str, user_id: str, lang: Lang | None) -> None:
        """None is automatic. Changes are counted while the workspace's row is locked, so that they
        become visible in their order. Raises WorkspaceGone."""
        count = (
            update(TEAMS)
            .where(TEAMS.c.team_id == team_id)
            .values(language_changes=TEAMS.c.language_changes + 1)
            .returning(TEAMS.c.language_changes)
        )
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            values = {"lang": lang or "", "change": connection.scalar(count)}
            query = self._database.insert(PEOPLE).values(team_id=team_id, user_id=user_id, **values)
            keys = [PEOPLE.c.team_id, PEOPLE.c.user_id]
            connection.execute(query.on_conflict_do_update(index_elements=keys, set_=values))
            count_change(self._database, connection, "languages")

    def last_change(self) -> int:
        """A number that grows with every choice, and whenever a workspace comes or goes."""
        with self._database.read() as connection:
            return last_change(connection, "languages")

    def list_counts(self) -> dict[str, int]:
        """How many choices were made in each workspace that is not suspended."""
        query = select(TEAMS.c.team_id, TEAMS.c.language_changes).where(INSTALLED)
        with self._database.read() as connection:
            return {row.team_id: row.language_changes for row in connection.execute(query)}

    def list_choices(self, team_ids: Collection[str]) -> dict[str, dict[str, Lang]]:
        """All choices of some workspaces, by user id."""
        query = select(PEOPLE.c.team_id, PEOPLE.c.user_id, PEOPLE.c.lang)
        found: dict[str, dict[str, Lang]] = {team_id: {} for team_id in team_ids}
        ordered = sorted(team_ids)
        with self._database.read() as connection:
            for start in range(0, len(ordered), ROWS):
                some = PEOPLE.c.team_id.in_(ordered[start : start + ROWS])
                for row in connection.execute(query.where(some, PEOPLE.c.lang != "")):
                    found[row.team_id][row.user_id] = row.lang
        return found


class LookupRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def list_recent(self, team_id: str, user_id: str) -> dict[str, datetime]:
        """Entry id -> when a person last opened it; the last KEPT_LOOKUPS, the newest first."""
        query = (
            select(LOOKUPS.c.entry_id, LOOKUPS.c.looked_up_at)
            .where(LOOKUPS.c.team_id == team_id, LOOKUPS.c.user_id == user_id)
            .order_by(LOOKUPS.c.looked_up_at.desc(), LOOKUPS.c.entry_id)
            .limit(KEPT_LOOKUPS)
        )
        with self._database.read() as connection:
            return {row.entry_id: row.looked_up_at for row in connection.execute(query)}

    def recent(self, team_id: str, user_id: str) -> list[str]:
        """The ids of the entries a person last opened, the newest first, each once."""
        return list(self.list_recent(team_id, user_id))

    def add(self, team_id: str, user_id: str, entry_id: str, now: datetime) -> None:
        self.add_all({(team_id, user_id, entry_id): now})

    def add_all(self, moments: Mapping[Lookup, datetime]) -> None:
        """Remember all in one transaction, where the workspace is still there; but the last ten of
        a person, they are forgotten."""
        with self._database.write() as connection:
            teams = TEAMS.c.team_id.in_({key[0] for key in moments})
            there = set(connection.scalars(select(TEAMS.c.team_id).where(teams, INSTALLED)))
            rows = [
                {"team_id": team, "user_id": user, "entry_id": entry, "looked_up_at": moment}
                for (team, user, entry), moment in sorted(moments.items())
                if team in there
            ]
            for start in range(0, len(rows), ROWS):
                self._save(connection, rows[start : start + ROWS])

    def forget_of(self, team_id: str, moment: datetime) -> None:
        """Drop what was opened last before `moment`."""
        old = (LOOKUPS.c.team_id == team_id, LOOKUPS.c.looked_up_at < moment)
        with self._database.write() as connection:
            connection.execute(delete(LOOKUPS).where(*old))

    def _save(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        query = self._database.insert(LOOKUPS)
        newer = {"looked_up_at": query.excluded.looked_up_at}
        keys = [LOOKUPS.c.team_id, LOOKUPS.c.user_id, LOOKUPS.c.entry_id]
        older = LOOKUPS.c.looked_up_at < query.excluded.looked_up_at
        # One statement for all, whatever their number: SQLAlchemy keeps what it has compiled.
        saving = query.on_conflict_do_update(index_elements=keys, set_=newer, where=older)
        connection.execute(saving, rows)
        people = list({(row["team_id"], row["user_id"]) for row in rows})
        place = func.row_number().over(
            partition_by=[LOOKUPS.c.team_id, LOOKUPS.c.user_id],
            order_by=[LOOKUPS.c.looked_up_at.desc(), LOOKUPS.c.entry_id],
        )
        theirs = tuple_(LOOKUPS.c.team_id, LOOKUPS.c.user_id).in_(people)
        ranked = select(*keys, place.label("place")).where(theirs).subquery()
        old = select(ranked.c.team_id, ranked.c.user_id, ranked.c.entry_id).where(
            ranked.c.place > KEPT_LOOKUPS
        )
        connection.execute(delete(LOOKUPS).where(tuple_(*keys).in_(old)))


class WelcomedRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, team_id: str, user_id: str, now: datetime) -> bool:
        """Remember that a person was welcomed; True if they had not been before."""
        row = {"team_id": team_id, "user_id": user_id, "welcomed_at": now}
        query = self._database.insert(WELCOMED).values(row).on_conflict_do_nothing()
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            return connection.execute(query.returning(WELCOMED.c.user_id)).first() is not None


class FeedbackRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        team_id: str,
        user_id: str,
        entry_id: str,
        *,
        helpful: bool,
        now: datetime,
        reason: str = "",
        remark: str = "",
    ) -> None:
        """A person's opinion of an entry; the last one counts."""
        remark = remark[: tables.REMARK_CHARS]
        values = {"helpful": helpful, "given_at": now, "reason": reason, "remark": remark}
        query = self._database.insert(FEEDBACK).values(
            team_id=team_id, user_id=user_id, entry_id=entry_id, **values
        )
        keys = [FEEDBACK.c.team_id, FEEDBACK.c.user_id, FEEDBACK.c.entry_id]
        with self._database.write() as connection:
            require_workspace(connection, team_id)
            connection.execute(query.on_conflict_do_update(index_elements=keys, set_=values))

    def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop up to `limit` that were given before `moment`; how many."""
        return _forget(self._database, FEEDBACK, FEEDBACK.c.given_at < moment, limit)

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

    def rate(self, team_id: str, since: datetime) -> tuple[int, int]:
        """How many opinions said helpful, and how many did not."""
        query = (
            select(FEEDBACK.c.helpful, func.count().label("number"))
            .where(FEEDBACK.c.team_id == team_id, FEEDBACK.c.given_at >= since)
            .group_by(FEEDBACK.c.helpful)
        )
        with self._database.read() as connection:
            found = {row.helpful: row.number for row in connection.execute(query)}
        return found.get(True, 0), found.get(False, 0)

    def list_reasons(self, team_id: str, since: datetime) -> dict[str, dict[str, int]]:
        """Why entries did not help, by entry, each reason with its number; of no person, and
        without what people wrote."""
        query = (
            select(FEEDBACK.c.entry_id, FEEDBACK.c.reason, func.count().label("number"))
            .where(FEEDBACK.c.team_id == team_id, FEEDBACK.c.given_at >= since, ~FEEDBACK.c.helpful)
            .group_by(FEEDBACK.c.entry_id, FEEDBACK.c.reason)
        )
        found: dict[str, dict[str, int]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.entry_id, {})[row.reason] = row.number
        return found


def _forget(database: Database, table: Table, old: ColumnElement[bool], limit: int) -> int:
    keys = list(table.primary_key.columns)
    some = select(*keys).where(old).limit(limit)
    with database.read() as connection:  # mostly there is none, and no need to write
        found = [tuple(row) for row in connection.execute(some)]
    if not found:
        return 0
    with database.write() as connection:
        connection.execute(delete(table).where(tuple_(*keys).in_(found), old))
    return len(found)

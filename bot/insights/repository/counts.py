"""Counts by workspace and day, and how they add up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete, func, select

from bot.database.engine import Database
from bot.database.tables import workspaces as TEAMS
from bot.database.workspaces import INSTALLED
from bot.insights.tables import counts as TABLE

Key = tuple[str, date, str, str]  # team_id, day, name, entry_id


class CountRepository:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add_all(self, numbers: Mapping[Key, int]) -> None:
        """Add to what is there, in one transaction, where the app is still installed."""
        names = ("team_id", "day", "name", "entry_id")
        with self._database.write() as connection:
            teams = TEAMS.c.team_id.in_({key[0] for key in numbers})
            there = set(connection.scalars(select(TEAMS.c.team_id).where(teams, INSTALLED)))
            rows = [
                dict(zip(names, key, strict=True)) | {"number": number}
                for key, number in sorted(numbers.items())
                if key[0] in there
            ]
            if rows:
                new = self._database.insert(TABLE)
                more = {"number": TABLE.c.number + new.excluded.number}
                connection.execute(new.on_conflict_do_update(index_elements=names, set_=more), rows)

    def total(self, team_id: str, since: date) -> dict[str, int]:
        """By name, from the day `since` on."""
        query = (
            select(TABLE.c.name, func.sum(TABLE.c.number).label("number"))
            .where(TABLE.c.team_id == team_id, TABLE.c.day >= since)
            .group_by(TABLE.c.name)
        )
        with self._database.read() as connection:
            return {row.name: int(row.number) for row in connection.execute(query)}

    def list_most(
        self, team_id: str, names: Collection[str], since: date, limit: int
    ) -> list[tuple[str, int]]:
        """The entries with the highest counts of `names`, and their numbers."""
        number = func.sum(TABLE.c.number).label("number")
        query = (
            select(TABLE.c.entry_id, number)
            .where(TABLE.c.team_id == team_id, TABLE.c.day >= since, TABLE.c.entry_id != "",
                   TABLE.c.name.in_(names))
            .group_by(TABLE.c.entry_id)
            .order_by(number.desc(), TABLE.c.entry_id)
            .limit(limit)
        )  # fmt: skip
        with self._database.read() as connection:
            return [(row.entry_id, int(row.number)) for row in connection.execute(query)]

    def forget_before(self, day: date) -> None:
        with self._database.write() as connection:
            connection.execute(delete(TABLE).where(TABLE.c.day < day))

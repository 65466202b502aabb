"""Numbers by which processes notice what others changed: one look at one row, however many
workspaces there are."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, func, select

from bot.database.engine import Database
from bot.database.tables import changes as TABLE

Subject = Literal["workspaces", "languages", "settings", "entries"]


def count_change(database: Database, connection: Connection, subject: Subject) -> None:
    """Call last in the transaction: others wait for the number until it is committed, so that
    changes become visible in their order."""
    row = {"name": subject, "number": 1}
    query = database.insert(TABLE).values(row)
    one_more = {"number": TABLE.c.number + 1}
    connection.execute(query.on_conflict_do_update(index_elements=[TABLE.c.name], set_=one_more))


def last_change(connection: Connection, *subjects: Subject) -> int:
    """One number for all of them: it grows with each."""
    query = select(func.sum(TABLE.c.number)).where(TABLE.c.name.in_(subjects))
    return int(connection.scalar(query) or 0)

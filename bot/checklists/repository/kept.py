"""Reading and saving series, within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.checklists.models import Item, Run
from bot.checklists.repository.rows import series_row, to_series
from bot.checklists.series import Series, change_owned, follow_run
from bot.checklists.tables import series as SERIES
from bot.database.workspaces import is_installed

THERE = is_installed(SERIES.c.team_id)  # series of a suspended workspace stay as they are


def find_series(connection: Connection, *conditions: ColumnElement[bool]) -> list[Series]:
    """The next to start first."""
    query = select(SERIES).where(*conditions).order_by(SERIES.c.next_at, SERIES.c.id)
    return [to_series(row) for row in connection.execute(query).mappings()]


def lock_series(connection: Connection, team_id: str, series_id: str) -> Series | None:
    here = (SERIES.c.team_id == team_id, SERIES.c.id == series_id)
    row = connection.execute(select(SERIES).where(*here).with_for_update()).mappings().first()
    return to_series(row) if row else None


def save_series(connection: Connection, series: Series) -> None:
    here = SERIES.c.id == series.id
    connection.execute(update(SERIES).where(here).values(**series_row(series)))


def forget_series(connection: Connection, team_id: str, series_id: str) -> None:
    here = (SERIES.c.team_id == team_id, SERIES.c.id == series_id, THERE)
    connection.execute(delete(SERIES).where(*here))


def follow_owners(connection: Connection, run: Run) -> None:
    """Later rounds have the owners of the newest."""
    found = lock_series(connection, run.team_id, run.series_id)
    if found is not None and found.run_id == run.id:
        save_series(connection, follow_run(found, run))


def change_owned_items(
    connection: Connection,
    team_id: str,
    user_id: str,
    change: Callable[[Item], Item],
    *conditions: ColumnElement[bool],
) -> None:
    """Change a person's items of later rounds."""
    for one in find_series(connection, SERIES.c.team_id == team_id, THERE, *conditions):
        found = lock_series(connection, team_id, one.id)
        if found is not None and found != (after := change_owned(found, user_id, change)):
            save_series(connection, after)

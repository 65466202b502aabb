"""Reading runs with their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from bot.checklists.models import Run
from bot.checklists.repository.rows import Row, to_run
from bot.checklists.tables import run_items, runs
from bot.database.workspaces import is_installed

LOCK_SECONDS = 2  # of the three in which Slack wants its answer


def load_runs(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: ColumnElement[Any] | None = None,
    limit: int | None = None,
) -> list[Run]:
    """By default the newest first."""
    ordered = runs.c.started_at.desc() if order is None else order
    query = select(runs).where(*conditions).order_by(ordered, runs.c.id).limit(limit)
    return _with_items(connection, query)


def lock_run(connection: Connection, team_id: str, run_id: str) -> Run | None:
    """A run that nobody else may change until the transaction ends; None in a workspace that the
    app was removed from. A click waits for this: no longer than Slack waits for the click."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
    here = (runs.c.team_id == team_id, runs.c.id == run_id, is_installed(runs.c.team_id))
    query = select(runs).where(*here).with_for_update(of=runs)
    found = _with_items(connection, query)
    return found[0] if found else None


def _with_items(connection: Connection, query: Select[Any]) -> list[Run]:
    found: Sequence[Row] = connection.execute(query).mappings().all()
    if not found:
        return []
    # Read after the lock is had: what the one before us changed is seen.
    wanted = run_items.c.run_id.in_([row["id"] for row in found])
    items: dict[str, list[Row]] = defaultdict(list)
    rows = connection.execute(select(run_items).where(wanted).order_by(run_items.c.no))
    for row in rows.mappings():
        items[row["run_id"]].append(row)
    return [to_run(row, items[row["id"]]) for row in found]

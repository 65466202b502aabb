"""Databases as earlier versions left them, with data in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, create_engine, text

from bot.database.migrate import FOLDER
from tests.support.postgres import sqlalchemy_url

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MONDAY = date(2026, 11, 23)
Row = dict[str, Any]

TEAMS: list[Row] = [
    {"team_id": "T1", "stopped": "", "restricted": True, "next_post_at": NOW},
    {"team_id": "T2", "stopped": "account_inactive", "restricted": False, "next_post_at": None},
]
SUBSCRIPTION: Row = {
    "created_by": "U1", "weekday": 0, "at": "09:30", "zone": "UTC", "lang": "zh", "sections": "[]",
    "on": True, "ended": "", "told": True, "next_date": date(2026, 11, 30),
    "next_at": datetime(2026, 11, 30, 9, 30, tzinfo=UTC), "paused_until": None,
    "not_before": None, "rotation": '{"round": 1, "used": [], "last_section": ""}',
    "changed_by": "", "changed_at": None,
}  # fmt: skip
ENDED = {"on": False, "next_at": None, "told": False}
SUBSCRIPTIONS: list[Row] = [
    SUBSCRIPTION | {"id": 1, "team_id": "T1", "channel_id": "C1"},
    SUBSCRIPTION | {"id": 2, "team_id": "T1", "channel_id": "C2", "ended": "is_archived"} | ENDED,
    SUBSCRIPTION
    | {"id": 3, "team_id": "T1", "channel_id": "C3", "ended": "not_in_channel"}
    | ENDED,
    SUBSCRIPTION | {"id": 4, "team_id": "T2", "channel_id": "C4"},
]
DELIVERY: Row = {
    "team_id": "T1", "subscription_id": 1, "channel_id": "C1", "lang": "zh", "tip_id": "tip-611-01",
    "round": 2, "number": 3, "total": 60, "attempt": 1, "claimed_at": NOW, "retry_at": None,
    "ts": "", "error": "",
}  # fmt: skip
# One of each state, a week apart.
STATES: Mapping[str, Row] = {
    "sent": {"ts": "17.1"},
    "missed": {"error": "late", "tip_id": "", "round": 0, "number": 0, "total": 0},
    "failed": {"error": "invalid_blocks"},
    "unconfirmed": {"error": "TimeoutError"},
    "claimed": {"retry_at": NOW + timedelta(minutes=3)},
    "waiting": {"retry_at": NOW + HOUR, "attempt": 4, "error": "service_unavailable"},
}
DELIVERIES: list[Row] = [
    DELIVERY
    | {
        "id": f"d-{state}",
        "state": state,
        "local_date": MONDAY - timedelta(weeks=week),
        "due_at": NOW - timedelta(weeks=week),
    }
    | own
    for week, (state, own) in enumerate(reversed(STATES.items()))
]
RUN: Row = {
    "team_id": "T1", "channel_id": "C1", "checklist_id": "cl-test", "title_zh": "上线",
    "title_en": "Launch", "label": "", "lang": "en", "zone": "UTC", "started_by": "U1",
    "started_at": NOW, "closed_by": "", "closed_at": None, "finished_at": None, "changes": 1,
    "message_ts": "17.9", "page": 0, "revision": 7, "problem": "", "shown": 6,
    "not_before": NOW + timedelta(seconds=1), "refresh_at": NOW, "tries": 1, "changed_at": NOW,
}  # fmt: skip
CLOSED = {"closed_at": NOW, "closed_by": "U1"}
RUNS: list[Row] = [
    RUN | {"id": "r-open"},
    RUN | {"id": "r-fresh", "message_ts": "", "refresh_at": None},
    RUN | {"id": "r-closed", "refresh_at": None} | CLOSED,
    RUN | {"id": "r-closing"} | CLOSED,
]
ITEM: Row = {
    "run_id": "r-open", "team_id": "T1", "text_zh": "一", "text_en": "One", "why_zh": "",
    "why_en": "", "state": "open", "changed_by": "", "changed_at": None, "reason": "",
    "owner": "U2", "zone": "UTC", "due": date(2026, 11, 30), "note": "", "unreachable": "",
}  # fmt: skip
ITEMS: list[Row] = [ITEM | {"no": no} for no in (1, 2)]
POST: Row = {
    "run_id": "r-open", "team_id": "T1", "item": 0, "channel_id": "C1", "local_date": MONDAY,
    "due_at": NOW, "lang": "en", "attempt": 1, "claimed_at": NOW, "retry_at": None, "ts": "",
    "error": "",
}  # fmt: skip
DUE = {"kind": "due", "item": 1, "channel_id": "U2", "state": "waiting", "attempt": 0}
NINE_THIRTY = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
POSTS: list[Row] = [
    POST | {"id": "p-list", "kind": "list", "key": "list:1", "state": "sent", "ts": "17.9"},
    POST | {"id": "p-fresh", "run_id": "r-fresh", "kind": "list", "key": "list:1",
            "state": "claimed", "retry_at": NOW + timedelta(minutes=3)},
    POST | {"id": "p-due", "key": "due:1:U2:2026-11-30", "due_at": NINE_THIRTY,
            "retry_at": NINE_THIRTY} | DUE,
    POST | {"id": "p-summary", "kind": "summary", "key": "summary:5", "state": "unconfirmed",
            "error": "TimeoutError"},
]  # fmt: skip
THREADS = {"p-summary": "17.9"}  # since 0003


def make_old_database(url: str, version: str) -> None:
    """Tables of `version` (0001 to 0003), filled."""
    engine = create_engine(sqlalchemy_url(url) if url.startswith("postgres") else url)
    with engine.begin() as connection:
        _migrate(connection, version)
        _fill(connection, "workspaces", TEAMS)
        _fill(connection, "subscriptions", SUBSCRIPTIONS)
        _fill(connection, "deliveries", DELIVERIES)
        if version >= "0002":
            _fill(connection, "runs", RUNS)
            _fill(connection, "run_items", ITEMS)
            threads = version >= "0003"
            _fill(connection, "run_posts", [
                post | ({"thread_ts": THREADS.get(post["id"], "")} if threads else {})
                for post in POSTS
            ])  # fmt: skip
    engine.dispose()


def make_old_sqlite(url: str, version: str, tables: Mapping[str, list[Row]]) -> None:
    """Tables of `version`, with rows as SQLite holds them, parents first."""
    engine = create_engine(url)
    with engine.begin() as connection:
        _migrate(connection, version)
        for name, rows in tables.items():
            _fill(connection, name, rows)
    engine.dispose()


def _migrate(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _fill(connection: Connection, name: str, rows: list[Row]) -> None:
    table = Table(name, MetaData(), autoload_with=connection)
    postgres = connection.dialect.name == "postgresql"
    for row in rows:
        names = ", ".join(f'"{column}"' for column in row)
        values = ", ".join(f":{column}" for column in row)
        query = text(f"INSERT INTO {name} ({names}) VALUES ({values})")
        connection.execute(query, row if postgres else {k: _plain(v) for k, v in row.items()})
    assert table.columns.keys()
    if postgres and "id" in rows[0] and isinstance(rows[0]["id"], int):
        connection.execute(text(f"SELECT setval('{name}_id_seq', 100)"))


def _plain(value: Any) -> Any:
    """As SQLAlchemy stores it in SQLite."""
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}"
    return str(value) if isinstance(value, date) else value

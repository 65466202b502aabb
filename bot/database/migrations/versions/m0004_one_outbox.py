"""One outbox for all messages: it takes over deliveries, posts of checklists, and the updates of
their messages, each with its state. The old tables and columns go in the same transaction, so that
a process of an older version fails instead of posting beside a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import uuid4

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    TableClause,
    UniqueConstraint,
    column,
    false,
    insert,
    select,
    table,
    update,
)

revision = "0004"
down_revision = "0003"

Row = dict[str, Any]
GRACE = timedelta(hours=12)
END_NOTICE_LIFE = timedelta(days=3)
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
CHUNK = 500
INSTANTS = {"due_at", "expires_at", "claimed_at", "retry_at", "next_at", "not_before", "refresh_at",
            "closed_at", "check_at", "started_at"}  # fmt: skip


def upgrade() -> None:
    _create()
    connection = op.get_bind()
    now = datetime.now(UTC)
    _insert(connection, _of_deliveries(connection))
    _insert(connection, _of_posts(connection))
    _insert(connection, _of_messages(connection, now))
    _insert(connection, _of_ended(connection, now))
    teams = _table("workspaces", "stopped", "check_at")
    connection.execute(update(teams).where(teams.c.stopped != "").values(check_at=AT_ONCE))
    _drop()


def _create() -> None:
    op.create_table(
        "outbox",
        Column("id", String(length=32), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("channel_id", String(length=24), nullable=False),
        Column("feature", String(length=24), nullable=False),
        Column("key", String(length=160), nullable=False),
        Column("subject", String(length=64), nullable=False),
        Column("kind", String(length=8), nullable=False),
        Column("data", JSON(), nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("expires_at", DateTime(timezone=True)),
        Column("state", String(length=12), nullable=False),
        Column("attempt", Integer(), nullable=False),
        Column("tries", Integer(), nullable=False),
        Column("again", Boolean(), nullable=False, server_default=false()),
        Column("claimed_at", DateTime(timezone=True)),
        Column("next_at", DateTime(timezone=True)),
        Column("not_before", DateTime(timezone=True)),
        Column("thread_ts", String(length=32), nullable=False),
        Column("ts", String(length=32), nullable=False),
        Column("error", String(length=64), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_outbox_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_outbox"),
        UniqueConstraint("team_id", "feature", "key", name="uq_outbox_team_id_feature_key"),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])
    op.create_index(
        "ix_outbox_team_id_feature_subject", "outbox", ["team_id", "feature", "subject"]
    )
    op.create_index(
        "ix_outbox_team_id_channel_id_due_at", "outbox", ["team_id", "channel_id", "due_at"]
    )
    op.add_column("workspaces", Column("next_update_at", DateTime(timezone=True)))
    op.add_column("workspaces", Column("check_at", DateTime(timezone=True)))
    op.add_column("workspaces", Column("checks", Integer(), nullable=False, server_default="0"))


def _drop() -> None:
    op.drop_table("deliveries")
    op.drop_table("run_posts")
    op.drop_index("ix_runs_refresh_at", "runs")
    for name in ("shown", "not_before", "refresh_at", "tries"):
        op.drop_column("runs", name)
    op.drop_column("subscriptions", "told")


def _of_deliveries(connection: Connection) -> Iterator[Row]:
    old = _table(
        "deliveries", "id", "team_id", "subscription_id", "channel_id", "local_date", "due_at",
        "state", "lang", "tip_id", "round", "number", "total", "attempt", "claimed_at", "retry_at",
        "ts", "error",
    )  # fmt: skip
    for row in connection.execute(select(old)).mappings():
        day = row["local_date"].isoformat()
        data = {name: row[name] for name in ("tip_id", "round", "number", "total", "lang")}
        yield _row(
            row, feature="tips", key=f"{row['subscription_id']}:{day}",
            subject=str(row["subscription_id"]), data={"date": day} | data,
        )  # fmt: skip


def _of_posts(connection: Connection) -> Iterator[Row]:
    old = _table(
        "run_posts", "id", "team_id", "run_id", "kind", "key", "item", "channel_id", "due_at",
        "state", "attempt", "claimed_at", "retry_at", "ts", "thread_ts", "error",
    )  # fmt: skip
    for row in connection.execute(select(old)).mappings():
        yield _row(
            row, feature="checklists", key=f"{row['run_id']}:{row['key']}", subject=row["run_id"],
            data={"kind": row["kind"], "item": row["item"]}, thread_ts=row["thread_ts"],
        )  # fmt: skip


def _of_messages(connection: Connection, now: datetime) -> Iterator[Row]:
    """Open lists are drawn anew once; of the closed ones those that were to be updated."""
    old = _table(
        "runs", "id", "team_id", "channel_id", "message_ts", "closed_at", "refresh_at",
        "not_before", "started_at",
    )  # fmt: skip
    for row in connection.execute(select(old).where(old.c.message_ts != "")).mappings():
        due = now if row["closed_at"] is None else row["refresh_at"]
        yield _blank(row, row["started_at"]) | {
            "feature": "checklists", "key": f"{row['id']}:message", "subject": row["id"],
            "kind": "update", "state": "waiting" if due else "sent", "next_at": due,
            "not_before": row["not_before"], "ts": row["message_ts"],
        }  # fmt: skip


def _of_ended(connection: Connection, now: datetime) -> Iterator[Row]:
    """Subscriptions that ended by themselves and whose subscriber has not been told."""
    old = _table(
        "subscriptions", "id", "team_id", "channel_id", "created_by", "lang", "ended", "on", "told"
    )  # fmt: skip
    untold = select(old).where(old.c.told.is_(False), old.c.on.is_(False))
    rows = connection.execute(untold.order_by(old.c.team_id, old.c.created_by, old.c.channel_id))
    of_one = groupby(rows.mappings().all(), lambda row: (row["team_id"], row["created_by"]))
    for (team_id, user_id), found in of_one:
        ended = list(found)
        notice = {"team_id": team_id, "channel_id": user_id}
        message_id = uuid4().hex
        yield _blank(notice, now) | {
            "id": message_id, "feature": "tips_ended", "key": f"{user_id}:{message_id}",
            "subject": user_id, "expires_at": now + END_NOTICE_LIFE, "next_at": now,
            "data": {"lang": ended[0]["lang"],
                     "channels": {row["channel_id"]: row["ended"] for row in ended}},
        }  # fmt: skip


def _row(row: Any, **own: Any) -> Row:
    """A post, from one of the two old tables."""
    return _blank(row, row["due_at"]) | {
        "id": row["id"], "expires_at": row["due_at"] + GRACE, "state": row["state"],
        "attempt": row["attempt"], "tries": row["attempt"], "claimed_at": row["claimed_at"],
        "next_at": row["retry_at"], "ts": row["ts"], "error": row["error"],
    } | own  # fmt: skip


def _blank(row: Any, due_at: datetime) -> Row:
    return {
        "id": uuid4().hex, "team_id": row["team_id"], "channel_id": row["channel_id"],
        "kind": "post", "data": {}, "due_at": due_at, "expires_at": None, "state": "waiting",
        "attempt": 0, "tries": 0, "again": False, "claimed_at": None, "next_at": None,
        "not_before": None, "thread_ts": "", "ts": "", "error": "",
    }  # fmt: skip


def _insert(connection: Connection, rows: Iterable[Row]) -> None:
    outbox = _table("outbox", *_blank({"team_id": "", "channel_id": ""}, AT_ONCE), "feature", "key",
                    "subject")  # fmt: skip
    waiting = list(rows)
    for start in range(0, len(waiting), CHUNK):
        connection.execute(insert(outbox), waiting[start : start + CHUNK])


def _table(name: str, *columns: str) -> TableClause:
    return table(name, *(column(c, _type(c)) for c in columns))


def _type(name: str) -> Any:
    if name in INSTANTS:
        return DateTime(timezone=True)
    return {"data": JSON(), "local_date": Date(), "told": Boolean(), "on": Boolean(),
            "again": Boolean()}.get(name)  # fmt: skip

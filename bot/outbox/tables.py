"""The outbox's table, and the records' way to its rows and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    UniqueConstraint,
    false,
    literal,
)

from bot.database.columns import UtcInstant
from bot.database.tables import SLACK_ID, metadata
from bot.outbox.models import Kind, OutboundMessage, State

KEY = String(160)
FIELDS = tuple(field.name for field in fields(OutboundMessage))

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column(
        "team_id", SLACK_ID, ForeignKey("workspaces.team_id", ondelete="CASCADE"), nullable=False
    ),
    Column("channel_id", SLACK_ID, nullable=False),
    Column("feature", String(24), nullable=False),
    Column("key", KEY, nullable=False),
    Column("subject", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("data", JSON, nullable=False),
    Column("due_at", UtcInstant, nullable=False),
    Column("expires_at", UtcInstant),
    Column("state", String(12), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("again", Boolean, nullable=False, server_default=false()),  # asked for while claimed
    Column("claimed_at", UtcInstant),
    Column("next_at", UtcInstant),
    Column("not_before", UtcInstant),
    Column("thread_ts", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("error", String(64), nullable=False),
    UniqueConstraint("team_id", "feature", "key"),  # each once, whatever else goes wrong
    Index(None, "kind", "state", "next_at"),  # the few updates are found beside many posts
    Index(None, "team_id", "feature", "subject"),
    Index(None, "team_id", "channel_id", "due_at"),
)


def message_row(message: OutboundMessage) -> dict[str, Any]:
    row = {name: getattr(message, name) for name in FIELDS}
    return row | {"data": dict(message.data)}


def to_message(row: RowMapping) -> OutboundMessage:
    plain = {name: row[name] for name in FIELDS}
    return OutboundMessage(**plain | {"kind": Kind(row["kind"]), "state": State(row["state"])})


def instant(moment: datetime | None) -> ColumnElement[datetime]:
    """A moment for a CASE, where no column says how it is stored."""
    return literal(moment, UtcInstant())

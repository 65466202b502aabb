"""What is kept of a person: the language chosen, entries looked up, opinions of entries."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
)

from bot.database.columns import UtcInstant
from bot.database.tables import ENTRY_ID, SLACK_ID, metadata, team_column

REMARK_CHARS = 500

people = Table(
    "people",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("lang", String(2), nullable=False),  # "" is automatic
    Column("change", Integer, nullable=False, server_default="0"),  # its number in the workspace
    Index(None, "team_id", "change"),
)


lookups = Table(
    "lookups",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("looked_up_at", UtcInstant, nullable=False),
)


welcomed = Table(
    "welcomed",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("welcomed_at", UtcInstant, nullable=False),
)


feedback = Table(
    "feedback",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", UtcInstant, nullable=False),
    Column("reason", String(16), nullable=False, server_default=""),  # why it did not help
    Column("remark", String(REMARK_CHARS), nullable=False, server_default=""),
)

"""The table of workspaces' settings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from bot.database.columns import Names, UtcInstant
from bot.database.tables import SLACK_ID, metadata, team_column

settings = Table(
    "settings",
    metadata,
    team_column(primary_key=True),
    Column("curators", Names, nullable=False),
    Column("curators_channel", SLACK_ID, nullable=False),
    Column("default_lang", String(2), nullable=False),  # "" is the operator's
    Column("digest", String(8), nullable=False),
    Column("lookup_days", Integer, nullable=False),
    Column("questions", Boolean, nullable=False),
    Column("guests", Boolean, nullable=False),
    Column("zone", String(64), nullable=False),  # in which the digest's hour is read
    Column("digest_at", UtcInstant),  # the next one; none where it is off
    Index(None, "digest_at"),
)

"""The tables of a workspace's own entries."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from bot.database.columns import UtcInstant
from bot.database.tables import ENTRY_ID, SLACK_ID, metadata, team_column

PROPOSAL_ID = String(32)
STATE = String(16)
WORDING_CHARS = 300

entries = Table(
    "entries",
    metadata,
    team_column(primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("state", STATE, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft", JSON, nullable=False),  # of that version, so that one query reads a workspace
    Column("owner", SLACK_ID, nullable=False),
    Column("published_by", SLACK_ID, nullable=False),
    Column("published_at", UtcInstant, nullable=False),
    Column("review_by", Date),
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("ask_at", UtcInstant),  # when somebody is to be asked whether it is still right
    Column("change", Integer, nullable=False),  # its number in the workspace
    Index(None, "team_id", "change"),
    Index(None, "ask_at"),
)


entry_versions = Table(
    "entry_versions",
    metadata,
    team_column(primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("draft", JSON, nullable=False),
    Column("author", SLACK_ID, nullable=False),
    Column("published_by", SLACK_ID, nullable=False),
    Column("published_at", UtcInstant, nullable=False),
    Column("note", String(200), nullable=False, server_default=""),
    ForeignKeyConstraint(
        ["team_id", "entry_id"], ["entries.team_id", "entries.entry_id"], ondelete="CASCADE"
    ),
)


proposals = Table(
    "proposals",
    metadata,
    Column("id", PROPOSAL_ID, primary_key=True),
    team_column(),
    Column("entry_id", ENTRY_ID, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("proposer", SLACK_ID, nullable=False),
    Column("proposed_at", UtcInstant, nullable=False),
    Column("source", String(500), nullable=False, server_default=""),
    Column("question", String(32), nullable=False, server_default=""),
    Column("state", STATE, nullable=False),
    Column("decided_by", SLACK_ID, nullable=False, server_default=""),
    Column("reason", String(500), nullable=False, server_default=""),
    Index(None, "team_id", "state"),
)


wordings = Table(
    "wordings",
    metadata,
    team_column(primary_key=True),
    Column("key", String(WORDING_CHARS), primary_key=True),  # the text, folded
    Column("text", String(WORDING_CHARS), nullable=False),
    Column("entry_id", ENTRY_ID, nullable=False),
    Column("change", Integer, nullable=False),  # numbered with the entries' changes
    Index(None, "team_id", "change"),
)

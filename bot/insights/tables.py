"""The tables of questions to the team, of counts, and of names heard."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from bot.database.columns import UtcInstant
from bot.database.tables import ENTRY_ID, SLACK_ID, metadata, team_column

QUESTION_ID = String(32)
QUESTION_CHARS = 500

questions = Table(
    "questions",
    metadata,
    Column("id", QUESTION_ID, primary_key=True),
    team_column(),
    Column("key", String(QUESTION_CHARS), nullable=False),  # the text, folded: asked again, counted
    Column("text", String(QUESTION_CHARS), nullable=False),
    Column("times", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # open, answered, declined, expired
    Column("asked_at", UtcInstant, nullable=False),  # first
    Column("last_at", UtcInstant, nullable=False),
    Column("entry_id", ENTRY_ID, nullable=False, server_default=""),  # the answer
    Column("decided_by", SLACK_ID, nullable=False, server_default=""),
    Index(None, "team_id", "state", "key"),
)


# The only place that holds who asked: no export, log or digest reads it.
askers = Table(
    "askers",
    metadata,
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    team_column(),
    Column("token", QUESTION_ID, nullable=False),  # names the asker in the outbox
    Column("lang", String(2), nullable=False),
    Column("asked_at", UtcInstant, nullable=False),
    Index(None, "team_id", "token"),
    Index(None, "team_id", "user_id"),
    Index(None, "asked_at"),
)


counts = Table(
    "counts",
    metadata,
    team_column(primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", String(24), primary_key=True),  # answered, offered, nothing, opened …
    Column("entry_id", ENTRY_ID, primary_key=True),  # "" where it is about none
    Column("number", Integer, nullable=False),
)


heard_names = Table(
    "heard_names",
    metadata,
    team_column(primary_key=True),
    Column("key", String(120), primary_key=True),  # folded
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("times", Integer, nullable=False),
    Column("offered", Integer, nullable=False, server_default="0"),  # to the curators
)

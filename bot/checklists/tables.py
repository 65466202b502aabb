"""The tables of running checklists: runs, their items and logs."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from bot.checklists.models import LABEL_CHARS, NOTE_CHARS
from bot.database.columns import UtcInstant
from bot.database.tables import ENTRY_ID, SLACK_ID, metadata, team_column

TYPED_TEXT = String(NOTE_CHARS)  # notes, reasons, and Slack's errors
ZONE = String(64)
RUN_ID = String(32)


def _run(*, primary_key: bool = False) -> Column[str]:
    """A deleted run takes all of its own with it."""
    key = ForeignKey("runs.id", ondelete="CASCADE")
    return Column("run_id", RUN_ID, key, nullable=False, primary_key=primary_key)


runs = Table(
    "runs",
    metadata,
    Column("id", RUN_ID, primary_key=True),  # never used again: old buttons name it
    team_column(),
    Column("channel_id", SLACK_ID, nullable=False),
    Column("checklist_id", ENTRY_ID, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("label", String(LABEL_CHARS), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("started_by", SLACK_ID, nullable=False),
    Column("started_at", UtcInstant, nullable=False),
    Column("closed_by", SLACK_ID, nullable=False),
    Column("closed_at", UtcInstant),
    Column("finished_at", UtcInstant),
    Column("changes", Integer, nullable=False),
    Column("message_ts", String(32), nullable=False),
    Column("page", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("problem", TYPED_TEXT, nullable=False),
    Column("changed_at", UtcInstant, nullable=False),
    Index(None, "team_id", "channel_id", "changed_at"),
)

run_items = Table(
    "run_items",
    metadata,
    _run(primary_key=True),
    Column("no", Integer, primary_key=True),
    team_column(),
    Column("text_zh", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("why_zh", Text, nullable=False),
    Column("why_en", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("changed_by", SLACK_ID, nullable=False),
    Column("changed_at", UtcInstant),
    Column("reason", TYPED_TEXT, nullable=False),
    Column("owner", SLACK_ID, nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("due", Date),
    Column("note", TYPED_TEXT, nullable=False),
    Column("unreachable", TYPED_TEXT, nullable=False),
    Index(None, "team_id", "owner", "state"),
)

run_log = Table(
    "run_log",
    metadata,
    _run(primary_key=True),
    Column("number", Integer, primary_key=True),
    team_column(),
    Column("at", UtcInstant, nullable=False),
    Column("by", SLACK_ID, nullable=False),
    Column("what", String(16), nullable=False),
    Column("item", Integer, nullable=False),
    Column("text", TYPED_TEXT, nullable=False),
    Column("user_id", SLACK_ID, nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("day", Date),
    Index(None, "team_id"),
)

reminder_mutes = Table(
    "reminder_mutes",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
)

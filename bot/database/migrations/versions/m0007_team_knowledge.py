"""A workspace's own entries, its settings, questions to the team, and counts.

The tables are those of bot/entries, bot/admin and bot/insights as they were then.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

revision = "0007"
down_revision = "0006"

TEAM = String(length=24)
ENTRY = String(length=120)
INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "workspaces", Column("entry_changes", Integer, nullable=False, server_default="0")
    )
    op.add_column(
        "workspaces", Column("settings_changes", Integer, nullable=False, server_default="0")
    )
    _settings()
    _entries()
    _questions()


def _of_team(name: str, *columns: Column[object], keys: tuple[str, ...]) -> Table:
    """A table whose rows go with their workspace."""
    return op.create_table(
        name,
        Column("team_id", TEAM, nullable=False),
        *columns,
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name=f"fk_{name}_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
    )


def _settings() -> None:
    _of_team(
        "settings",
        Column("curators", JSON, nullable=False),
        Column("curators_channel", TEAM, nullable=False),
        Column("default_lang", String(length=2), nullable=False),
        Column("digest", String(length=8), nullable=False),
        Column("lookup_days", Integer, nullable=False),
        Column("questions", Boolean, nullable=False),
        Column("guests", Boolean, nullable=False),
        Column("zone", String(length=64), nullable=False),
        Column("digest_at", INSTANT),
        keys=("team_id",),
    )
    op.create_index("ix_settings_digest_at", "settings", ["digest_at"])


def _entries() -> None:
    _of_team(
        "entries",
        Column("entry_id", ENTRY, nullable=False),
        Column("state", String(length=16), nullable=False),
        Column("version", Integer, nullable=False),
        Column("draft", JSON, nullable=False),
        Column("owner", TEAM, nullable=False),
        Column("published_by", TEAM, nullable=False),
        Column("published_at", INSTANT, nullable=False),
        Column("review_by", Date),
        Column("asked", Integer, nullable=False, server_default="0"),
        Column("ask_at", INSTANT),
        Column("change", Integer, nullable=False),
        keys=("team_id", "entry_id"),
    )
    op.create_index("ix_entries_team_id_change", "entries", ["team_id", "change"])
    op.create_index("ix_entries_ask_at", "entries", ["ask_at"])
    op.create_table(
        "entry_versions",
        Column("team_id", TEAM, nullable=False),
        Column("entry_id", ENTRY, nullable=False),
        Column("number", Integer, nullable=False),
        Column("draft", JSON, nullable=False),
        Column("author", TEAM, nullable=False),
        Column("published_by", TEAM, nullable=False),
        Column("published_at", INSTANT, nullable=False),
        Column("note", String(length=200), nullable=False, server_default=""),
        ForeignKeyConstraint(
            ["team_id"],
            ["workspaces.team_id"],
            name="fk_entry_versions_workspaces",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["team_id", "entry_id"],
            ["entries.team_id", "entries.entry_id"],
            name="fk_entry_versions_entries",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("team_id", "entry_id", "number", name="pk_entry_versions"),
    )
    _of_team(
        "proposals",
        Column("id", String(length=32), nullable=False),
        Column("entry_id", ENTRY, nullable=False),
        Column("based_on", Integer, nullable=False),
        Column("draft", JSON, nullable=False),
        Column("proposer", TEAM, nullable=False),
        Column("proposed_at", INSTANT, nullable=False),
        Column("source", String(length=500), nullable=False, server_default=""),
        Column("question", String(length=32), nullable=False, server_default=""),
        Column("state", String(length=16), nullable=False),
        Column("decided_by", TEAM, nullable=False, server_default=""),
        Column("reason", String(length=500), nullable=False, server_default=""),
        keys=("id",),
    )
    op.create_index("ix_proposals_team_id_state", "proposals", ["team_id", "state"])
    _of_team(
        "wordings",
        Column("key", String(length=300), nullable=False),
        Column("text", String(length=300), nullable=False),
        Column("entry_id", ENTRY, nullable=False),
        Column("change", Integer, nullable=False),
        keys=("team_id", "key"),
    )
    op.create_index("ix_wordings_team_id_change", "wordings", ["team_id", "change"])


def _questions() -> None:
    _of_team(
        "questions",
        Column("id", String(length=32), nullable=False),
        Column("key", String(length=500), nullable=False),
        Column("text", String(length=500), nullable=False),
        Column("times", Integer, nullable=False),
        Column("state", String(length=16), nullable=False),
        Column("asked_at", INSTANT, nullable=False),
        Column("last_at", INSTANT, nullable=False),
        Column("entry_id", ENTRY, nullable=False, server_default=""),
        Column("decided_by", TEAM, nullable=False, server_default=""),
        keys=("id",),
    )
    op.create_index("ix_questions_team_id_state_key", "questions", ["team_id", "state", "key"])
    op.create_table(
        "askers",
        Column("question_id", String(length=32), nullable=False),
        Column("user_id", TEAM, nullable=False),
        Column("team_id", TEAM, nullable=False),
        Column("token", String(length=32), nullable=False),
        Column("lang", String(length=2), nullable=False),
        Column("asked_at", INSTANT, nullable=False),
        ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_askers_questions", ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_askers_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("question_id", "user_id", name="pk_askers"),
    )
    op.create_index("ix_askers_team_id_token", "askers", ["team_id", "token"])
    op.create_index("ix_askers_team_id_user_id", "askers", ["team_id", "user_id"])
    op.create_index("ix_askers_asked_at", "askers", ["asked_at"])
    _of_team(
        "counts",
        Column("day", Date, nullable=False),
        Column("name", String(length=24), nullable=False),
        Column("entry_id", ENTRY, nullable=False),
        Column("number", Integer, nullable=False),
        keys=("team_id", "day", "name", "entry_id"),
    )
    _of_team(
        "heard_names",
        Column("key", ENTRY, nullable=False),
        Column("entry_id", ENTRY, nullable=False),
        Column("name", ENTRY, nullable=False),
        Column("times", Integer, nullable=False),
        Column("offered", Integer, nullable=False, server_default="0"),
        keys=("team_id", "key", "entry_id"),
    )

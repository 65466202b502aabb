"""Checklists that start by themselves again and again."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
)

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "series",
        Column("id", String(length=32), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("channel_id", String(length=24), nullable=False),
        Column("checklist_id", String(length=120), nullable=False),
        Column("title_zh", Text(), nullable=False),
        Column("title_en", Text(), nullable=False),
        Column("label", String(length=80), nullable=False),
        Column("lang", String(length=2), nullable=False),
        Column("zone", String(length=64), nullable=False),
        Column("started_by", String(length=24), nullable=False),
        Column("rhythm", String(length=8), nullable=False),
        Column("first_day", Date(), nullable=False),
        Column("items", JSON(), nullable=False),
        Column("run_id", String(length=32), nullable=False),
        Column("target", Date(), nullable=True),
        Column("number", Integer(), nullable=False),
        Column("skipped", Date(), nullable=True),
        Column("next_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_series_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_next_at", "series", ["next_at"])
    op.create_index("ix_series_team_id_channel_id", "series", ["team_id", "channel_id"])
    op.add_column("runs", Column("series_id", String(length=32), nullable=False, server_default=""))
    op.add_column("runs", Column("rhythm", String(length=8), nullable=False, server_default=""))
    op.add_column("runs", Column("left_open", Integer(), nullable=False, server_default="0"))

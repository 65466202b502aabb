"""Running checklists."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "reminder_mutes",
        Column("team_id", String(length=24), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        ForeignKeyConstraint(
            ["team_id"],
            ["workspaces.team_id"],
            name="fk_reminder_mutes_workspaces",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("team_id", "user_id", name="pk_reminder_mutes"),
    )
    op.create_table(
        "runs",
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
        Column("started_at", DateTime(timezone=True), nullable=False),
        Column("closed_by", String(length=24), nullable=False),
        Column("closed_at", DateTime(timezone=True)),
        Column("finished_at", DateTime(timezone=True)),
        Column("changes", Integer(), nullable=False),
        Column("message_ts", String(length=32), nullable=False),
        Column("page", Integer(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("problem", String(length=500), nullable=False),
        Column("shown", Integer(), nullable=False),
        Column("not_before", DateTime(timezone=True)),
        Column("refresh_at", DateTime(timezone=True)),
        Column("tries", Integer(), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_runs_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_refresh_at", "runs", ["refresh_at"])
    op.create_index(
        "ix_runs_team_id_channel_id_changed_at", "runs", ["team_id", "channel_id", "changed_at"]
    )
    op.create_table(
        "run_items",
        Column("run_id", String(length=32), nullable=False),
        Column("no", Integer(), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("text_zh", Text(), nullable=False),
        Column("text_en", Text(), nullable=False),
        Column("why_zh", Text(), nullable=False),
        Column("why_en", Text(), nullable=False),
        Column("state", String(length=16), nullable=False),
        Column("changed_by", String(length=24), nullable=False),
        Column("changed_at", DateTime(timezone=True)),
        Column("reason", String(length=500), nullable=False),
        Column("owner", String(length=24), nullable=False),
        Column("zone", String(length=64), nullable=False),
        Column("due", Date()),
        Column("note", String(length=500), nullable=False),
        Column("unreachable", String(length=500), nullable=False),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_items_runs", ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_run_items_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("run_id", "no", name="pk_run_items"),
    )
    op.create_index("ix_run_items_team_id_owner_state", "run_items", ["team_id", "owner", "state"])
    op.create_table(
        "run_log",
        Column("run_id", String(length=32), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("by", String(length=24), nullable=False),
        Column("what", String(length=16), nullable=False),
        Column("item", Integer(), nullable=False),
        Column("text", String(length=500), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        Column("zone", String(length=64), nullable=False),
        Column("day", Date()),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_log_runs", ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_run_log_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("run_id", "number", name="pk_run_log"),
    )
    op.create_index("ix_run_log_team_id", "run_log", ["team_id"])
    op.create_table(
        "run_posts",
        Column("id", String(length=32), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("run_id", String(length=32), nullable=False),
        Column("kind", String(length=12), nullable=False),
        Column("key", String(length=80), nullable=False),
        Column("item", Integer(), nullable=False),
        Column("channel_id", String(length=24), nullable=False),
        Column("local_date", Date(), nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("state", String(length=12), nullable=False),
        Column("lang", String(length=2), nullable=False),
        Column("attempt", Integer(), nullable=False),
        Column("claimed_at", DateTime(timezone=True), nullable=False),
        Column("retry_at", DateTime(timezone=True)),
        Column("ts", String(length=32), nullable=False),
        Column("error", String(length=64), nullable=False),
        ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_posts_runs", ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_run_posts_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_run_posts"),
        UniqueConstraint("run_id", "key", name="uq_run_posts_run_id_key"),
    )
    op.create_index(
        "ix_run_posts_state_team_id_retry_at", "run_posts", ["state", "team_id", "retry_at"]
    )

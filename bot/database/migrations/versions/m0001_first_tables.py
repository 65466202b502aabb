"""The first tables."""

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
    SmallInteger,
    String,
    UniqueConstraint,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        Column("team_id", String(length=24), nullable=False),
        Column("stopped", String(length=64), nullable=False),
        Column("restricted", Boolean(), nullable=False),
        Column("next_post_at", DateTime(timezone=True)),
        PrimaryKeyConstraint("team_id", name="pk_workspaces"),
    )
    op.create_table(
        "feedback",
        Column("team_id", String(length=24), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        Column("entry_id", String(length=120), nullable=False),
        Column("helpful", Boolean(), nullable=False),
        Column("given_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_feedback_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("team_id", "user_id", "entry_id", name="pk_feedback"),
    )
    op.create_table(
        "lookups",
        Column("team_id", String(length=24), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        Column("entry_id", String(length=120), nullable=False),
        Column("looked_up_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_lookups_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("team_id", "user_id", "entry_id", name="pk_lookups"),
    )
    op.create_table(
        "people",
        Column("team_id", String(length=24), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        Column("lang", String(length=2), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_people_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("team_id", "user_id", name="pk_people"),
    )
    op.create_table(
        "subscriptions",
        Column("id", Integer(), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("channel_id", String(length=24), nullable=False),
        Column("created_by", String(length=24), nullable=False),
        Column("weekday", SmallInteger(), nullable=False),
        Column("at", String(length=5), nullable=False),
        Column("zone", String(length=64), nullable=False),
        Column("lang", String(length=2), nullable=False),
        Column("sections", JSON(), nullable=False),
        Column("on", Boolean(), nullable=False),
        Column("ended", String(length=64), nullable=False),
        Column("told", Boolean(), nullable=False),
        Column("next_date", Date(), nullable=False),
        Column("next_at", DateTime(timezone=True)),
        Column("paused_until", Date()),
        Column("not_before", DateTime(timezone=True)),
        Column("rotation", JSON(), nullable=False),
        Column("changed_by", String(length=24), nullable=False),
        Column("changed_at", DateTime(timezone=True)),
        ForeignKeyConstraint(
            ["team_id"],
            ["workspaces.team_id"],
            name="fk_subscriptions_workspaces",
            ondelete="CASCADE",
        ),
        PrimaryKeyConstraint("id", name="pk_subscriptions"),
        UniqueConstraint("team_id", "channel_id", name="uq_subscriptions_team_id_channel_id"),
    )
    op.create_index("ix_subscriptions_next_at_team_id", "subscriptions", ["next_at", "team_id"])
    op.create_index(
        "ix_subscriptions_team_id_created_by", "subscriptions", ["team_id", "created_by"]
    )
    op.create_table(
        "deliveries",
        Column("id", String(length=32), nullable=False),
        Column("team_id", String(length=24), nullable=False),
        Column("subscription_id", Integer(), nullable=False),
        Column("channel_id", String(length=24), nullable=False),
        Column("local_date", Date(), nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("state", String(length=12), nullable=False),
        Column("lang", String(length=2), nullable=False),
        Column("tip_id", String(length=120), nullable=False),
        Column("round", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("total", Integer(), nullable=False),
        Column("attempt", Integer(), nullable=False),
        Column("claimed_at", DateTime(timezone=True), nullable=False),
        Column("retry_at", DateTime(timezone=True)),
        Column("ts", String(length=32), nullable=False),
        Column("error", String(length=64), nullable=False),
        ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_deliveries_subscriptions",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_deliveries_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
        UniqueConstraint(
            "subscription_id", "local_date", name="uq_deliveries_subscription_id_local_date"
        ),
    )
    op.create_index(
        "ix_deliveries_state_team_id_retry_at", "deliveries", ["state", "team_id", "retry_at"]
    )
    op.create_index(
        "ix_deliveries_team_id_channel_id_local_date",
        "deliveries",
        ["team_id", "channel_id", "local_date"],
    )

"""Many workspaces: installations with their tokens, states of the way to one, suspended workspaces,
and an index for many messages that wait."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, Integer, PrimaryKeyConstraint, String, Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "workspaces",
        Column("enterprise_id", String(length=24), nullable=False, server_default=""),
    )
    op.add_column("workspaces", Column("suspended_at", DateTime(timezone=True)))
    op.drop_index("ix_outbox_state_next_at", "outbox")
    op.create_index("ix_outbox_kind_state_next_at", "outbox", ["kind", "state", "next_at"])
    op.create_table(
        "installations",
        Column("id", String(length=24), nullable=False),
        Column("enterprise_id", String(length=24), nullable=False),
        Column("name", String(length=255), nullable=False),
        Column("url", String(length=255), nullable=False),
        Column("app_id", String(length=24), nullable=False),
        Column("bot_id", String(length=24), nullable=False),
        Column("bot_user_id", String(length=24), nullable=False),
        Column("bot_name", String(length=80), nullable=False),
        Column("scopes", Text(), nullable=False),
        Column("installed_by", String(length=24), nullable=False),
        Column("installed_at", DateTime(timezone=True), nullable=False),
        Column("token", Text(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_installations"),
    )
    op.create_table(
        "oauth_states",
        Column("digest", String(length=64), nullable=False),
        Column("expires_at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("digest", name="pk_oauth_states"),
    )
    op.create_index("ix_oauth_states_expires_at", "oauth_states", ["expires_at"])
    op.create_table(
        "changes",
        Column("name", String(length=24), nullable=False),
        Column("number", Integer(), nullable=False),
        PrimaryKeyConstraint("name", name="pk_changes"),
    )

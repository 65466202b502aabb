"""Who was welcomed, and why an entry did not help."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, PrimaryKeyConstraint, String

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "welcomed",
        Column("team_id", String(length=24), nullable=False),
        Column("user_id", String(length=24), nullable=False),
        Column("welcomed_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_welcomed_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("team_id", "user_id", name="pk_welcomed"),
    )
    op.add_column(
        "feedback", Column("reason", String(length=16), nullable=False, server_default="")
    )
    op.add_column(
        "feedback", Column("remark", String(length=500), nullable=False, server_default="")
    )

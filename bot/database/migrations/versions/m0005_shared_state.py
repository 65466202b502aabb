"""What all processes share: what was handled already, and which language choices are new."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "handled",
        Column("team_id", String(length=24), nullable=False),
        Column("key", String(length=240), nullable=False),
        Column("handled_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_handled_workspaces", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("team_id", "key", name="pk_handled"),
    )
    op.create_index("ix_handled_handled_at", "handled", ["handled_at"])
    op.add_column(
        "workspaces",
        Column("language_changes", Integer(), nullable=False, server_default="0"),
    )
    op.add_column("people", Column("change", Integer(), nullable=False, server_default="0"))
    op.create_index("ix_people_team_id_change", "people", ["team_id", "change"])

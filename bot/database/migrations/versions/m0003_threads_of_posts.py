"""In which thread a post of a running checklist stands."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "run_posts", Column("thread_ts", String(length=32), nullable=False, server_default="")
    )

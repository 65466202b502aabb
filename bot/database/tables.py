"""The tables, as SQLAlchemy Core. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from bot.database.columns import ClockTime, Names, RotationState, UtcInstant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

SLACK_ID = String(24)
ENTRY_ID = String(120)


def _team(*, primary_key: bool = False) -> Column[str]:
    """All of a workspace's data goes with it."""
    key = ForeignKey("workspaces.team_id", ondelete="CASCADE")
    return Column("team_id", SLACK_ID, key, nullable=False, primary_key=primary_key)


workspaces = Table(
    "workspaces",
    metadata,
    Column("team_id", SLACK_ID, primary_key=True),
    Column("stopped", String(64), nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("next_post_at", UtcInstant),  # pace, and what a 429 asked for
    Column("next_update_at", UtcInstant),  # what a 429 to an update asked for
    Column("check_at", UtcInstant),  # when a stopped workspace's token is tried again
    Column("checks", Integer, nullable=False, server_default="0"),  # since a message was sent
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    _team(),
    Column("channel_id", SLACK_ID, nullable=False),
    Column("created_by", SLACK_ID, nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("at", ClockTime, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("sections", Names, nullable=False),
    Column("on", Boolean, nullable=False),
    Column("ended", String(64), nullable=False),
    Column("next_date", Date, nullable=False),
    Column("next_at", UtcInstant),  # computed from the others; none while off or paused for good
    Column("paused_until", Date),
    Column("not_before", UtcInstant),
    Column("rotation", RotationState, nullable=False),
    Column("changed_by", SLACK_ID, nullable=False),
    Column("changed_at", UtcInstant),
    UniqueConstraint("team_id", "channel_id"),
    Index(None, "next_at", "team_id"),
    Index(None, "team_id", "created_by"),
)

people = Table(
    "people",
    metadata,
    _team(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("lang", String(2), nullable=False),
)

lookups = Table(
    "lookups",
    metadata,
    _team(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("looked_up_at", UtcInstant, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    _team(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
    Column("entry_id", ENTRY_ID, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", UtcInstant, nullable=False),
)

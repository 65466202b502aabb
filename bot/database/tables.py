"""What all tables share, and the workspaces' own. Each feature has its tables in its tables.py,
as SQLAlchemy Core; a change there needs a migration, and a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from bot.database.columns import UtcInstant

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


def team_column(*, primary_key: bool = False) -> Column[str]:
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
    Column("language_changes", Integer, nullable=False, server_default="0"),  # counted
    Column("entry_changes", Integer, nullable=False, server_default="0"),
    Column("settings_changes", Integer, nullable=False, server_default="0"),
    Column("enterprise_id", SLACK_ID, nullable=False, server_default=""),  # "": in none
    Column("suspended_at", UtcInstant),  # the app was removed; the data wait to be deleted
)


installations = Table(
    "installations",
    metadata,
    Column("id", SLACK_ID, primary_key=True),  # the workspace's, or of an organisation's its own
    Column("enterprise_id", SLACK_ID, nullable=False),
    Column("name", String(255), nullable=False),
    Column("url", String(255), nullable=False),
    Column("app_id", SLACK_ID, nullable=False),
    Column("bot_id", SLACK_ID, nullable=False),
    Column("bot_user_id", SLACK_ID, nullable=False),
    Column("bot_name", String(80), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installed_by", SLACK_ID, nullable=False),
    Column("installed_at", UtcInstant, nullable=False),  # by Slack's clock
    Column("token", Text, nullable=False),  # encrypted
)


oauth_states = Table(
    "oauth_states",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", UtcInstant, nullable=False),
    Index(None, "expires_at"),
)


changes = Table(
    "changes",
    metadata,
    Column("name", String(24), primary_key=True),
    Column("number", Integer, nullable=False),
)


handled = Table(
    "handled",
    metadata,
    team_column(primary_key=True),
    Column("key", String(240), primary_key=True),
    Column("handled_at", UtcInstant, nullable=False),
    Index(None, "handled_at"),
)

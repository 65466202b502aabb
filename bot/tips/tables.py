"""The tables of weekly tips: subscriptions and deliveries."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

from bot.database.columns import ClockTime, Names, UtcInstant
from bot.database.tables import SLACK_ID, metadata, team_column
from bot.tips.models import Rotation, Used


class RotationState(TypeDecorator[Rotation]):
    """A rotation whole: it is read and written as one, at each claim."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Rotation | None, dialect: Dialect) -> dict[str, object]:
        rotation = value or Rotation()
        return {
            "round": rotation.round,
            "used": [[used.tip_id, used.section] for used in rotation.used],
            "last_section": rotation.last_section,
        }

    def process_result_value(self, value: dict[str, object] | None, dialect: Dialect) -> Rotation:
        state = value or {}
        used = state.get("used")
        return Rotation(
            round=int(str(state.get("round") or 1)),
            used=tuple(Used(*pair) for pair in used) if isinstance(used, list) else (),
            last_section=str(state.get("last_section") or ""),
        )


subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
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

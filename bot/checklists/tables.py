"""The tables of running checklists: runs, their items and logs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from bot.checklists.models import LABEL_CHARS, NOTE_CHARS, Item
from bot.checklists.series import Kept
from bot.database.columns import UtcInstant
from bot.database.tables import ENTRY_ID, SLACK_ID, metadata, team_column
from bot.i18n import Text as I18nText

OWNED = ("owner", "zone", "unreachable")

TYPED_TEXT = String(NOTE_CHARS)  # notes, reasons, and Slack's errors
ZONE = String(64)
RUN_ID = String(32)
RHYTHM = String(8)


class KeptItems(TypeDecorator[tuple[Kept, ...]]):
    """The items of a series: each round reads them whole."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: tuple[Kept, ...] | None, dialect: Dialect
    ) -> list[dict[str, object]]:
        return [
            {
                "text": [kept.item.text.zh, kept.item.text.en],
                "why": [kept.item.why.zh, kept.item.why.en],
                "lead_days": kept.lead_days,
            }
            | {name: getattr(kept.item, name) for name in OWNED}
            for kept in value or ()
        ]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[Kept, ...]:
        return tuple(
            Kept(
                Item(
                    no=no,
                    text=I18nText(*row["text"]),
                    why=I18nText(*row["why"]),
                    **{name: row[name] for name in OWNED},
                ),
                row["lead_days"],
            )
            for no, row in enumerate(value or (), 1)
        )


def _run(*, primary_key: bool = False) -> Column[str]:
    """A deleted run takes all of its own with it."""
    key = ForeignKey("runs.id", ondelete="CASCADE")
    return Column("run_id", RUN_ID, key, nullable=False, primary_key=primary_key)


runs = Table(
    "runs",
    metadata,
    Column("id", RUN_ID, primary_key=True),  # never used again: old buttons name it
    team_column(),
    Column("channel_id", SLACK_ID, nullable=False),
    Column("checklist_id", ENTRY_ID, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("label", String(LABEL_CHARS), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("started_by", SLACK_ID, nullable=False),
    Column("started_at", UtcInstant, nullable=False),
    Column("closed_by", SLACK_ID, nullable=False),
    Column("closed_at", UtcInstant),
    Column("finished_at", UtcInstant),
    Column("changes", Integer, nullable=False),
    Column("message_ts", String(32), nullable=False),
    Column("page", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("problem", TYPED_TEXT, nullable=False),
    Column("changed_at", UtcInstant, nullable=False),
    Column("series_id", RUN_ID, nullable=False),
    Column("rhythm", RHYTHM, nullable=False),
    Column("left_open", Integer, nullable=False),
    Index(None, "team_id", "channel_id", "changed_at"),
)

series = Table(
    "series",
    metadata,
    Column("id", RUN_ID, primary_key=True),  # of its first run, which may be deleted
    team_column(),
    Column("channel_id", SLACK_ID, nullable=False),
    Column("checklist_id", ENTRY_ID, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("label", String(LABEL_CHARS), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("started_by", SLACK_ID, nullable=False),
    Column("rhythm", RHYTHM, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("items", KeptItems, nullable=False),
    Column("run_id", RUN_ID, nullable=False),  # the round of now, which may be deleted
    Column("target", Date),
    Column("number", Integer, nullable=False),
    Column("skipped", Date),
    Column("next_at", UtcInstant, nullable=False),  # computed from the others
    Index(None, "next_at"),
    Index(None, "team_id", "channel_id"),
)

run_items = Table(
    "run_items",
    metadata,
    _run(primary_key=True),
    Column("no", Integer, primary_key=True),
    team_column(),
    Column("text_zh", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("why_zh", Text, nullable=False),
    Column("why_en", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("changed_by", SLACK_ID, nullable=False),
    Column("changed_at", UtcInstant),
    Column("reason", TYPED_TEXT, nullable=False),
    Column("owner", SLACK_ID, nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("due", Date),
    Column("note", TYPED_TEXT, nullable=False),
    Column("unreachable", TYPED_TEXT, nullable=False),
    Index(None, "team_id", "owner", "state"),
)

run_log = Table(
    "run_log",
    metadata,
    _run(primary_key=True),
    Column("number", Integer, primary_key=True),
    team_column(),
    Column("at", UtcInstant, nullable=False),
    Column("by", SLACK_ID, nullable=False),
    Column("what", String(16), nullable=False),
    Column("item", Integer, nullable=False),
    Column("text", TYPED_TEXT, nullable=False),
    Column("user_id", SLACK_ID, nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("day", Date),
    Index(None, "team_id"),
)

reminder_mutes = Table(
    "reminder_mutes",
    metadata,
    team_column(primary_key=True),
    Column("user_id", SLACK_ID, primary_key=True),
)

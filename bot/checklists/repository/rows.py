"""Records of running checklists to rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from bot.checklists.models import Change, ChangeKind, Item, ItemState, LogLine, Run
from bot.checklists.rhythm import Rhythm
from bot.checklists.series import Series, next_start
from bot.i18n import Text

Row = RowMapping

ITEM_PLAIN = tuple(f.name for f in fields(Item) if f.name not in ("text", "why", "state"))
RUN_PLAIN = tuple(f.name for f in fields(Run) if f.name not in ("title", "items", "rhythm"))
SERIES_PLAIN = tuple(f.name for f in fields(Series) if f.name not in ("title", "rhythm"))
CHANGE_PLAIN = tuple(f.name for f in fields(Change) if f.name != "what")


def run_row(run: Run) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in RUN_PLAIN}
    titles = {"title_zh": run.title.zh, "title_en": run.title.en}
    return plain | titles | {"rhythm": run.rhythm.value}


def series_row(series: Series) -> dict[str, Any]:
    """`next_at`, which is searched by, is computed here alone."""
    plain = {name: getattr(series, name) for name in SERIES_PLAIN}
    titles = {"title_zh": series.title.zh, "title_en": series.title.en}
    return plain | titles | {"rhythm": series.rhythm.value, "next_at": next_start(series)}


def to_series(row: Row) -> Series:
    return Series(
        title=Text(row["title_zh"], row["title_en"]),
        rhythm=Rhythm(row["rhythm"]),
        **{name: row[name] for name in SERIES_PLAIN},
    )


def item_row(run: Run, item: Item) -> dict[str, Any]:
    plain = {name: getattr(item, name) for name in ITEM_PLAIN}
    texts = {
        "text_zh": item.text.zh, "text_en": item.text.en,
        "why_zh": item.why.zh, "why_en": item.why.en,
    }  # fmt: skip
    return plain | texts | {"state": item.state, "run_id": run.id, "team_id": run.team_id}


def log_row(run: Run, line: LogLine) -> dict[str, Any]:
    change = line.change
    return {name: getattr(change, name) for name in CHANGE_PLAIN} | {
        "run_id": run.id, "team_id": run.team_id, "number": line.number, "at": line.at,
        "by": line.by, "what": change.what,
    }  # fmt: skip


def to_run(row: Row, items: Iterable[Row]) -> Run:
    return Run(
        title=Text(row["title_zh"], row["title_en"]),
        items=tuple(map(to_item, items)),
        rhythm=Rhythm(row["rhythm"]),
        **{name: row[name] for name in RUN_PLAIN},
    )


def to_item(row: Row) -> Item:
    return Item(
        text=Text(row["text_zh"], row["text_en"]),
        why=Text(row["why_zh"], row["why_en"]),
        state=ItemState(row["state"]),
        **{name: row[name] for name in ITEM_PLAIN},
    )


def to_line(row: Row) -> LogLine:
    change = Change(what=ChangeKind(row["what"]), **{name: row[name] for name in CHANGE_PLAIN})
    return LogLine(row["number"], row["at"], row["by"], change)

"""What stands in a file for one entry: columns by name, alike in CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.entries.models import TeamEntry, Wording
from bot.i18n import Text

COLUMNS = (
    "id", "kind", "state", "title_zh", "title_en", "short_zh", "short_en", "body_zh", "body_en",
    "aliases", "links", "items_zh", "items_en", "replaces", "owner", "review_by", "also_asked",
)  # fmt: skip
LISTS = frozenset({"aliases", "links", "items_zh", "items_en", "also_asked"})
HANDBOOK = "handbook"  # the kind of a row that only says what an entry of the handbook is asked as
OTHER_NAMES = {"zh": "title_zh", "en": "title_en"}  # as in a team's own list for the handbook

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and where: "row 5"; "" for all of it."""

    row: int
    said: Text


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: its first line in a CSV file, its place in a JSON list. Columns that are not there
    leave an entry as it is."""

    number: int
    values: Mapping[str, Value]

    def text(self, column: str) -> str:
        value = self.values.get(column, "")
        return value if isinstance(value, str) else "\n".join(value)

    def list(self, column: str) -> tuple[str, ...]:
        value = self.values.get(column, ())
        return (value,) if isinstance(value, str) else value


def build_rows(entries: Iterable[TeamEntry], wordings: Sequence[Wording]) -> list[Row]:
    """All of a workspace, so that a round trip loses nothing."""
    asked: dict[str, list[str]] = {}
    for wording in wordings:
        asked.setdefault(wording.entry_id, []).append(wording.text)
    rows = [
        Row(number, _values(entry, tuple(asked.pop(entry.entry_id, ()))))
        for number, entry in enumerate(entries, 2)
    ]
    for entry_id, texts in asked.items():
        values: dict[str, Value] = {"id": entry_id, "kind": HANDBOOK, "also_asked": tuple(texts)}
        rows.append(Row(len(rows) + 2, values))
    return rows


def _values(entry: TeamEntry, asked: tuple[str, ...]) -> dict[str, Value]:
    draft = entry.draft
    return {
        "id": entry.entry_id,
        "kind": str(draft.kind),
        "state": str(entry.state),
        "title_zh": draft.title.zh,
        "title_en": draft.title.en,
        "short_zh": draft.short.zh,
        "short_en": draft.short.en,
        "body_zh": draft.body.zh,
        "body_en": draft.body.en,
        "aliases": draft.aliases,
        "links": draft.links,
        "items_zh": tuple(item.zh for item in draft.items),
        "items_en": tuple(item.en for item in draft.items),
        "replaces": draft.replaces,
        "owner": entry.owner,
        "review_by": entry.review_by.isoformat() if entry.review_by else "",
        "also_asked": asked,
    }

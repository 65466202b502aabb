"""One row of a file as the entry that it describes, within the limits of the form. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from bot.entries.form import (
    ALIAS_CHARS,
    BODY_CHARS,
    ITEM_CHARS,
    LINK,
    LINK_CHARS,
    MOST_ALIASES,
    MOST_ITEMS,
    MOST_LINKS,
    SHORT_CHARS,
    TITLE_CHARS,
)
from bot.entries.models import Draft, EntryState, TeamEntry
from bot.entries.transfer import words
from bot.entries.transfer.rows import Row
from bot.handbook.models import Kind
from bot.i18n import Text
from bot.slack.typed import clean_line, clean_text

MEMBER = re.compile(r"[UW][A-Z0-9]{1,20}")
KINDS = (Kind.TERM, Kind.CHECKLIST)


class RowError(Exception):
    """What is wrong with a row."""

    def __init__(self, said: Text, **values: object) -> None:
        super().__init__(said.en)
        self.said = Text(said.zh.format(**values), said.en.format(**values))


def read_draft(row: Row, before: Draft) -> Draft:
    """Columns that the file does not have leave the entry as it was `before`. Raises RowError."""
    draft = replace(
        before,
        title=read_text(row, "title", before.title, line=True),
        short=read_text(row, "short", before.short),
        body=read_text(row, "body", before.body),
    )
    if "kind" in row.values:
        draft = replace(draft, kind=read_kind(row))
    if "aliases" in row.values:
        draft = replace(draft, aliases=_lines(row.list("aliases")))
    if "links" in row.values:
        draft = replace(draft, links=_lines(row.list("links")))
    if "items_zh" in row.values or "items_en" in row.values:
        zh, en = (tuple(map(clean_line, row.list(f"items_{lang}"))) for lang in ("zh", "en"))
        items = (Text(one, other) for one, other in zip_longest(zh, en, fillvalue=""))
        draft = replace(draft, items=tuple(item for item in items if item))
    if "replaces" in row.values:
        draft = replace(draft, replaces=clean_line(row.text("replaces")))
    return draft


def read_text(row: Row, name: str, before: Text, *, line: bool = False) -> Text:
    def half(lang: str, old: str) -> str:
        column = f"{name}_{lang}"
        if column not in row.values:
            return old
        raw = row.text(column)
        return clean_line(raw) if line else clean_text(raw, BODY_CHARS + 1)

    return Text(half("zh", before.zh), half("en", before.en))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, texts))))


def read_kind(row: Row) -> Kind:
    """Where the row does not say it, what has items is a checklist. Raises RowError, as all that
    read a cell do."""
    has_items = any(row.list("items_zh")) or any(row.list("items_en"))
    given = row.text("kind").strip().casefold() or (Kind.CHECKLIST if has_items else Kind.TERM)
    if given not in KINDS:
        raise RowError(words.BAD_KIND)
    return Kind(given)


def read_state(row: Row, before: TeamEntry | None) -> EntryState:
    given = row.text("state").strip().casefold()
    if not given:
        return before.state if before else EntryState.PUBLISHED
    if given not in tuple(EntryState):
        raise RowError(words.BAD_STATE)
    return EntryState(given)


def read_owner(row: Row) -> str:
    given = row.text("owner").strip()
    if given and not MEMBER.fullmatch(given):
        raise RowError(words.BAD_OWNER)
    return given


def read_day(row: Row) -> date | None:
    given = row.text("review_by").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise RowError(words.BAD_DATE) from None


def check_limits(draft: Draft) -> None:
    """The limits of the form. Raises RowError."""
    if not draft.title:
        raise RowError(words.NO_TITLE)
    is_list = draft.kind is Kind.CHECKLIST
    if not (draft.items if is_list else draft.short or draft.body):
        raise RowError(words.NO_TEXT)
    for column, limit, texts in _lengths(draft):
        if any(len(text) > limit for text in texts):
            raise RowError(words.TOO_LONG, column=column, limit=limit)
    for column, limit, listed in (
        ("aliases", MOST_ALIASES, draft.aliases),
        ("links", MOST_LINKS, draft.links),
        ("items", MOST_ITEMS, draft.items),
    ):
        if len(listed) > limit:
            raise RowError(words.TOO_MANY, column=column, limit=limit)
    if not all(map(LINK.fullmatch, draft.links)):
        raise RowError(words.BAD_LINK)


def _lengths(draft: Draft) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    yield "title", TITLE_CHARS, (draft.title.zh, draft.title.en)
    yield "short", SHORT_CHARS, (draft.short.zh, draft.short.en)
    yield "body", BODY_CHARS, (draft.body.zh, draft.body.en)
    yield "aliases", ALIAS_CHARS, draft.aliases
    yield "links", LINK_CHARS, draft.links
    yield "items", ITEM_CHARS, tuple(half for item in draft.items for half in (item.zh, item.en))

"""From one TOML table to one entry: which keys each kind has (content/README.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.handbook.fields import Fields
from bot.handbook.models import (
    Case,
    Checklist,
    Comparison,
    Entry,
    Fallback,
    Item,
    Kind,
    Row,
    Section,
    Term,
    Thing,
    Tip,
)
from bot.i18n import Text

STATUSES = ("verified", "stable", "reported", "unverified")
DISCLAIMERS = ("law", "finance", "health", "crisis")
MOVES = ("law", "prices", "models", "figures")
THINGS, ROWS = (2, 3), (5, 7)  # at least, at most, in a comparison
MOST_LEAD_DAYS = 365
TITLE_CHARS = 40  # a tip has no title of its own: the start of its text serves


def read_entry(kind: Kind, fields: Fields) -> Entry:
    """Read all keys of a `kind`; faults go to `fields.faults`."""
    declared = fields.string("kind", required=False)
    if declared and declared != kind:
        fields.fault("kind", f'is "{declared}"', f'"{kind}", as the folder says')
    entry = READERS[kind](fields)
    fields.unknown()
    return entry


def _common(fields: Fields, *, title: str, links: str, asks: bool = True) -> dict[str, Any]:
    status = fields.string("status", required=False)
    if status and status not in STATUSES:
        fields.fault("status", f'is "{status}"', "one of " + ", ".join(STATUSES))
    disclaimers = fields.strings("disclaimer", single=True)
    for name in disclaimers:
        if name not in DISCLAIMERS:
            fields.fault("disclaimer", f'holds "{name}"', "one of " + ", ".join(DISCLAIMERS))
    moves = fields.strings("moves", single=True)
    for name in moves:
        if name not in MOVES:
            fields.fault("moves", f'holds "{name}"', "one of " + ", ".join(MOVES))
    if "law" in disclaimers and "law" not in moves:
        moves = ("law", *moves)
    return {
        "id": fields.string("id"),
        "file": fields.file,
        "title": fields.text(title) if title else Text(),
        "sections": fields.strings("section", required=True, single=True),
        "aliases": fields.strings("aliases"),
        "asks": fields.lines("asks", required=False),
        "related": fields.strings(links),
        "states": fields.strings("states"),
        "checked": fields.date("checked", required=False),
        "review_by": fields.date("review_by", required=False),
        "status": status,
        "moves": moves,
        "disclaimers": disclaimers,
        "everyday": fields.flag("everyday"),
    }


def _term(fields: Fields) -> Entry:
    return Term(
        **_common(fields, title="name", links="related"),
        short=fields.text("short"),
        body=fields.text("body"),
        example=fields.text("example", required=False),
        mistake=fields.text("mistake"),
        checklists=fields.strings("checklist"),
        sources=fields.strings("sources", required=True),
    )


def _checklist(fields: Fields) -> Entry:
    return Checklist(
        **_common(fields, title="title", links="related"),
        short=fields.text("short", required=False),
        who=fields.text("who"),
        when=fields.text("when"),
        time=fields.text("time", required=False),
        items=tuple(map(_item, fields.tables("items"))),
        done_when=fields.text("done_when"),
        sources=fields.strings("sources", required=True),
    )


def _item(fields: Fields) -> Item:
    item = Item(
        _inline(fields),
        Text(fields.string("why_zh"), fields.string("why_en")),
        fields.number("lead_days", MOST_LEAD_DAYS),
    )
    fields.unknown()
    return item


def _case(fields: Fields) -> Entry:
    return Case(
        **_common(fields, title="title", links="links"),
        short=fields.text("short", required=False),
        source_says=fields.text("source_says", required=False),
        facts=fields.lines("facts", required=True),
        compare=fields.text("compare", required=False),
        lessons=tuple(map(_lesson, fields.tables("lessons"))),
        limits=fields.text("limits", required=False),
        discuss=fields.text("discuss"),
        sources=fields.strings("sources", required=True),
    )


def _inline(fields: Fields) -> Text:
    """A text whose two halves stand in the table itself."""
    return Text(fields.string("zh"), fields.string("en"))


def _lesson(fields: Fields) -> Text:
    lesson = _inline(fields)
    fields.unknown()
    return lesson


def _section(fields: Fields) -> Entry:
    return Section(
        **_common(fields, title="title", links="related"),
        short=fields.text("short"),
        body=fields.text("body"),
        correction=fields.text("correction", required=False, extra=("source_quote",)),
        sources=fields.strings("sources", required=True),
    )


def _tip(fields: Fields) -> Entry:
    action = _inline(fields)
    sources = fields.strings("source", required=True, single=True)
    return replace(
        Tip(
            **_common(fields, title="", links="links"),
            body=action,
            why=fields.text("why"),
            week_hint=fields.string("week_hint", required=False),
            fallback=_fallback(fields),
            sources=sources,
        ),
        title=Text(_clip(_act(action.zh, "：")), _clip(_act(action.en, ": "))),
    )


def _comparison(fields: Fields) -> Entry:
    things = tuple(map(_thing, fields.tables("things")))
    rows = tuple(map(_row, fields.tables("rows")))
    for key, found, (least, most) in (("things", things, THINGS), ("rows", rows, ROWS)):
        if not least <= len(found) <= most:
            fields.fault(key, f"{len(found)} of them", f"{least} to {most}")
    for number, row in enumerate(rows, 1):
        for lang, cells in (("zh", row.cells.zh), ("en", row.cells.en)):
            if len(cells) != len(things):
                expected = f"one for each of the {len(things)} things"
                fields.fault(f"rows[{number}].cells.{lang}", f"{len(cells)} of them", expected)
    return Comparison(
        **_common(fields, title="title", links="related"),
        short=fields.text("short"),
        things=things,
        rows=rows,
        recommend=fields.text("recommend"),
        sources=fields.strings("sources", required=True),
    )


def _thing(fields: Fields) -> Thing:
    name, entry_id = _inline(fields), fields.string("id", required=False)
    thing = Thing(name, entry_id, fields.strings("names"))
    fields.unknown()
    return thing


def _row(fields: Fields) -> Row:
    row = Row(_inline(fields), fields.lines("cells", required=True))
    fields.unknown()
    return row


def _fallback(fields: Fields) -> Fallback | None:
    sub = fields.sub("fallback_after", required=False)
    if sub is None:
        return None
    day, text = sub.date("date"), _inline(sub)
    sub.unknown()
    return Fallback(day, text) if day else None


def _act(action: str, colon: str) -> str:
    """What is to be done, without the "This week:" that all tips begin with."""
    act = action.partition(colon)[2] or action
    return act[:1].upper() + act[1:]


def _clip(text: str) -> str:
    return text if len(text) <= TITLE_CHARS else text[: TITLE_CHARS - 1].rstrip() + "…"


READERS: dict[Kind, Callable[[Fields], Entry]] = {
    Kind.TERM: _term,
    Kind.CHECKLIST: _checklist,
    Kind.CASE: _case,
    Kind.SECTION: _section,
    Kind.TIP: _tip,
    Kind.COMPARISON: _comparison,
}

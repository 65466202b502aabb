"""An entry of the handbook as a record for agents, with all that tells how far to trust it."""

from __future__ import annotations

from typing import Any

from bot.agents.records import (
    ChecklistItem,
    ChecklistLine,
    ChecklistText,
    EntryText,
    Found,
    Link,
    Source,
)
from bot.answers.dialogue import Audience
from bot.answers.entry import body_of
from bot.answers.outcomes import reason_for
from bot.answers.plain import render_plain
from bot.answers.sources import address_of
from bot.handbook import Checklist, Entry, Handbook
from bot.i18n import Lang, other_lang
from bot.search import Match
from bot.slack.blocks import Reply
from bot.slack.entries import notes_of

URI = "handbook://entry/{id}"
TEMPLATE = URI + "{?lang}"


def build_entry(handbook: Handbook, entry: Entry, audience: Audience) -> EntryText:
    """The entry's whole text, as the terminal shows it."""
    body = body_of(entry, audience.lang, audience.today)
    text = render_plain(Reply("", tuple(body))).strip()
    return EntryText(**_reviewed(handbook, entry, audience), text=text)


def build_checklist(handbook: Handbook, entry: Checklist, audience: Audience) -> ChecklistText:
    """The checklist item by item."""
    lang = audience.lang
    items = [
        ChecklistItem(no=number, text=item.text.get(lang), why=item.why.get(lang))
        for number, item in enumerate(entry.items, 1)
    ]
    return ChecklistText(
        **_reviewed(handbook, entry, audience),
        who=entry.who.get(lang),
        when=entry.when.get(lang),
        time=entry.time.get(lang),
        items=items,
        done_when=entry.done_when.get(lang),
    )


def build_line(entry: Checklist, lang: Lang) -> ChecklistLine:
    return ChecklistLine(
        **_link(entry, lang),
        when=entry.when.get(lang),
        who=entry.who.get(lang),
        items=len(entry.items),
    )


def build_found(match: Match, lang: Lang) -> Found:
    entry = match.entry
    return Found(
        **_link(entry, lang),
        short=entry.short.get(lang) or entry.body.get(lang),
        confidence=round(match.score, 4),
        why=reason_for(match, lang),
    )


def _reviewed(handbook: Handbook, entry: Entry, audience: Audience) -> dict[str, Any]:
    lang = audience.lang
    return _link(entry, lang) | {
        "other_title": entry.title.get(other_lang(lang)),
        "lang": _written_in(entry, lang),
        "uri": URI.format(id=entry.id),
        "origin": _origin_of(entry),
        "status": entry.status or None,
        "checked": entry.checked,
        "review_by": entry.review_by,
        "overdue": entry.is_overdue(audience.today),
        "sections": list(entry.sections),
        "sources": [Source(text=s, url=address_of(s) or None) for s in entry.sources],
        "notes": notes_of(entry, lang),
        "related": [Link(**_link(e, lang)) for e in handbook.related_to(entry)],
    }


def _origin_of(entry: Entry) -> str:
    if entry.team:
        return "workspace"
    return "team" if entry.is_own else "handbook"


def _link(entry: Entry, lang: Lang) -> dict[str, Any]:
    return {"id": entry.id, "kind": entry.kind, "title": entry.title.get(lang)}


def _written_in(entry: Entry, lang: Lang) -> Lang:
    """A line of a team's own list may stand in one language alone."""
    text = entry.short or entry.title
    return lang if getattr(text, lang) else other_lang(lang)


def render_entry(entry: EntryText) -> str:
    """The entry as plain text that stands by itself."""
    facts = [
        f"{entry.title} · {entry.other_title}" if entry.other_title else entry.title,
        f"kind: {entry.kind}; origin: {entry.origin}; status: {entry.status or '-'}; "
        f"checked: {entry.checked or '-'}; review by: {entry.review_by or '-'}"
        + ("; overdue" if entry.overdue else ""),
    ]
    sources = ["Sources:", *(f"- {source.text}" for source in entry.sources)]
    return "\n".join([*facts, "", entry.text, "", *sources, *entry.notes]) + "\n"

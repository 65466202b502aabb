"""Records of a workspace's entries to rows and back. A draft is stored as JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from bot.entries.models import (
    Draft,
    EntryState,
    Proposal,
    ProposalState,
    TeamEntry,
    Version,
)
from bot.handbook.models import Kind
from bot.i18n import Text

Row = RowMapping

TEXTS = ("title", "short", "body")
LISTS = ("aliases", "links")


def draft_data(draft: Draft) -> dict[str, Any]:
    return {
        "kind": str(draft.kind),
        **{name: _text_data(getattr(draft, name)) for name in TEXTS},
        **{name: list(getattr(draft, name)) for name in LISTS},
        "items": [_text_data(item) for item in draft.items],
        "replaces": draft.replaces,
    }


def to_draft(data: dict[str, Any]) -> Draft:
    """What an older version of the bot left out is empty."""
    return Draft(
        kind=Kind(data.get("kind") or Kind.TERM),
        title=_to_text(data.get("title")),
        short=_to_text(data.get("short")),
        body=_to_text(data.get("body")),
        aliases=tuple(data.get("aliases") or ()),
        links=tuple(data.get("links") or ()),
        items=tuple(_to_text(item) for item in data.get("items") or ()),
        replaces=str(data.get("replaces") or ""),
    )


def _plain(record: type, *special: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.name not in special)


ENTRY_PLAIN = _plain(TeamEntry, "draft", "state")
VERSION_PLAIN = _plain(Version, "draft")
PROPOSAL_PLAIN = _plain(Proposal, "draft", "state")


def entry_row(entry: TeamEntry) -> dict[str, Any]:
    plain = {name: getattr(entry, name) for name in ENTRY_PLAIN}
    return plain | {"draft": draft_data(entry.draft), "state": entry.state}


def to_entry(row: Row) -> TeamEntry:
    plain = {name: row[name] for name in ENTRY_PLAIN}
    return TeamEntry(draft=to_draft(row["draft"]), state=EntryState(row["state"]), **plain)


def version_row(version: Version) -> dict[str, Any]:
    plain = {name: getattr(version, name) for name in VERSION_PLAIN}
    return plain | {"draft": draft_data(version.draft)}


def to_version(row: Row) -> Version:
    return Version(draft=to_draft(row["draft"]), **{name: row[name] for name in VERSION_PLAIN})


def proposal_row(proposal: Proposal) -> dict[str, Any]:
    plain = {name: getattr(proposal, name) for name in PROPOSAL_PLAIN}
    return plain | {"draft": draft_data(proposal.draft), "state": proposal.state}


def to_proposal(row: Row) -> Proposal:
    plain = {name: row[name] for name in PROPOSAL_PLAIN}
    return Proposal(draft=to_draft(row["draft"]), state=ProposalState(row["state"]), **plain)


def _text_data(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _to_text(data: Any) -> Text:
    found = data if isinstance(data, dict) else {}
    return Text(str(found.get("zh") or ""), str(found.get("en") or ""))

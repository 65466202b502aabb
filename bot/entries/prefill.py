"""What the form holds at first: of an entry, a proposal, a run, a message."""

from __future__ import annotations

import html
import re

from bot.entries.form import BODY_CHARS, SHORT_CHARS, Filled, Origin
from bot.entries.models import Draft, Proposal, TeamEntry
from bot.entries.services import RunCopy, is_team_entry
from bot.handbook.models import Checklist, Entry, Kind, Term
from bot.i18n import Text
from bot.search.normalize import is_chinese
from bot.slack.typed import clean_text

CHANGEABLE = (Term, Checklist)
NAMED_LINK = re.compile(r"<(https?://[^|>]+)\|([^>]*)>")
BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^|>]+)>")
NAMED_PLACE = re.compile(r"<[#@!][^|>]*\|([^>]*)>")
PERSON = re.compile(r"<[#@!][^>]*>")


def of_team_entry(entry: TeamEntry) -> tuple[Origin, Filled]:
    origin = Origin(
        kind=entry.draft.kind,
        entry_id=entry.entry_id,
        based_on=entry.version,
        replaces=entry.draft.replaces,
    )
    return origin, Filled(draft=entry.draft, owner=entry.owner, review_by=entry.review_by)


def of_proposal(proposal: Proposal, entry: TeamEntry | None) -> tuple[Origin, Filled]:
    """For the curator: the draft as it was proposed, to be published on the entry as it is now."""
    origin = Origin(
        kind=proposal.draft.kind,
        entry_id=proposal.entry_id,
        based_on=entry.version if entry else 0,
        proposal_id=proposal.id,
        replaces=proposal.draft.replaces,
        source=proposal.source,
        question=proposal.question,
    )
    owner = entry.owner if entry else proposal.proposer
    return origin, Filled(draft=proposal.draft, owner=owner)


def of_handbook_entry(entry: Entry) -> tuple[Origin, Filled] | None:
    """A form filled with a handbook's entry, for an entry of the team's own that replaces it and is
    found by its names as well; None for a kind that a team cannot write."""
    if not isinstance(entry, CHANGEABLE):
        return None
    items = tuple(item.text for item in entry.items) if isinstance(entry, Checklist) else ()
    draft = Draft(
        kind=entry.kind,
        title=entry.title,
        short=entry.short,
        body=entry.body,
        items=items,
        replaces=entry.id,
    )
    return Origin(kind=entry.kind, replaces=entry.id), Filled(draft=draft)


def of_name(name: str, text: str = "", kind: Kind = Kind.TERM) -> Filled:
    """A name and a text, each in the field of the language it is in."""
    short, body = (text, "") if len(text) <= SHORT_CHARS else ("", text[:BODY_CHARS])
    draft = Draft(
        kind=kind, title=_in_its_language(name), short=_in_its_language(short),
        body=_in_its_language(body),
    )  # fmt: skip
    return Filled(draft=draft)


def of_run(run: RunCopy) -> tuple[Origin, Filled]:
    """A run of the handbook's checklist may replace it."""
    replaces = "" if is_team_entry(run.checklist_id) else run.checklist_id
    draft = Draft(kind=Kind.CHECKLIST, title=run.title, items=run.items)
    return Origin(kind=Kind.CHECKLIST, replaces=replaces), Filled(draft=draft)


def plain_of(mrkdwn: str) -> str:
    """A message's text without Slack's marks for links, channels and people."""
    text = NAMED_LINK.sub(r"\2 (\1)", mrkdwn)
    text = NAMED_PLACE.sub(r"\1", BARE_LINK.sub(r"\1", text))
    return clean_text(html.unescape(PERSON.sub("", text)), BODY_CHARS + 1)


def _in_its_language(text: str) -> Text:
    return Text(text, "") if is_chinese(text) else Text("", text)

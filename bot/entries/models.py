"""The records of a workspace's own entries. Frozen: a change is a new record. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.handbook.models import Kind
from bot.i18n import Text


class EntryState(StrEnum):
    PUBLISHED = "published"
    RETIRED = "retired"  # not found any more; its history stays


class ProposalState(StrEnum):
    OPEN = "open"
    PUBLISHED = "published"
    DECLINED = "declined"


class Note(StrEnum):
    """What led to a version, besides an edit."""

    EDITED = "edited"  # a proposal, changed by the curator who published it
    ROLLBACK = "rollback"  # to the version that follows
    RETIRED = "retired"
    ALIAS = "alias"  # a name that was learnt


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person writes: a term or a checklist, in one language or both.

    `replaces`: the id of the handbook's entry that the workspace says this instead of, or "".
    """

    title: Text
    kind: Kind = Kind.TERM
    short: Text = Text()
    body: Text = Text()
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    items: tuple[Text, ...] = ()  # of a checklist
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEntry:
    """An entry as it stands: `draft` is version number `version`. `entry_id` is like a handbook
    entry's, and begins with "team-"."""

    team_id: str
    entry_id: str
    draft: Draft
    version: int
    state: EntryState
    owner: str  # who is asked whether it is still right
    published_by: str
    published_at: datetime
    review_by: date | None = None
    asked: int = 0  # times the owner has been asked since `review_by`, without an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an entry, kept for ever. `note` says what led to it: "" for an edit, else a
    Note, perhaps with its argument ("rollback:3")."""

    number: int
    draft: Draft
    author: str
    published_by: str
    published_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft that waits for a curator. `entry_id` is "" for a new entry; `based_on` the version
    that was changed, 0 for a new one. `source` links the message that it was taken from;
    `question` is the id of the question to the team that it answers, or ""."""

    id: str
    team_id: str
    draft: Draft
    proposer: str
    proposed_at: datetime
    entry_id: str = ""
    based_on: int = 0
    source: str = ""
    question: str = ""
    state: ProposalState = ProposalState.OPEN
    decided_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in the words of the workspace, and the entry that answers it: its own or the
    handbook's."""

    text: str
    entry_id: str


class Refusal(StrEnum):
    """Why a change was not made."""

    GONE = "gone"  # no such entry, version or proposal
    OUTDATED = "outdated"  # somebody changed the entry meanwhile
    DECIDED = "decided"  # the proposal was published or declined before
    FULL = "full"  # the workspace has MOST_ENTRIES
    TOO_MANY = "too_many"  # proposals of one person that are still open
    SAME = "same"  # nothing would change


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The next version of an entry, or, with `based_on` 0, its first. `owner` and `review_by` stay
    as they are where they are left out; a new entry is its author's."""

    team_id: str
    entry_id: str
    draft: Draft
    author: str
    by: str  # who publishes it
    based_on: int = 0
    owner: str = ""
    review_by: date | None = None
    note: str = ""
    state: EntryState = EntryState.PUBLISHED


MOST_ENTRIES = 10_000  # of a workspace, retired ones included
MOST_OPEN = 20  # proposals of one person

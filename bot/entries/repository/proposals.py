"""Proposals: stored with the messages that tell of them, decided once by one curator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from bot.database.changes import count_change
from bot.database.engine import Database
from bot.database.workspaces import require_workspace
from bot.entries.models import (
    MOST_OPEN,
    Change,
    Draft,
    Note,
    Proposal,
    ProposalState,
    Refusal,
    TeamEntry,
)
from bot.entries.posts import FEATURE, build_proposed, build_told, build_unreached, build_updates
from bot.entries.repository.rows import proposal_row, to_proposal
from bot.entries.repository.writing import Prepared, prepare, save
from bot.entries.tables import proposals as PROPOSALS
from bot.outbox.models import OutboundMessage
from bot.outbox.repository import Outbox

ANNOUNCED = 100  # to new curators


class ProposalRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def find(self, team_id: str, proposal_id: str) -> Proposal | None:
        query = select(PROPOSALS).where(
            PROPOSALS.c.team_id == team_id, PROPOSALS.c.id == proposal_id
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return to_proposal(row) if row else None

    def list_open(self, team_id: str, limit: int) -> list[Proposal]:
        """The oldest first."""
        query = (
            select(PROPOSALS)
            .where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.state == ProposalState.OPEN)
            .order_by(PROPOSALS.c.proposed_at, PROPOSALS.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_proposal(row) for row in connection.execute(query).mappings()]

    def add(
        self, proposal: Proposal, recipients: Sequence[str], now: datetime
    ) -> Proposal | Refusal:
        """Store it, with a message to each of `recipients`. A form that is sent twice proposes
        once, what was in it last."""
        with self._outbox.write() as connection:
            require_workspace(connection, proposal.team_id)
            if _count_open(connection, proposal) >= MOST_OPEN:
                return Refusal.TOO_MANY
            row = proposal_row(proposal)
            query = (
                self._database.insert(PROPOSALS)
                .values(row)
                .on_conflict_do_update(
                    index_elements=[PROPOSALS.c.id],
                    set_={"draft": row["draft"]},
                    where=PROPOSALS.c.state == ProposalState.OPEN,
                )
            )
            connection.execute(query)
            new = self._outbox.add(connection, build_proposed(proposal, recipients, now))
            if recipients and not new:
                posts = self._outbox.list_of(connection, proposal.team_id, FEATURE, proposal.id)
                self._ask_updates(connection, posts, now)
        return proposal

    def announce(self, team_id: str, recipients: Sequence[str], now: datetime) -> None:
        """Tell `recipients` of what is open; whoever was told stays told once."""
        found = self.list_open(team_id, ANNOUNCED)
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            for proposal in found:
                self._outbox.add(connection, build_proposed(proposal, recipients, now))

    def publish(
        self,
        team_id: str,
        proposal_id: str,
        by: str,
        now: datetime,
        *,
        draft: Draft | None = None,
        based_on: int | None = None,
        owner: str = "",
        review_by: date | None = None,
    ) -> TeamEntry | Refusal:
        """Make an entry of it, or the next version of one. `draft`: as the curator edited it, on
        the version `based_on`."""
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            found = _lock(connection, team_id, proposal_id)
            if found is None:
                return Refusal.GONE
            is_mine = found.state is ProposalState.PUBLISHED and found.decided_by == by
            if found.state is not ProposalState.OPEN and not is_mine:
                return Refusal.DECIDED
            final = draft or found.draft
            change = Change(
                team_id=team_id,
                entry_id=found.entry_id or new_entry_id(proposal_id),
                draft=final,
                author=found.proposer,
                by=by,
                based_on=found.based_on if based_on is None else based_on,
                owner=owner,
                review_by=review_by,
                note="" if final == found.draft or is_mine else Note.EDITED,
            )
            made = prepare(connection, change, now)
            if not isinstance(made, Prepared):
                return made
            after = replace(
                found,
                draft=final,
                state=ProposalState.PUBLISHED,
                decided_by=by,
                entry_id=change.entry_id,
                based_on=change.based_on,
            )
            self._decide(connection, after, now)
            saved = save(connection, self._database, made)
            count_change(self._database, connection, "entries")
            return saved

    def decline(
        self, team_id: str, proposal_id: str, by: str, reason: str, now: datetime
    ) -> Proposal | Refusal:
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            found = _lock(connection, team_id, proposal_id)
            if found is None:
                return Refusal.GONE
            if found.state is not ProposalState.OPEN:
                same = (found.state, found.decided_by) == (ProposalState.DECLINED, by)
                return found if same else Refusal.DECIDED
            after = replace(found, state=ProposalState.DECLINED, decided_by=by, reason=reason)
            self._decide(connection, after, now)
        return after

    def note_posted(self, connection: Connection, message: OutboundMessage, now: datetime) -> None:
        """A proposal that was decided while its message was on its way: the message is updated."""
        found = _lock(connection, message.team_id, message.subject)
        if found is not None and found.state is not ProposalState.OPEN:
            self._ask_updates(connection, [message], now)

    def note_unreached(
        self, connection: Connection, message: OutboundMessage, now: datetime
    ) -> None:
        """The curators' channel takes no message: whoever proposed is told."""
        found = _lock(connection, message.team_id, message.subject)
        if found is not None and found.state is ProposalState.OPEN:
            self._outbox.add(connection, [build_unreached(found, now)])

    def _decide(self, connection: Connection, after: Proposal, now: datetime) -> None:
        query = update(PROPOSALS).where(PROPOSALS.c.id == after.id)
        connection.execute(query.values(**proposal_row(after)))
        if after.proposer != after.decided_by:
            self._outbox.add(connection, [build_told(after, now)])
        posts = self._outbox.list_of(connection, after.team_id, FEATURE, after.id)
        self._ask_updates(connection, posts, now)

    def _ask_updates(
        self, connection: Connection, posts: Sequence[OutboundMessage], now: datetime
    ) -> None:
        """Have those updated that stand in a channel."""
        for message in build_updates(posts, now):
            self._outbox.ask_update(connection, message, now)


def new_entry_id(form_id: str) -> str:
    """One form, one entry."""
    return f"team-{form_id[:16]}"


def _lock(connection: Connection, team_id: str, proposal_id: str) -> Proposal | None:
    query = select(PROPOSALS).where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.id == proposal_id)
    row = connection.execute(query.with_for_update()).mappings().first()
    return to_proposal(row) if row else None


def _count_open(connection: Connection, proposal: Proposal) -> int:
    """How many other proposals of the same person are open."""
    query = (
        select(func.count())
        .select_from(PROPOSALS)
        .where(
            PROPOSALS.c.team_id == proposal.team_id,
            PROPOSALS.c.proposer == proposal.proposer,
            PROPOSALS.c.state == ProposalState.OPEN,
            PROPOSALS.c.id != proposal.id,
        )
    )
    return int(connection.scalar(query) or 0)

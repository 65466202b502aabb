"""The team's entries as a customer of the outbox: proposals to curators, what became of them to
who proposed, and whether an entry is still right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.entries import words
from bot.entries.blocks import build_asked, build_proposal, build_told
from bot.entries.models import Draft, EntryState, Note, Proposal, ProposalState
from bot.entries.posts import FEATURE, PostKind, is_person, kind_of
from bot.entries.repository.entries import EntryRepository
from bot.entries.repository.proposals import ProposalRepository
from bot.handbook.models import Handbook
from bot.i18n import Lang, Text
from bot.outbox.models import Kind, OutboundMessage, Rendered
from bot.outbox.outcomes import Effect
from bot.slack.blocks import Reply, clip
from bot.slack.mrkdwn import literal
from bot.slack.notes import build_note
from bot.slack.words import COMMAND

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

LangOf = Callable[[str, str], Lang]  # of (team_id, user_id)


class EntryMessages:
    name = FEATURE
    noun = "message about an entry"
    event_type = "team_entry"

    def __init__(
        self,
        entries: EntryRepository,
        proposals: ProposalRepository,
        find_handbook: Callable[[], Handbook],
        lang_of: LangOf,
        lang_of_team: Callable[[str], Lang],
    ) -> None:
        self._entries = entries
        self._proposals = proposals
        self._find_handbook = find_handbook
        self._lang_of = lang_of
        self._lang_of_team = lang_of_team

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        """The message as the proposal or the entry stands now."""
        kind, lang = kind_of(message), self._lang(message)
        if kind in (PostKind.ASKED, PostKind.ASKED_CURATORS):
            return self._render_asked(message, kind, lang)
        proposal = self._proposals.find(message.team_id, message.subject)
        if proposal is None:
            return None
        is_open = proposal.state is ProposalState.OPEN
        if message.kind is Kind.UPDATE:
            content = self._build_proposal(proposal, lang).as_message()
            return Rendered(content, ts=str(message.data["ts"]))
        if kind is PostKind.PROPOSED:
            return _rendered(self._build_proposal(proposal, lang)) if is_open else None
        if kind is PostKind.UNREACHED:
            title = literal(clip(proposal.draft.title.get(lang), 100))
            said = words.TOLD_UNREACHED.get(lang).format(title=title, command=COMMAND)
            return _rendered(build_note(said)) if is_open else None
        return None if is_open else self._render_told(proposal, lang)

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        if message.kind is Kind.UPDATE:
            return
        kind = kind_of(message)
        if kind is PostKind.PROPOSED and effect is Effect.POSTED:
            self._proposals.note_posted(connection, message, now)
        elif effect is Effect.CHANNEL_GONE and kind is PostKind.PROPOSED:
            if not is_person(message.channel_id):
                self._proposals.note_unreached(connection, message, now)
        elif effect is Effect.CHANNEL_GONE and kind is PostKind.ASKED:
            self._entries.pass_to_curators(connection, message.team_id, message.subject, now)

    def describe(self, message: OutboundMessage) -> str:
        return f"about={message.subject} what={kind_of(message)}"

    def _lang(self, message: OutboundMessage) -> Lang:
        if is_person(message.channel_id):
            return self._lang_of(message.team_id, message.channel_id)
        return self._lang_of_team(message.team_id)

    def _render_asked(
        self, message: OutboundMessage, kind: PostKind, lang: Lang
    ) -> Rendered | None:
        """The question to an entry's owner; None once the day that it asks about was answered."""
        entry = self._entries.find(message.team_id, message.subject)
        if entry is None or entry.state is not EntryState.PUBLISHED or entry.review_by is None:
            return None
        day = str(message.data["day"])
        if entry.review_by.isoformat() != day:
            return None
        to_curators = kind is PostKind.ASKED_CURATORS
        return _rendered(build_asked(entry, day, lang, to_curators=to_curators))

    def _render_told(self, proposal: Proposal, lang: Lang) -> Rendered:
        team_id, entry_id = proposal.team_id, proposal.entry_id
        entry = self._entries.find(team_id, entry_id)
        version = self._entries.find_version(team_id, entry_id, proposal.based_on + 1)
        is_edited = version is not None and version.note == Note.EDITED
        return _rendered(build_told(proposal, entry, lang, is_edited=is_edited))

    def _build_proposal(self, proposal: Proposal, lang: Lang) -> Reply:
        before, is_outdated = self._find_base(proposal)
        return build_proposal(
            proposal, before, lang, replaced=self._find_replaced(proposal), is_outdated=is_outdated
        )

    def _find_base(self, proposal: Proposal) -> tuple[Draft | None, bool]:
        """What a change was written on, and whether the entry has been changed since."""
        if not proposal.based_on:
            return None, False
        team_id, entry_id = proposal.team_id, proposal.entry_id
        version = self._entries.find_version(team_id, entry_id, proposal.based_on)
        entry = self._entries.find(team_id, entry_id)
        is_outdated = entry is not None and entry.version != proposal.based_on
        return (version.draft if version else None), is_outdated

    def _find_replaced(self, proposal: Proposal) -> Text | None:
        entry = self._find_handbook().entries.get(proposal.draft.replaces)
        return entry.title if entry else None


def _rendered(reply: Reply) -> Rendered:
    return Rendered(reply.as_message())

"""Questions, what askers are told, names offered, and digests as customers of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.i18n import Text
from bot.insights.blocks import build_name_offer, build_question, build_told
from bot.insights.models import QuestionState
from bot.insights.posts import ASKERS, DIGESTS, NAMES, QUESTIONS
from bot.insights.repository.digests import DigestRepository
from bot.insights.services import InsightServices
from bot.insights.stats_view import DigestFacts, build_digest
from bot.outbox.models import Kind, OutboundMessage, Rendered, State
from bot.outbox.outcomes import Effect

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

UNDER_WAY = (State.WAITING, State.CLAIMED)


class QuestionMessages:
    """In the curators' channel."""

    name = QUESTIONS
    noun = "question to the team"
    event_type = "team_question"

    def __init__(self, services: InsightServices) -> None:
        self._services = services

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        services = self._services
        question = services.questions.find(message.team_id, message.subject)
        if question is None:
            return None
        is_update = message.kind is Kind.UPDATE
        if not is_update and question.state is not QuestionState.OPEN:
            return None
        ts = services.questions.find_posted(message) if is_update else ""
        if is_update and not ts:
            return None
        entries = services.find_library(message.team_id).handbook.entries
        reply = build_question(
            question, entries.get(question.entry_id), services.lang_of(message.team_id),
            can_answer=services.open_answer is not None,
        )  # fmt: skip
        return Rendered(reply.as_message(), ts=ts)

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        if message.kind is Kind.POST and message.state is State.SENT:
            self._services.questions.note_posted(connection, message, now)

    def describe(self, message: OutboundMessage) -> str:
        return f"question={message.subject}"


class AskerMessages:
    """To whoever asked. Only the row of `askers` that the message's token names says who that is;
    it goes with the delivery."""

    name = ASKERS
    noun = "answer to an asker"
    event_type = "team_answer"

    def __init__(self, services: InsightServices) -> None:
        self._services = services

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        services = self._services
        asker = services.questions.find_asker(message.team_id, message.subject)
        if asker is None:
            return None
        question = services.questions.find(message.team_id, asker.question_id)
        if question is None:
            return None
        entries = services.find_library(message.team_id).handbook.entries
        reply = build_told(question, entries.get(question.entry_id), asker.lang)
        return Rendered(reply.as_message(), channel_id=asker.user_id)

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        to_look_up = message.state is State.UNCONFIRMED and message.next_at is not None
        if message.state not in UNDER_WAY and not to_look_up:
            self._services.questions.forget_asker(connection, message.team_id, message.subject)

    def describe(self, message: OutboundMessage) -> str:
        return "what=answer"


class NameMessages:
    """A name that curators may give to an entry."""

    name = NAMES
    noun = "name of an entry"
    event_type = "team_name"

    def __init__(self, services: InsightServices) -> None:
        self._services = services

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        entries = self._services.find_library(message.team_id).handbook.entries
        entry = entries.get(str(message.data["entry_id"]))
        if entry is None:
            return None
        lang = self._services.lang_of(message.team_id)
        reply = build_name_offer(str(message.data["name"]), entry, lang)
        return Rendered(reply.as_message())

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """Nothing is kept of it."""

    def describe(self, message: OutboundMessage) -> str:
        return f"entry={message.subject}"


class DigestMessages:
    """Weekly or monthly, in the curators' channel."""

    name = DIGESTS
    noun = "digest"
    event_type = "team_digest"

    def __init__(self, services: InsightServices) -> None:
        self._services = services

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        services, team_id = self._services, message.team_id
        if not services.settings.get(team_id).curators_channel:
            return None
        days = int(message.data["days"])
        reply = build_digest(self._collect(team_id, now, days), services.lang_of(team_id))
        return Rendered(reply.as_message())

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """Nothing is kept of it."""

    def describe(self, message: OutboundMessage) -> str:
        return f"day={message.key}"

    def _collect(self, team_id: str, now: datetime, days: int) -> DigestFacts:
        services = self._services
        figures, sources = services.figures, services.figures.sources
        entries = services.find_library(team_id).handbook.entries
        most = figures.list_most(team_id, now, days)
        reasons = sources.list_reasons(team_id, now - timedelta(days=days))
        unhelpful = [
            (entries[entry_id].title if entry_id in entries else Text(entry_id, entry_id), why)
            for entry_id, why in sorted(reasons.items(), key=lambda pair: -sum(pair[1].values()))
        ]
        return DigestFacts(
            period=figures.period(team_id, now, days),
            questions=services.questions.list_open(team_id, 5),
            open_count=services.questions.count_open(team_id),
            unhelpful=unhelpful,
            due=sources.list_due(team_id, now),
            most=[(entries[name], number) for name, number in most if name in entries],
            reason_names=sources.reason_names,
        )


@dataclass(frozen=True, slots=True)
class DigestPlanner:
    digests: DigestRepository

    def next_moment(self) -> datetime | None:
        return self.digests.next_moment()

    def enqueue_due(self, now: datetime) -> bool:
        return self.digests.enqueue_due(now)

"""The composition of what the bot sends by itself: features, outbox, Slack and the clock -> a
worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.answers.interrupted import Interrupted
from bot.checklists.in_tips import find_progress
from bot.checklists.messages import ChecklistMessages, LangOf, SeriesPlanner
from bot.entries.messages import EntryMessages
from bot.entries.repository.due import DueReviews
from bot.handbook.models import Handbook
from bot.i18n import Lang
from bot.insights.messages import (
    AskerMessages,
    DigestMessages,
    DigestPlanner,
    NameMessages,
    QuestionMessages,
)
from bot.insights.services import InsightServices
from bot.outbox.calls import Note
from bot.outbox.dispatcher import THREADS, Dispatcher
from bot.outbox.ports import Customer, Now, Planner, Sender
from bot.outbox.sender import SlackSender
from bot.outbox.worker import Worker
from bot.settings import Settings
from bot.storage import Storage
from bot.tips.messages import (
    EndNotices,
    TipMessages,
    TipPlanner,
    build_end_notice,
    build_tip_with,
)
from bot.tips.models import Subscription
from bot.tips.planning import Planned, build_plan
from bot.tips.rotation import Pool


@dataclass(frozen=True, slots=True)
class Clientele:
    """Whose messages a worker sends, and what enqueues them when their time comes."""

    customers: tuple[Customer, ...]
    planners: tuple[Planner, ...] = ()

    def __add__(self, other: Clientele) -> Clientele:
        return Clientele(self.customers + other.customers, self.planners + other.planners)


def weekly_tips(
    storage: Storage, find_handbook: Callable[[], Handbook], find_pool: Callable[[], Pool]
) -> Clientele:
    """Each tip is planned and sent from the handbook as it is at that moment."""
    find = partial(find_progress, storage.runs)
    tips = TipMessages(
        storage.subscriptions,
        lambda delivery, now: build_tip_with(find_handbook(), find)(delivery, now),
    )

    def plan(sub: Subscription, now: datetime) -> Planned:
        return build_plan(find_pool())(sub, now)

    notices = EndNotices(storage.subscriptions, build_end_notice)
    return Clientele((tips, notices), (TipPlanner(storage.due_tips, plan, tips),))


def running_checklists(storage: Storage, lang_of: LangOf) -> Clientele:
    messages = ChecklistMessages(storage.runs, storage.mutes, lang_of)
    return Clientele((messages,), (SeriesPlanner(storage.series),))


def interrupted() -> Clientele:
    """Messages to people who asked for something that may not have been done."""
    return Clientele((Interrupted(),))


def team_questions(services: InsightServices, storage: Storage) -> Clientele:
    customers = (
        QuestionMessages(services),
        AskerMessages(services),
        NameMessages(services),
        DigestMessages(services),
    )
    return Clientele(customers, (DigestPlanner(storage.digests),))


def team_entries(
    storage: Storage,
    find_handbook: Callable[[], Handbook],
    find_curators: Callable[[str], Sequence[str]],
    lang_of: LangOf,
    lang_of_team: Callable[[str], Lang],
) -> Clientele:
    """`find_curators`: where proposals of a workspace go, a channel or people."""
    messages = EntryMessages(
        storage.entries, storage.proposals, find_handbook, lang_of, lang_of_team
    )
    reviews = DueReviews(storage.database, storage.outbox, find_curators)
    return Clientele((messages,), (reviews,))


def build_worker(
    storage: Storage,
    clientele: Clientele,
    sender: Sender,
    now: Now,
    threads: int = THREADS,
) -> Worker:
    """Whoever adds to the outbox of `storage` nudges it."""
    outbox, workspaces = storage.outbox, storage.workspaces
    dispatcher = Dispatcher(outbox, workspaces, sender, clientele.customers, now, threads)
    worker = Worker(outbox, workspaces, sender, dispatcher, clientele.planners, now)
    outbox.on_added = worker.nudge
    return worker


def build_sender(
    settings: Settings,
    token_of: Callable[[str], str],
    note: Note = lambda method, effect: None,
) -> SlackSender:
    """`token_of` gives a workspace's token, "" where the app is not installed; `note` hears of each
    call."""
    return SlackSender(token_of, settings.slack_api_url, note=note)

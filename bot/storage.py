"""All repositories over one database, opened once by whoever composes the program."""

from __future__ import annotations

from dataclasses import dataclass

from bot.admin.repository.settings import SettingsRepository
from bot.answers.repository import (
    FeedbackRepository,
    LookupRepository,
    PreferenceRepository,
    WelcomedRepository,
)
from bot.checklists.repository.mutes import MuteRepository
from bot.checklists.repository.runs import RunRepository
from bot.checklists.repository.series import SeriesRepository
from bot.database.engine import Database
from bot.database.handled import HandledRepository
from bot.database.installations import InstallationRepository, StateRepository
from bot.database.people import People
from bot.database.suspension import Suspension
from bot.database.workspaces import WorkspaceRepository
from bot.entries.repository.entries import EntryRepository
from bot.entries.repository.importing import ImportRepository
from bot.entries.repository.proposals import ProposalRepository
from bot.entries.repository.reading import EntryReader
from bot.insights.repository.counts import CountRepository
from bot.insights.repository.digests import DigestRepository
from bot.insights.repository.names import NameRepository
from bot.insights.repository.questions import QuestionRepository
from bot.outbox.models import Pace
from bot.outbox.queue import DEFAULT_PACE
from bot.outbox.repository import Outbox
from bot.tips.repository.deliveries import DeliveryRepository
from bot.tips.repository.due import DueTips
from bot.tips.repository.subscriptions import SubscriptionRepository


@dataclass(frozen=True, slots=True)
class Storage:
    database: Database
    outbox: Outbox
    workspaces: WorkspaceRepository
    installations: InstallationRepository
    states: StateRepository
    suspension: Suspension
    people: People
    handled: HandledRepository
    subscriptions: SubscriptionRepository
    deliveries: DeliveryRepository
    due_tips: DueTips
    preferences: PreferenceRepository
    lookups: LookupRepository
    feedback: FeedbackRepository
    welcomed: WelcomedRepository
    runs: RunRepository
    series: SeriesRepository
    mutes: MuteRepository
    settings: SettingsRepository
    entry_reader: EntryReader
    imports: ImportRepository
    questions: QuestionRepository
    counts: CountRepository
    names: NameRepository
    digests: DigestRepository
    entries: EntryRepository
    proposals: ProposalRepository

    def close(self) -> None:
        self.database.close()


def open_storage(url: str, pace: Pace = DEFAULT_PACE) -> Storage:
    """Connect to the database at `url` and bring its tables up to date. Raises StorageError."""
    database = Database.open(url)
    outbox = Outbox(database, pace)
    workspaces = WorkspaceRepository(database)
    runs = RunRepository(database, outbox)
    return Storage(
        database=database,
        outbox=outbox,
        workspaces=workspaces,
        installations=InstallationRepository(database, workspaces),
        states=StateRepository(database),
        suspension=Suspension(database, workspaces),
        people=People(database),
        handled=HandledRepository(database),
        subscriptions=SubscriptionRepository(database, outbox),
        deliveries=DeliveryRepository(outbox),
        due_tips=DueTips(database, outbox),
        preferences=PreferenceRepository(database),
        lookups=LookupRepository(database),
        feedback=FeedbackRepository(database),
        welcomed=WelcomedRepository(database),
        runs=runs,
        series=SeriesRepository(database, outbox, runs),
        mutes=MuteRepository(database),
        settings=SettingsRepository(database),
        entry_reader=EntryReader(database),
        imports=ImportRepository(database),
        questions=QuestionRepository(database, outbox),
        counts=CountRepository(database),
        names=NameRepository(database, outbox),
        digests=DigestRepository(database, outbox),
        entries=EntryRepository(database),
        proposals=ProposalRepository(database, outbox),
    )

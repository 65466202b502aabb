"""All repositories over one database, opened once by whoever composes the program."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.repository import FeedbackRepository, LookupRepository, PreferenceRepository
from bot.checklists.repository.mutes import MuteRepository
from bot.checklists.repository.post_queue import RunPostQueue
from bot.checklists.repository.refreshes import RefreshRepository
from bot.checklists.repository.runs import RunRepository
from bot.database.engine import Database
from bot.database.workspaces import WorkspaceRepository
from bot.tips.ports import Store
from bot.tips.repository.claiming import Pace
from bot.tips.repository.deliveries import DeliveryRepository
from bot.tips.repository.queue import QueueRepository
from bot.tips.repository.subscriptions import SubscriptionRepository


@dataclass(frozen=True, slots=True)
class Storage:
    database: Database
    workspaces: WorkspaceRepository
    subscriptions: SubscriptionRepository
    deliveries: DeliveryRepository
    queue: QueueRepository
    preferences: PreferenceRepository
    lookups: LookupRepository
    feedback: FeedbackRepository
    runs: RunRepository
    run_posts: RunPostQueue
    refreshes: RefreshRepository
    mutes: MuteRepository

    @property
    def for_tips(self) -> Store:
        """What the courier of weekly tips works with."""
        return Store(self.queue, self.deliveries, self.subscriptions, self.workspaces)

    @property
    def for_runs(self) -> Store:
        """What the courier of running checklists works with."""
        posts = self.run_posts
        return Store(posts, posts, posts, self.workspaces)

    def close(self) -> None:
        self.database.close()


def open_storage(url: str, pace: Pace | None = None) -> Storage:
    """Connect to the database at `url` and bring its tables up to date. Raises StorageError."""
    database = Database.open(url)
    runs = RunRepository(database)
    return Storage(
        database=database,
        workspaces=WorkspaceRepository(database),
        subscriptions=SubscriptionRepository(database),
        deliveries=DeliveryRepository(database),
        queue=QueueRepository(database, pace or Pace()),
        preferences=PreferenceRepository(database),
        lookups=LookupRepository(database),
        feedback=FeedbackRepository(database),
        runs=runs,
        run_posts=RunPostQueue(database, runs, pace or Pace()),
        refreshes=RefreshRepository(database),
        mutes=MuteRepository(database),
    )

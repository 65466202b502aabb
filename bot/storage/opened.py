"""All repositories over one database, opened once by whoever composes the program."""

from __future__ import annotations

from dataclasses import dataclass

from bot.storage.claiming import Pace
from bot.storage.database import Database
from bot.storage.deliveries import DeliveryRepository
from bot.storage.mutes import MuteRepository
from bot.storage.people import FeedbackRepository, LookupRepository, PreferenceRepository
from bot.storage.queue import QueueRepository
from bot.storage.refreshes import RefreshRepository
from bot.storage.run_queue import RunPostQueue
from bot.storage.runs import RunRepository
from bot.storage.subscriptions import SubscriptionRepository
from bot.storage.workspaces import WorkspaceRepository
from bot.tips.ports import Store


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

"""What the listeners of weekly tips work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.database.workspaces import WorkspaceRepository
from bot.handbook.models import Handbook
from bot.slack.edge import Edge
from bot.tips.models import FindProgress
from bot.tips.repository.deliveries import DeliveryRepository
from bot.tips.repository.subscriptions import SubscriptionRepository
from bot.tips.rotation import Pool


@dataclass(frozen=True, slots=True)
class TipServices:
    edge: Edge
    find_handbook: Callable[[], Handbook]  # the current one
    find_pool: Callable[[], Pool]  # its tips
    subscriptions: SubscriptionRepository
    deliveries: DeliveryRepository
    workspaces: WorkspaceRepository
    find_progress: FindProgress

    @property
    def handbook(self) -> Handbook:
        return self.find_handbook()

    @property
    def pool(self) -> Pool:
        return self.find_pool()

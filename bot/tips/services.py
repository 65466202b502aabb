"""What the listeners of weekly tips work with, built once by bot/app.py."""

from __future__ import annotations

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
    handbook: Handbook
    pool: Pool
    subscriptions: SubscriptionRepository
    deliveries: DeliveryRepository
    workspaces: WorkspaceRepository
    find_progress: FindProgress

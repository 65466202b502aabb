"""What is told of the bot's state: figures for Prometheus, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.handbook import Content, Handbook
from bot.monitoring.contact import SlackContact
from bot.monitoring.readiness import ContentState, Readiness
from bot.outbox.worker import Worker
from bot.search.library import Library
from bot.settings import Settings, SettingsError
from bot.storage import Storage

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics  # its library is an extra


def open_metrics(settings: Settings) -> Metrics | None:
    """None where METRICS is off. Raises SettingsError."""
    if not settings.metrics:
        return None
    try:
        from bot.monitoring.metrics import Metrics
    except ModuleNotFoundError as error:
        raise SettingsError(
            "METRICS is on and needs the extra [metrics]: pip install prometheus-client"
        ) from error
    return Metrics()


def build_readiness(
    settings: Settings,
    storage: Storage,
    content: Content[Library],
    find_handbook: Callable[[], Handbook],
    contact: SlackContact,
    worker: Worker,
    metrics: Metrics | None,
) -> Readiness:
    """It hears of each reading of the content; the figures show what it knows."""
    readiness = Readiness(
        ping=storage.database.ping,
        last_round=lambda: worker.last_round,
        contact=contact,
        content=ContentState(settings.content_dir, lambda: len(find_handbook().entries)),
    )
    content.listeners.append(readiness.content.learn)
    if metrics:
        metrics.watch(worker.backlog, readiness.content)
    return readiness

"""The worker that sends what is due, of all features, and what hears of its calls to Slack."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.entries.services import recipients_of
from bot.handbook import Handbook
from bot.monitoring.contact import SlackContact
from bot.outbox.outcomes import Effect
from bot.outbox.worker import Worker
from bot.sending import (
    Clientele,
    build_sender,
    build_worker,
    interrupted,
    running_checklists,
    team_entries,
    team_questions,
    weekly_tips,
)
from bot.settings import Settings
from bot.slack.edge import Edge
from bot.slack.languages import build_language_query
from bot.storage import Storage
from bot.tips.rotation import Pool
from bot.wiring.team import Team

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics  # its library is an extra


def wire_worker(
    settings: Settings,
    storage: Storage,
    edge: Edge,
    clientele: Clientele,
    metrics: Metrics | None,
) -> tuple[SlackContact, Worker]:
    """With what says when Slack was last heard of."""
    contact = SlackContact(lambda: sender.slack_time())

    def note(method: str, effect: Effect) -> None:
        contact.note(method, effect)
        if metrics:
            metrics.called(method, effect)

    sender = build_sender(settings, edge.workspaces.token, note)
    worker = build_worker(storage, clientele, sender, edge.clock)
    if metrics:
        worker.on_saved(metrics.delivered)
    return contact, worker


def gather_clientele(
    settings: Settings,
    storage: Storage,
    edge: Edge,
    team: Team,
    find_handbook: Callable[[], Handbook],
    find_pool: Callable[[], Pool],
) -> Clientele:
    """Whoever sends messages by itself."""
    lang_of = build_language_query(settings, edge.workspaces.token, edge.languages)
    own = team_entries(
        storage,
        find_handbook,
        lambda team_id: recipients_of(team.settings.get(team_id)),
        lang_of,
        edge.languages.default_of,
    )
    return (
        weekly_tips(storage, find_handbook, find_pool)
        + own
        + team_questions(team.insights, storage)
        + running_checklists(storage, lang_of)
        + interrupted()
    )

"""What the listeners of all features share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.answers.interrupted import Promises
from bot.settings import Settings
from bot.slack.background import Background
from bot.slack.edge import Edge
from bot.slack.handled import Handled
from bot.slack.languages import Languages
from bot.slack.observer import Observer
from bot.slack.workspaces import Workspaces
from bot.storage import Storage


def build_edge(
    settings: Settings,
    workspaces: Workspaces,
    storage: Storage,
    clock: Callable[[], datetime],
    observer: Observer | None,
) -> Edge:
    languages = Languages(settings.default_lang)
    return Edge(
        languages=languages,
        handled=Handled(storage.handled, clock),
        background=Background(),
        clock=clock,
        workspaces=workspaces,
        promise=Promises(storage.outbox, languages, clock).make,
        observer=observer,
    )

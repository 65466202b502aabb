"""What listeners work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.answers.bodies import CommandBodies
from bot.answers.dialogue import Reader
from bot.answers.lookups import Lookups
from bot.i18n import Lang
from bot.outbox.worker import Worker
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.background import Background
from bot.slack.languages import Languages
from bot.slack.recent import RecentKeys
from bot.storage import Storage
from bot.tips.rotation import Pool


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    library: Library
    languages: Languages
    background: Background
    seen_events: RecentKeys
    shared: RecentKeys
    clock: Callable[[], datetime]
    bodies: CommandBodies
    storage: Storage
    lookups: Lookups
    pool: Pool  # of weekly tips
    worker: Worker  # of the outbox
    bot_user_id: str
    bot_name: str
    workspace_url: str

    def reader(self, lang: Lang) -> Reader:
        """For whom an answer of now is written."""
        return Reader(lang, self.clock().date())

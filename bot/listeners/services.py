"""What listeners work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.answers import Reader
from bot.dialogue.library import Library
from bot.handbook.models import Lang
from bot.listeners.background import Background
from bot.listeners.bodies import CommandBodies
from bot.listeners.languages import Languages
from bot.listeners.lookups import Lookups
from bot.listeners.recent import RecentKeys
from bot.running import RunningChecklists
from bot.settings import Settings
from bot.storage.opened import Storage
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
    running: RunningChecklists
    bot_user_id: str
    bot_name: str
    workspace_url: str

    def reader(self, lang: Lang) -> Reader:
        """For whom an answer of now is written."""
        return Reader(lang, self.clock().date())

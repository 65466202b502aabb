"""What listeners work with, built once by bot/app.py."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.answers import Library
from bot.listeners.background import Background
from bot.listeners.languages import Languages
from bot.listeners.recent import RecentKeys
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    library: Library
    languages: Languages
    background: Background
    seen_events: RecentKeys
    shared: RecentKeys

"""What a workspace has of its own: settings, entries, questions, counts. Each of these needs the
others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.admin.listeners.settings import SettingsServices
from bot.admin.models import WorkspaceSettings
from bot.admin.services import Roles, SettingsInMemory
from bot.entries.library import TeamLibraries
from bot.entries.readers import Readers
from bot.entries.services import EntryServices
from bot.handbook import Content, Handbook
from bot.insights.counting import Counts
from bot.insights.services import InsightServices
from bot.search.library import Library
from bot.slack.edge import Edge
from bot.storage import Storage
from bot.wiring.entries import build_entries
from bot.wiring.insights import build_insights


@dataclass(frozen=True, slots=True)
class Team:
    """For all workspaces; `libraries` is the handbook for those that have no entries."""

    roles: Roles
    libraries: TeamLibraries
    counts: Counts
    insights: InsightServices
    entries: EntryServices

    @property
    def settings(self) -> SettingsInMemory:
        return self.roles.settings

    def build_settings(self) -> SettingsServices:
        """What the settings' form works with; what is open follows the curators."""
        heard = (self.insights.on_settings, self.entries.on_settings)

        def tell(team_id: str, before: WorkspaceSettings, after: WorkspaceSettings) -> None:
            for hear in heard:
                hear(team_id, before, after)

        return SettingsServices(self.settings, self.roles, tell)


def build_team(
    storage: Storage,
    edge: Edge,
    content: Content[Library],
    find_handbook: Callable[[], Handbook],
) -> Team:
    """Reads from the database what has to be in memory. Raises StorageError."""
    settings = SettingsInMemory(storage.settings, edge.languages, edge.clock)
    settings.refresh()
    roles = Roles(edge, settings)
    libraries = TeamLibraries(storage.entry_reader, lambda: content.current, Readers(roles))
    libraries.refresh()
    insights = build_insights(storage, edge, roles, libraries.of, lambda: entries)
    entries = build_entries(storage, edge, roles, libraries, find_handbook, insights.on_published)
    return Team(roles, libraries, Counts(storage.counts, edge.clock), insights, entries)

"""Settings and roles as features ask for them: from memory, on an answer's way too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from bot.admin.models import DEFAULTS, WorkspaceSettings
from bot.admin.repository.settings import Edit, SettingsRepository
from bot.admin.rights import Act, Role, may
from bot.slack.edge import Edge
from bot.slack.languages import Languages
from bot.slack.people import Standing
from bot.slack.request import Request


class SettingsInMemory:
    """The settings of all workspaces as the database had them a second ago. Thread-safe."""

    def __init__(
        self, repository: SettingsRepository, languages: Languages, clock: Callable[[], datetime]
    ) -> None:
        self._repository = repository
        self._languages = languages
        self._clock = clock
        self._change = -1  # the last change of any workspace that is here
        self._numbers: dict[str, int] = {}
        self._settings: dict[str, WorkspaceSettings] = {}
        self._lock = Lock()

    def get(self, team_id: str) -> WorkspaceSettings:
        """No query is made."""
        return self._settings.get(team_id, DEFAULTS)

    def read(self, team_id: str) -> WorkspaceSettings:
        """The settings as the database has them, not the copy in memory. Raises StorageError."""
        return self._repository.get(team_id)

    def change(self, team_id: str, edit: Edit) -> WorkspaceSettings:
        """Store what `edit` makes of them, and have it here at once. Raises StorageError: nothing
        changed."""
        after = self._repository.change(team_id, edit, self._clock())
        self.refresh()
        return after

    def refresh(self) -> None:
        """Fetch what was changed since, at this process or another one. Raises StorageError."""
        with self._lock:
            change = self._repository.last_change()
            if change == self._change:
                return
            self._numbers, changed = self._repository.list_changes(self._numbers)
            kept = {t: s for t, s in self._settings.items() if t in self._numbers}
            if changed or len(kept) != len(self._settings):
                self._settings = kept | changed
                self._languages.replace_defaults(
                    {t: s.default_lang for t, s in self._settings.items() if s.default_lang}
                )
            self._change = change


@dataclass(frozen=True, slots=True)
class Roles:
    """What people may do. Whose status is not known is a guest."""

    edge: Edge
    settings: SettingsInMemory

    def role_of(self, request: Request) -> Role:
        """From memory: no call, no query."""
        standing = self.edge.people.of(request.team_id, request.user_id)
        if standing is Standing.MEMBER:
            is_curator = request.user_id in self.settings.get(request.team_id).curators
            return Role.CURATOR if is_curator else Role.MEMBER
        return Role(standing) if standing else Role.GUEST

    def is_known(self, request: Request) -> bool:
        """Whether `role_of` is what Slack says, not for want of better."""
        return self.edge.people.of(request.team_id, request.user_id) is not None

    def look_up(self, request: Request) -> None:
        """Ask Slack for what is not in memory; for work after the ack."""
        if not self.edge.people.is_known(request.team_id, request.user_id):
            self.edge.look_up_language(request)

    def ask(self, request: Request) -> Role:
        """The role, asked of Slack where it is not in memory: for presses and forms."""
        self.look_up(request)
        return self.role_of(request)

    def may(self, request: Request, act: Act) -> bool:
        """From memory, with what the workspace lets guests do."""
        guests = self.settings.get(request.team_id).guests
        return may(self.role_of(request), act, guests=guests)

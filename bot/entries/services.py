"""What the listeners of the team's entries work with, built once by bot/wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.admin.models import WorkspaceSettings
from bot.admin.rights import Act
from bot.entries.models import Refusal, TeamEntry
from bot.entries.repository.entries import EntryRepository
from bot.entries.repository.importing import ImportRepository
from bot.entries.repository.proposals import ProposalRepository
from bot.entries.repository.reading import EntryReader
from bot.handbook.models import Handbook
from bot.i18n import Lang, Text
from bot.search.library import Library
from bot.slack.edge import Edge
from bot.slack.feature import do_nothing
from bot.slack.request import Request

TEAM_PREFIX = "team-"  # of the ids of the workspace's own entries
MOST_CURATORS = 5  # are written to directly, where there is no channel


@dataclass(frozen=True, slots=True)
class RunCopy:
    """A running checklist as the start of an entry. `checklist_id`: what it was started from."""

    title: Text
    items: tuple[Text, ...]
    checklist_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryServices:
    """`find_library`: what the person may see; `find_handbook`: the handbook without the team's
    entries. `find_refusal`: why they may not do something, as
    mrkdwn, asked of Slack if need be; "" if they may. `on_published` hears of (team_id, entry_id,
    question id, who published), before the ack, perhaps twice. `refresh` has this process find what
    was just published; others do within a second."""

    edge: Edge
    entries: EntryRepository
    proposals: ProposalRepository
    find_library: Callable[[Request], Library]
    find_handbook: Callable[[], Handbook]
    find_settings: Callable[[str], WorkspaceSettings]
    find_refusal: Callable[[Request, Act, Lang], str]
    read_message: Callable[[Mapping[str, Any]], str]
    find_run: Callable[[str, str], RunCopy | None]
    reader: EntryReader
    imports: ImportRepository
    on_published: Callable[[str, str, str, str], object] = do_nothing
    refresh: Callable[[], object] = do_nothing

    def is_curator(self, request: Request) -> bool:
        return not self.find_refusal(request, Act.EDIT, self.edge.lang(request))

    def find_recipients(self, team_id: str) -> list[str]:
        """Where proposals go: the curators' channel, else some curators; none, if there is no
        channel and nobody is named."""
        return recipients_of(self.find_settings(team_id))

    def on_settings(
        self, team_id: str, before: WorkspaceSettings, after: WorkspaceSettings
    ) -> None:
        """Open proposals are shown to new curators and in their new channel."""
        new = [to for to in recipients_of(after) if to not in recipients_of(before)]
        if new:
            self.proposals.announce(team_id, new, self.edge.clock())

    def add_wording(self, team_id: str, text: str, entry_id: str, now: datetime) -> None:
        """From now on `text` is answered by the entry, the workspace's or the handbook's."""
        self.entries.add_wording(team_id, text, entry_id)

    def add_alias(
        self, team_id: str, entry_id: str, name: str, user_id: str, now: datetime
    ) -> TeamEntry | Refusal | None:
        """One more name of an entry: of the workspace's own as a new version; of the handbook's as
        a wording, and None."""
        if is_team_entry(entry_id):
            return self.entries.add_alias(team_id, entry_id, name, user_id, now)
        self.entries.add_wording(team_id, name, entry_id)
        return None


def recipients_of(settings: WorkspaceSettings) -> list[str]:
    if settings.curators_channel:
        return [settings.curators_channel]
    return list(settings.curators[:MOST_CURATORS])


def is_team_entry(entry_id: str) -> bool:
    return entry_id.startswith(TEAM_PREFIX)

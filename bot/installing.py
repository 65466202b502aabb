"""The composition of who the bot is: with one token of the settings, or with those of all
workspaces that add the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.settings import Settings
from bot.slack.identity import Identity
from bot.slack.oauth.flow import InstallFlow
from bot.slack.oauth.store import EncryptedInstallationStore, SingleUseStateStore
from bot.slack.oauth.vault import Vault
from bot.slack.pages import ShowPage
from bot.slack.workspaces import Workspaces
from bot.storage import Storage


@dataclass(frozen=True, slots=True)
class Installed:
    """`pages` by path are what a browser may ask for."""

    workspaces: Workspaces
    pages: Mapping[str, ShowPage] = field(default_factory=dict)


def build_one(identity: Identity, storage: Storage) -> Installed:
    """One workspace, until the app is removed from it. What names no workspace is its own."""

    def load(team_id: str, enterprise_id: str) -> Identity | None:
        if team_id not in ("", identity.team_id):
            return None
        return None if storage.workspaces.is_suspended(identity.team_id) else identity

    return Installed(Workspaces(load, storage.installations.last_change, [identity]))


def build_many(
    settings: Settings, vault: Vault, storage: Storage, clock: Callable[[], datetime]
) -> Installed:
    """All workspaces that have added the app or will. Raises SettingsError for keys that open none
    of the tokens."""
    store = EncryptedInstallationStore(storage.installations, vault)
    store.encrypt_anew()
    workspaces = Workspaces(store.find_identity, storage.installations.last_change)
    states = SingleUseStateStore(storage.states, clock)
    return Installed(workspaces, InstallFlow(settings, store, states, workspaces.expire).pages)

"""Who the bot is: with one token of the settings, or with those of all workspaces that add the
app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.settings import Settings
from bot.slack.identity import Identity, identify
from bot.slack.oauth.flow import InstallFlow
from bot.slack.oauth.store import EncryptedInstallationStore, SingleUseStateStore
from bot.slack.oauth.vault import Vault
from bot.slack.pages import ShowPage
from bot.slack.workspaces import Workspaces
from bot.storage import Storage
from bot.wiring.database import open_database


@dataclass(frozen=True, slots=True)
class Installed:
    """`pages` by path are what a browser may ask for. `team_id` is that of the one workspace; ""
    where any may add the app."""

    workspaces: Workspaces
    team_id: str = ""
    pages: Mapping[str, ShowPage] = field(default_factory=dict)


def open_installed(settings: Settings, clock: Callable[[], datetime]) -> tuple[Storage, Installed]:
    """With the database, which holds the tokens of many. Raises SettingsError."""
    if not settings.public_url:
        identity = identify(settings)
        storage = open_database(settings, identity.team_id)
        return storage, _build_one(identity, storage)
    vault = Vault(settings.token_keys)
    storage = open_database(settings, "")
    try:
        return storage, build_many(settings, vault, storage, clock)
    except BaseException:
        storage.close()
        raise


def _build_one(identity: Identity, storage: Storage) -> Installed:
    """One workspace, until the app is removed from it. What names no workspace is its own."""

    def load(team_id: str, enterprise_id: str) -> Identity | None:
        if team_id not in ("", identity.team_id):
            return None
        return None if storage.workspaces.is_suspended(identity.team_id) else identity

    workspaces = Workspaces(load, storage.installations.last_change, [identity])
    return Installed(workspaces, identity.team_id)


def build_many(
    settings: Settings, vault: Vault, storage: Storage, clock: Callable[[], datetime]
) -> Installed:
    """All workspaces that have added the app or will. Raises SettingsError for keys that open none
    of the tokens."""
    store = EncryptedInstallationStore(storage.installations, vault)
    store.encrypt_anew()
    workspaces = Workspaces(store.find_identity, storage.installations.last_change)
    states = SingleUseStateStore(storage.states, clock)
    flow = InstallFlow(settings, store, states, workspaces.expire)
    return Installed(workspaces, pages=flow.pages)

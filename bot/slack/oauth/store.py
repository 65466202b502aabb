"""slack_sdk's store interfaces over our database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from bot.database.installations import InstallationRepository, StateRepository, StoredInstallation
from bot.settings import SettingsError
from bot.slack.identity import DEFAULT_NAME, Identity
from bot.slack.oauth.vault import Sealed, Vault

STATE_LIFE = timedelta(minutes=10)  # from the link to Slack's page and back
BOT_NAME, URL = "bot_name", "url"  # custom values of an installation

log = logging.getLogger("bot.install")


class EncryptedInstallationStore(InstallationStore):
    """Bot tokens only, one installation a workspace or organisation: the newest."""

    def __init__(self, repository: InstallationRepository, vault: Vault) -> None:
        self._repository = repository
        self._vault = vault

    @property
    def logger(self) -> logging.Logger:
        return log

    def save(self, installation: Installation) -> None:
        """Raises StorageError."""
        org = installation.enterprise_id or ""
        values = installation.custom_values
        self._repository.save(
            StoredInstallation(
                id=org if installation.is_enterprise_install else installation.team_id or "",
                enterprise_id=org,
                name=(installation.team_name or installation.enterprise_name or "")[:255],
                url=str(values.get(URL) or "")[:255],
                app_id=installation.app_id or "",
                bot_id=installation.bot_id or "",
                bot_user_id=installation.bot_user_id or "",
                bot_name=str(values.get(BOT_NAME) or "")[:80],
                scopes=",".join(installation.bot_scopes or ()),
                installed_by=installation.user_id or "",
                installed_at=datetime.fromtimestamp(installation.installed_at, UTC),
                token=self._vault.seal(installation.bot_token or ""),
            )
        )

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The newest that serves the workspace. Raises StorageError."""
        found = self._repository.find(team_id or enterprise_id or "", enterprise_id or "")
        if found is None:
            return None
        try:
            token = self._vault.open(found.token)
        except Sealed:
            log.error("the token of %s is encrypted by none of SLACK_TOKEN_KEYS", found.id)
            return None
        return Installation(
            app_id=found.app_id,
            enterprise_id=found.enterprise_id or None,
            team_id=None if found.is_org_wide else found.id,
            team_name=found.name,
            bot_token=token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_scopes=found.scopes,
            user_id=found.installed_by,
            is_enterprise_install=found.is_org_wide,
            installed_at=found.installed_at.timestamp(),
            custom_values={BOT_NAME: found.bot_name, URL: found.url},
        )

    def find_identity(self, team_id: str, enterprise_id: str) -> Identity | None:
        """Who the bot is in a workspace, for slack.workspaces.Workspaces. Raises StorageError."""
        found = self.find_installation(enterprise_id=enterprise_id, team_id=team_id)
        return _build_identity(team_id, found) if found else None

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Raises StorageError."""
        self._repository.delete(team_id or enterprise_id or "")

    def encrypt_anew(self) -> int:
        """Tokens that an older key encrypted; how many there were. Raises SettingsError if the
        keys open none of them, StorageError."""
        tokens, sealed, done = self._repository.list_tokens(), [], 0
        for owner, token in tokens.items():
            if self._vault.is_current(token):
                continue
            try:
                again = self._vault.seal(self._vault.open(token))
            except Sealed:
                sealed.append(owner)
                continue
            self._repository.replace_token(owner, token, again)
            done += 1
        if sealed and len(sealed) == len(tokens):
            raise SettingsError(
                "SLACK_TOKEN_KEYS opens none of the tokens in the database. Put the key that "
                "encrypted them at the end of the list, after a comma."
            )
        for owner in sealed:
            log.error("the token of %s is encrypted by none of SLACK_TOKEN_KEYS", owner)
        if done:
            log.info("tokens encrypted anew by the first of SLACK_TOKEN_KEYS: %s", done)
        return done


class SingleUseStateStore(OAuthStateStore):
    """A state is good once, for ten minutes. The database knows its digest alone."""

    def __init__(self, repository: StateRepository, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        return log

    def issue(self, *_: Any, **__: Any) -> str:
        """Raises StorageError."""
        state, now = token_urlsafe(24), self._clock()
        self._repository.add(_digest(state), now, now + STATE_LIFE)
        return state

    def consume(self, state: str) -> bool:
        """Raises StorageError."""
        return self._repository.take(_digest(state), self._clock())


def _build_identity(team_id: str, found: Installation) -> Identity:
    name = str(found.custom_values.get(BOT_NAME) or DEFAULT_NAME)
    url = str(found.custom_values.get(URL) or "")
    authorization = AuthorizeResult(
        enterprise_id=found.enterprise_id,
        team_id=team_id,
        team=found.team_name,
        url=url,
        user=name,
        bot_user_id=found.bot_user_id,
        bot_id=found.bot_id,
        bot_token=found.bot_token,
    )
    return Identity(
        team_id=team_id,
        user_id=found.bot_user_id or "",
        name=name,
        url=url,
        since=found.installed_at,
        token=found.bot_token or "",
        authorization=authorization,
    )


def _digest(state: str) -> str:
    return sha256(state.encode("utf-8", "replace")).hexdigest()

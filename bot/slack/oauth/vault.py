"""Tokens as they stand in the database: encrypted, by keys of the environment."""

from __future__ import annotations

from collections.abc import Sequence

from bot.settings import SettingsError


class Sealed(Exception):
    """Encrypted by none of the keys."""


class Vault:
    """The first of `keys` encrypts, all decrypt: a new one is put first, and the old one taken away
    once every token has been encrypted anew. Raises SettingsError for a key that is none."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            from cryptography.fernet import Fernet, InvalidToken, MultiFernet
        except ModuleNotFoundError as error:
            raise SettingsError(
                "“Add to Slack” (PUBLIC_URL) encrypts tokens, and cryptography is not installed: "
                "pip install 'llm-startup-bot[oauth]'."
            ) from error
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise SettingsError(
                "SLACK_TOKEN_KEYS should hold keys of 32 bytes in URL-safe base64, separated by "
                "commas. Make one with: python -c 'import base64, secrets; "
                "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
            ) from error
        self._first, self._all, self._invalid = fernets[0], MultiFernet(fernets), InvalidToken

    def seal(self, token: str) -> str:
        return self._first.encrypt(token.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises Sealed."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except self._invalid:
            raise Sealed from None

    def is_current(self, sealed: str) -> bool:
        """Whether the first key encrypted it."""
        try:
            self._first.decrypt(sealed.encode())
        except self._invalid:
            return False
        return True

"""Giving a workspace's token back to Slack, so that it is good for nobody."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.database.installations import InstallationRepository
from bot.settings import Settings
from bot.slack.client import build_client
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.oauth.store import EncryptedInstallationStore
from bot.slack.oauth.vault import Vault


def revoke_token(settings: Settings, installations: InstallationRepository, team_id: str) -> str:
    """What came of it, for an operator. An organisation's token is left alone: it serves other
    workspaces."""
    store = EncryptedInstallationStore(installations, Vault(settings.token_keys))
    found = store.find_installation(enterprise_id=None, team_id=team_id)
    if found is None or found.is_enterprise_install:
        return "the workspace has no token of its own"
    try:
        build_client(settings.slack_api_url, found.bot_token or "").auth_revoke()
    except SlackApiError as error:
        return f"the token was not accepted any more ({code_of(error)})"
    except CALL_ERRORS as error:
        return f"no answer ({type(error).__name__}): remove the app in the workspace's settings"
    return "the token is revoked"

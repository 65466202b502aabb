"""What Slack says of a person. No answer depends on it."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.failures import is_unknown

log = logging.getLogger("bot.users")


def find_user(client: WebClient, user_id: str) -> dict[str, Any] | None:
    """A person as users.info (scope users:read) shows them, with their locale.

    {} where Slack does not tell: a guest of another workspace, a missing scope. None where the
    question failed, so that it may be asked again.
    """
    try:
        user = client.users_info(user=user_id, include_locale=True).get("user")
    except Exception as error:  # no network, an answer cut short, JSON of another shape
        if isinstance(error, SlackApiError) and not is_unknown(error):
            return {}
        log.warning("user %s cannot be read: %s", user_id, type(error).__name__)
        return None
    return user if isinstance(user, dict) else None

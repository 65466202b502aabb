"""Who the bot is in Slack, and the Bolt app that acts as it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import sleep
from typing import Any, TypeAlias

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.logs import configure
from bot.settings import Settings, SettingsError
from bot.slack.client import build_client
from bot.slack.failures import code_of
from bot.slack.starting import call_at_start
from bot.slack.words import NOT_INSTALLED

DEFAULT_NAME = "llm-startup"  # of the bot, as the manifest has it

SlackApp: TypeAlias = App  # so that the composition root needs no import of the SDK


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot in one workspace. `url` is the workspace's address, `since` when Slack issued the
    token, in its own seconds since 1970; 0 where that is not known."""

    team_id: str = ""
    user_id: str = ""
    name: str = ""
    url: str = ""
    since: float = 0.0
    token: str = field(default="", repr=False)
    authorization: AuthorizeResult | None = field(default=None, repr=False)  # the same for Bolt


def identify(settings: Settings, pause: Callable[[float], object] = sleep) -> Identity:
    """Asked once: a wrong token is found at the start, not at the first question. Raises
    SettingsError."""
    client = build_client(settings.slack_api_url, settings.bot_token)
    try:
        answer = call_at_start(client.auth_test, settings.slack_api_url, pause)
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refused SLACK_BOT_TOKEN ({code_of(error)}). Copy the Bot User OAuth Token "
            "again from “OAuth & Permissions”, and reinstall the app there if it was removed."
        ) from error
    found = AuthorizeResult(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer.get("team_id"),
        team=answer.get("team"),
        url=answer.get("url"),
        user=answer.get("user"),
        bot_user_id=answer.get("user_id"),
        bot_id=answer.get("bot_id"),
        bot_token=settings.bot_token,
    )
    return Identity(
        team_id=found.team_id or "",
        user_id=found.bot_user_id or "",
        name=found.user or DEFAULT_NAME,
        url=found.url or "",
        token=settings.bot_token,
        authorization=found,
    )


def build_bolt_app(
    settings: Settings, authorize: Callable[[str | None, str | None], AuthorizeResult | None]
) -> SlackApp:
    """`authorize` takes the ids of the workspace and its organisation; None has Bolt answer that
    the app is not installed.

    An `authorize` of our own costs no call a request, and, unlike a token, it also keeps Bolt
    from looking for tokens in files of its own because SLACK_CLIENT_ID stands in the
    environment."""

    def authorize_team(team_id: str | None, enterprise_id: str | None) -> Any:  # Bolt's names
        return authorize(team_id, enterprise_id)

    bolt_log = logging.getLogger("slack_bolt.App")
    bolt_log.addFilter(_nothing)  # it would tell of tokens and files that it does not use
    try:
        return App(
            client=build_client(settings.slack_api_url),
            authorize=authorize_team,
            user_facing_authorize_error_message=f"{NOT_INSTALLED.zh}\n{NOT_INSTALLED.en}",
            # Over HTTP, http.py has checked the signature before Bolt sees a request; over Socket
            # Mode nothing is signed.
            request_verification_enabled=False,
            process_before_response=True,
        )
    finally:
        bolt_log.removeFilter(_nothing)


def configure_logging(settings: Settings) -> None:
    """Before the App is made: Bolt copies the root level. Its own DEBUG logs whole payloads."""
    configure(settings.log_level, as_json=settings.log_json)
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def _nothing(record: logging.LogRecord) -> bool:
    return False

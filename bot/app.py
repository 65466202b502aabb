"""The composition root: settings -> a Bolt app with all that it needs. Wiring only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.dialogue.library import Library
from bot.listeners import register_listeners
from bot.listeners.background import Background
from bot.listeners.bodies import CommandBodies
from bot.listeners.languages import Languages
from bot.listeners.recent import RecentKeys
from bot.listeners.services import Services
from bot.settings import CACHE_DIR, Settings, SettingsError

REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Bot:
    """The Bolt app and what has to be closed after it."""

    app: App
    services: Services

    def close(self) -> None:
        """Finish what was promised, then stop."""
        self.services.background.close()


def build_bot(
    settings: Settings, library: Library | None = None, clock: Callable[[], datetime] = now
) -> Bot:
    """Raises HandbookError for bad content, SettingsError for a token that Slack refuses."""
    configure_logging(settings)
    library = library or Library.load(settings.content_dir, CACHE_DIR)
    _ = library.matcher.topics  # built now, so that no question waits for it
    services = Services(
        settings=settings,
        library=library,
        languages=Languages(settings.default_lang),
        background=Background(),
        seen_events=RecentKeys(),
        shared=RecentKeys(),
        clock=clock,
        bodies=CommandBodies(library),
    )
    app = _build_app(settings)
    register_listeners(app, services)
    return Bot(app, services)


def build_app(settings: Settings) -> App:
    """The Bolt app alone, for a host that needs no more."""
    return build_bot(settings).app


def configure_logging(settings: Settings) -> None:
    """Before the App is made: Bolt copies the root level. Its own DEBUG logs whole payloads."""
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def _build_app(settings: Settings) -> App:
    client = WebClient(token=settings.bot_token, base_url=settings.slack_api_url)
    identity = _identify(client, settings)

    def authorize() -> AuthorizeResult:
        return identity

    # An `authorize` of our own costs no call a request, and, unlike a token, it also keeps Bolt
    # from turning OAuth on because SLACK_CLIENT_ID happens to stand in the environment.
    bolt_log = logging.getLogger("slack_bolt.App")
    bolt_log.addFilter(_below_warning)  # it would warn of the token in the environment
    try:
        return App(
            client=WebClient(base_url=settings.slack_api_url),
            authorize=authorize,
            signing_secret=settings.signing_secret or "socket-mode-signs-nothing",
            process_before_response=True,
        )
    finally:
        bolt_log.removeFilter(_below_warning)


def _below_warning(record: logging.LogRecord) -> bool:
    return record.levelno < logging.WARNING


def _identify(client: WebClient, settings: Settings) -> AuthorizeResult:
    """Who we are, asked once: a wrong token is found at the start, not at the first question."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = error.response["error"]
        if code not in REFUSED:
            raise SettingsError(
                f"Slack answered auth.test with {code}; try again later."
            ) from error
        raise SettingsError(
            f"Slack refused SLACK_BOT_TOKEN ({code}). Copy the Bot User OAuth Token again from "
            "“OAuth & Permissions”, and reinstall the app there if it was removed."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"Slack could not be reached at {settings.slack_api_url} ({error}). Check the network "
            "or SLACK_API_URL."
        ) from error
    return AuthorizeResult(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer.get("team_id"),
        team=answer.get("team"),
        bot_user_id=answer.get("user_id"),
        bot_id=answer.get("bot_id"),
        bot_token=settings.bot_token,
    )

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

from bot.answers.bodies import CommandBodies
from bot.answers.listeners import register_listeners
from bot.answers.lookups import Lookups
from bot.database.errors import StorageError
from bot.i18n import Lang
from bot.outbox.models import Pace
from bot.search.library import Library
from bot.sending import build_sender, build_worker, checklists, weekly_tips
from bot.settings import CACHE_DIR, Settings, SettingsError
from bot.slack.background import Background
from bot.slack.languages import Languages
from bot.slack.recent import RecentKeys
from bot.slack.services import Services
from bot.storage import Storage, open_storage
from bot.tips.rotation import Pool

REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Bot:
    """The Bolt app and what has to be closed after it."""

    app: App
    services: Services
    team_id: str

    def start(self) -> None:
        """Begin to send what is due. Without it the app answers, and posts nothing by itself."""
        storage = self.services.storage
        storage.workspaces.start(self.team_id)  # whatever stopped it has been mended
        storage.due_tips.refresh()
        self.services.worker.start()

    def close(self) -> None:
        """Finish what was promised, then stop."""
        self.services.background.close()
        self.services.worker.close()
        self.services.lookups.close()
        self.services.storage.close()


def build_bot(
    settings: Settings, library: Library | None = None, clock: Callable[[], datetime] = now
) -> Bot:
    """Raises HandbookError for bad content, SettingsError for a token that Slack refuses or a
    database that cannot be opened."""
    configure_logging(settings)
    library = library or Library.load(settings.content_dir, CACHE_DIR)
    _ = library.matcher.topics  # built now, so that no question waits for it
    identity = _identify(settings)
    storage = _open_storage(settings, identity.team_id or "")
    languages = Languages(settings.default_lang)
    team_id = identity.team_id or ""
    for user_id, lang in storage.preferences.list_langs(team_id).items():
        languages.choose(team_id, user_id, lang)
    services = Services(
        settings=settings,
        library=library,
        languages=languages,
        background=Background(),
        seen_events=RecentKeys(),
        shared=RecentKeys(),
        clock=clock,
        bodies=CommandBodies(library),
        storage=storage,
        lookups=Lookups(storage.lookups, clock),
        pool=Pool.of(library.handbook),
        worker=build_worker(
            storage,
            weekly_tips(storage, library.handbook)
            + checklists(storage, _ask_language(settings, languages)),
            build_sender(settings, team_id),
            clock,
        ),
        bot_user_id=identity.bot_user_id or "",
        bot_name=identity.user or "llm-startup",
        workspace_url=identity.url or "",
    )
    app = _build_app(settings, identity)
    register_listeners(app, services)
    return Bot(app, services, team_id)


def _ask_language(settings: Settings, languages: Languages) -> Callable[[str, str], Lang]:
    """A person's language, asked of Slack if need be: for messages that nobody waits for."""
    client = WebClient(token=settings.bot_token, base_url=settings.slack_api_url, timeout=5)

    def ask(team_id: str, user_id: str) -> Lang:
        languages.look_up(client, team_id, user_id)
        return languages.of(team_id, user_id)

    return ask


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


def _open_storage(settings: Settings, team_id: str) -> Storage:
    """With the workspace `team_id` in it, whose token Slack has just accepted."""
    try:
        storage = open_storage(settings.database_url, Pace(settings.tips_rate))
        storage.workspaces.start(team_id)
        return storage
    except StorageError as error:
        raise SettingsError(str(error)) from error


def _build_app(settings: Settings, identity: AuthorizeResult) -> App:
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


def _identify(settings: Settings) -> AuthorizeResult:
    """Who we are, asked once: a wrong token is found at the start, not at the first question."""
    client = WebClient(token=settings.bot_token, base_url=settings.slack_api_url)
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
        url=answer.get("url"),
        user=answer.get("user"),
        bot_user_id=answer.get("user_id"),
        bot_id=answer.get("bot_id"),
        bot_token=settings.bot_token,
    )

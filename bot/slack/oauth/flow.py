"""The way to an installation: a link, Slack's page, and back with a code for a token.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from secrets import token_urlsafe
from urllib.parse import quote, urljoin

from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator, InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web import SlackResponse

from bot.database.errors import StorageError
from bot.i18n import Text
from bot.settings import ROOT, Settings
from bot.slack.client import build_client
from bot.slack.failures import CALL_ERRORS, CODE, code_of
from bot.slack.oauth import words
from bot.slack.oauth.store import BOT_NAME, STATE_LIFE, URL
from bot.slack.pages import Page, ShowPage, Visit, build_page, redirect

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
AUTHORIZE_PATH = "/oauth/v2/authorize"
COOKIE = "llm_startup_install"
TIMEOUT_SECONDS = 5  # somebody waits at a blank page
OLD_CODE = frozenset({"invalid_code", "code_already_used"})
OUR_SETTINGS = frozenset({
    "bad_client_secret", "invalid_client_id", "bad_redirect_uri", "no_scopes", "invalid_scope",
    "invalid_team_for_non_distributed_app", "oauth_authorization_url_mismatch",
    "token_rotation_enabled",
})  # fmt: skip

log = logging.getLogger("bot.install")


class Refusal(Exception):
    """The installation ends here; the person is shown the text."""

    def __init__(self, text: Text, code: str = "", status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(code)
        self.text = Text(text.zh.format(code=code), text.en.format(code=code))
        self.status = HTTPStatus(status)


class InstallFlow:
    """`on_installed` is called once a new installation is stored."""

    def __init__(
        self,
        settings: Settings,
        installations: InstallationStore,
        states: OAuthStateStore,
        on_installed: Callable[[], object],
    ) -> None:
        self._settings = settings
        self._installations = installations
        self._states = states
        self._on_installed = on_installed
        self._redirect_uri = settings.public_url + REDIRECT_PATH
        self._client = build_client(settings.slack_api_url, timeout=TIMEOUT_SECONDS, waits=False)
        self._urls = AuthorizeUrlGenerator(
            client_id=settings.client_id,
            redirect_uri=quote(self._redirect_uri, safe=""),
            scopes=read_scopes(),
            authorization_url=urljoin(settings.slack_api_url, AUTHORIZE_PATH),
        )

    @property
    def pages(self) -> Mapping[str, ShowPage]:
        return {INSTALL_PATH: self.begin, REDIRECT_PATH: self.finish}

    def begin(self, visit: Visit) -> Page:
        """To Slack's page, with a state that is good for this browser alone. Its cookie serves any
        number of tabs."""
        browser = visit.cookies.get(COOKIE) or token_urlsafe(24)
        try:
            state = self._states.issue()
        except StorageError as error:
            log.warning("an installation cannot begin: %s", error)
            return self._refuse(Refusal(words.NOT_STORED, status=HTTPStatus.SERVICE_UNAVAILABLE))
        bound = f"{state}.{_bind(state, browser)}"
        return redirect(self._urls.generate(bound)).with_cookie(self._cookie(browser))

    def finish(self, visit: Visit) -> Page:
        """Back from Slack's page: a code to exchange for a token, or an error."""
        try:
            self._check_state(visit)
            if error := visit.query.get("error"):
                raise _refusal_of(error)
            installation = self._exchange(visit.query.get("code", ""))
            self._installations.save(installation)
        except StorageError as error:
            log.error("an installation was not saved: %s", error)
            return self._refuse(Refusal(words.NOT_STORED, status=HTTPStatus.SERVICE_UNAVAILABLE))
        except Refusal as refusal:
            log.info("an installation was not finished: %s", refusal or refusal.text.en)
            return self._refuse(refusal)
        log.info("installed: team=%s enterprise=%s by=%s", installation.team_id or "-",
                 installation.enterprise_id or "-", installation.user_id)  # fmt: skip
        self._on_installed()
        return _build_success(installation)

    def _check_state(self, visit: Visit) -> None:
        state, _, binding = visit.query.get("state", "").partition(".")
        browser = visit.cookies.get(COOKIE, "")
        if not browser or not hmac.compare_digest(binding.encode(), _bind(state, browser).encode()):
            raise Refusal(words.OTHER_BROWSER, "other_browser")
        if not self._states.consume(state):
            raise Refusal(words.STALE, "stale_state")

    def _exchange(self, code: str) -> Installation:
        """Raises Refusal."""
        try:
            answer = self._client.oauth_v2_access(
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                code=code,
                redirect_uri=self._redirect_uri,
            )
            token = str(answer.get("access_token") or "")
            if answer.get("refresh_token") or answer.get("expires_in"):
                raise _refusal_of("token_rotation_enabled")
            if not token or answer.get("token_type") != "bot":
                raise _refusal_of("no_scopes")
            known = self._client.auth_test(token=token)
        except SlackApiError as error:
            raise _refusal_of(code_of(error)) from None
        except CALL_ERRORS as error:
            log.warning("Slack did not answer to an installation: %s", type(error).__name__)
            raise Refusal(words.UNREACHABLE, "unreachable", HTTPStatus.BAD_GATEWAY) from None
        return _build_installation(answer, known)

    def _refuse(self, refusal: Refusal) -> Page:
        again = self._settings.public_url + INSTALL_PATH
        return build_page(refusal.status, words.NOT_ADDED, [refusal.text], (words.AGAIN, again))

    def _cookie(self, browser: str) -> str:
        secure = "; Secure" if self._settings.public_url.startswith("https:") else ""
        seconds = round(STATE_LIFE.total_seconds())
        return f"{COOKIE}={browser}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{secure}"


def read_scopes() -> list[str]:
    """The manifest's scopes; a person may decline the optional ones on Slack's page."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])


def _bind(state: str, browser: str) -> str:
    return hmac.new(browser.encode("utf-8", "replace"), state.encode("utf-8", "replace"),
                    sha256).hexdigest()  # fmt: skip


def _refusal_of(code: str) -> Refusal:
    """What to say for an error code of Slack's."""
    known = code if CODE.fullmatch(code) else "error"
    if known == "access_denied":
        return Refusal(words.DECLINED, known)
    if known in OLD_CODE:
        return Refusal(words.CODE_REFUSED, known)
    if known in OUR_SETTINGS:
        log.error("the app cannot be installed (%s): see docs/many-workspaces.md", known)
        return Refusal(words.MISCONFIGURED, known, HTTPStatus.INTERNAL_SERVER_ERROR)
    return Refusal(words.SLACK_SAID, known, HTTPStatus.BAD_GATEWAY)


def _build_installation(answer: SlackResponse, known: SlackResponse) -> Installation:
    team, org = answer.get("team") or {}, answer.get("enterprise") or {}
    return Installation(
        app_id=answer.get("app_id"),
        enterprise_id=org.get("id") or known.get("enterprise_id"),
        enterprise_name=org.get("name"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=answer["access_token"],
        bot_id=known.get("bot_id"),
        bot_user_id=answer.get("bot_user_id"),
        bot_scopes=answer.get("scope") or "",
        user_id=str((answer.get("authed_user") or {}).get("id") or ""),
        is_enterprise_install=bool(answer.get("is_enterprise_install")),
        installed_at=_slack_time(answer).timestamp(),
        custom_values={BOT_NAME: known.get("user"), URL: known.get("url")},
    )


def _slack_time(answer: SlackResponse) -> datetime:
    """By Slack's clock, as an uninstall that comes late is told from a new one by it."""
    headers = {key.lower(): value for key, value in answer.headers.items()}
    try:
        return parsedate_to_datetime(str(headers["date"])).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.now(UTC)


def _build_success(installation: Installation) -> Page:
    name = installation.team_name or installation.enterprise_name or "Slack"
    bot = str(installation.custom_values.get(BOT_NAME) or "llm-startup")
    title = Text(words.ADDED.zh.format(name=name), words.ADDED.en.format(name=name))
    next_steps = Text(words.WHAT_NEXT.zh.format(bot=bot), words.WHAT_NEXT.en.format(bot=bot))
    address = str(installation.custom_values.get(URL) or "https://app.slack.com/client")
    return build_page(
        HTTPStatus.OK, title, [words.WHAT_TO_TYPE, next_steps], (words.OPEN_SLACK, address)
    )

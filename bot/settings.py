"""Environment and .env -> frozen Settings. The only reader of os.environ in the project."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.folders import find_data_dir
from bot.i18n import LANGS, Lang

PACKAGE = Path(__file__).resolve().parent
SHIPPED = PACKAGE / "shipped"  # where a wheel has what stands at the top of a checkout (setup.py)
ROOT = SHIPPED if SHIPPED.is_dir() else PACKAGE.parent
CONTENT_DIR = ROOT / "content"
DATA_DIR = ROOT / "data"  # of a checkout; see read_data_dir
CACHE = "cache"  # in the data folder; may be deleted at any time
CACHE_DIR = DATA_DIR / CACHE
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
# Each also as the file that NAME_FILE names.
BY_FILE = (*SECRETS, "SLACK_CLIENT_SECRET", "SLACK_TOKEN_KEYS", "DATABASE_URL", "MCP_TOKEN")
SECRET_FORM = re.compile(r"[A-Za-z0-9._+/=-]*[A-Za-z0-9=]")  # not the “xoxb-…” of an example
TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
MCP_TOKEN_CHARS = 20  # at least
SLACK_API_URL = "https://slack.com/api/"
MAX_KEPT_DAYS = 365
DATABASE = "bot.db"  # in the data folder
DATABASE_URL = f"sqlite:///{DATA_DIR / DATABASE}"


class SettingsError(Exception):
    """A variable is missing or wrong; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set from outside. Tokens never appear in the repr, so not in a log."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API_URL
    host: str = "127.0.0.1"
    port: int = 3000
    content_dir: Path = CONTENT_DIR
    default_lang: Lang = "en"
    log_level: str = "INFO"
    database_url: str = field(default=DATABASE_URL, repr=False)  # may hold a password
    tips_rate: int = 180  # weekly tips a minute in one workspace
    public_url: str = ""  # where people find the bot; with it, any workspace may add the app
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_keys: tuple[str, ...] = field(default=(), repr=False)  # the first encrypts
    kept_days: int = 30  # of a workspace's data, after the app was removed from it
    data_dir: Path = DATA_DIR
    log_json: bool = False
    health_host: str = "127.0.0.1"
    health_port: int | None = None  # of /healthz, /readyz and /metrics; None: there is none
    metrics: bool = False

    @property
    def cache_dir(self) -> Path:
        return self.data_dir / CACHE

    @property
    def reload_marker(self) -> Path:
        return find_reload_marker(self.data_dir)

    @property
    def mode(self) -> str:
        """`socket` with an app token, `http` with a signing secret, else `local`."""
        if self.public_url:
            return "http"
        if not self.bot_token:
            return "local"
        return "socket" if self.app_token else "http"


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """What the server for AI agents reads: no Slack token, no database."""

    content_dir: Path = CONTENT_DIR
    token: str = field(default="", repr=False)  # of callers over HTTP
    signing_secret: str = field(default="", repr=False)  # of the Slack app, for Slackbot
    log_level: str = "INFO"
    data_dir: Path = DATA_DIR


def find_reload_marker(data_dir: Path) -> Path:
    """What `python -m bot reload` touches, and every bot with this data folder looks at."""
    return data_dir / "reload"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read `environ`, by default the process's own after loading .env. Raises SettingsError."""
    environ = _read_secrets(_load() if environ is None else environ)
    get = {key: value.strip() for key, value in environ.items()}.get
    settings = Settings(
        bot_token=get("SLACK_BOT_TOKEN", ""),
        app_token=get("SLACK_APP_TOKEN", ""),
        signing_secret=get("SLACK_SIGNING_SECRET", ""),
        slack_api_url=_api_url(get("SLACK_API_URL") or SLACK_API_URL),
        host=get("HOST") or "127.0.0.1",
        port=_port(get("PORT") or "3000"),
        content_dir=read_content_dir(environ),
        default_lang=_lang(get("DEFAULT_LANG") or "en"),
        log_level=_log_level(get("LOG_LEVEL") or "INFO"),
        database_url=read_database_url(environ),
        tips_rate=_rate(get("TIPS_RATE") or "180"),
        public_url=_public_url(get("PUBLIC_URL", "")),
        client_id=get("SLACK_CLIENT_ID", ""),
        client_secret=get("SLACK_CLIENT_SECRET", ""),
        token_keys=_keys(get("SLACK_TOKEN_KEYS", "")),
        kept_days=_days(get("KEEP_UNINSTALLED_DAYS") or "30"),
        data_dir=read_data_dir(environ),
        log_json=_choice("LOG_FORMAT", get("LOG_FORMAT") or "text", ("text", "json")) == "json",
        health_host=get("HEALTH_HOST") or "127.0.0.1",
        health_port=_port(get("HEALTH_PORT", ""), "HEALTH_PORT") if get("HEALTH_PORT") else None,
        metrics=_choice("METRICS", get("METRICS") or "off", ("off", "on")) == "on",
    )
    _check_tokens(settings)
    _check_installing(settings)
    if settings.metrics and settings.health_port is None:
        raise SettingsError(
            "METRICS is on, but there is no port to read them from: set HEALTH_PORT, for example "
            "to 3003. It is open to this machine alone unless HEALTH_HOST says otherwise."
        )
    return settings


def read_agent_settings(
    environ: Mapping[str, str] | None = None, content_dir: Path | None = None
) -> AgentSettings:
    """The same for the server for AI agents. Raises SettingsError."""
    environ = _read_secrets(_load() if environ is None else environ)
    token = environ.get("MCP_TOKEN", "").strip()
    if token and not (len(token) >= MCP_TOKEN_CHARS and token.isascii() and " " not in token):
        raise SettingsError(
            f"MCP_TOKEN should have at least {MCP_TOKEN_CHARS} characters, none of them a space. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return AgentSettings(
        content_dir=content_dir or read_content_dir(environ),
        token=token,
        signing_secret=environ.get("SLACK_SIGNING_SECRET", "").strip(),
        log_level=_log_level(environ.get("LOG_LEVEL", "").strip() or "INFO"),
        data_dir=read_data_dir(environ),
    )


def read_content_dir(environ: Mapping[str, str] | None = None) -> Path:
    """The content folder alone, for commands that need no Slack."""
    environ = _load() if environ is None else environ
    return Path(environ.get("CONTENT_DIR", "").strip() or CONTENT_DIR).expanduser()


def read_database_url(environ: Mapping[str, str] | None = None) -> str:
    """The database alone, for commands that need no Slack."""
    environ = _read_secrets(_load() if environ is None else environ, ("DATABASE_URL",))
    url = environ.get("DATABASE_URL", "").strip()
    return url or f"sqlite:///{read_data_dir(environ) / DATABASE}"


def read_data_dir(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of the database and the caches, which need not be there yet."""
    environ = _load() if environ is None else environ
    if chosen := environ.get("DATA_DIR", "").strip():
        return Path(chosen).expanduser().absolute()
    try:
        return find_data_dir(environ, None if ROOT == SHIPPED else ROOT)
    except RuntimeError as error:
        raise SettingsError(
            "This user has no home folder: set DATA_DIR to a folder that the bot may write to."
        ) from error


def find_tokens() -> list[str]:
    """The names of the Slack tokens that are set, whether or not they are enough."""
    environ = _read_secrets(_load(), TOKENS)
    return [name for name in TOKENS if environ.get(name, "").strip()]


def _load() -> Mapping[str, str]:
    from dotenv import load_dotenv

    file = Path(".env").absolute() if ROOT == SHIPPED else ROOT / ".env"
    try:
        load_dotenv(file, override=False)
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            f"{file} cannot be read ({error}): save it as a text file in UTF-8."
        ) from error
    return os.environ


def _read_secrets(environ: Mapping[str, str], names: tuple[str, ...] = BY_FILE) -> dict[str, str]:
    """`environ` with the contents of the files that NAME_FILE variables name, as containers and
    systemd hand over secrets. Raises SettingsError."""
    found = dict(environ)
    for name in names:
        file = found.pop(f"{name}_FILE", "").strip()
        if not file:
            continue
        if environ.get(name, "").strip():
            raise SettingsError(f"{name} and {name}_FILE are both set: empty one of them.")
        try:
            found[name] = Path(file).expanduser().read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise SettingsError(f"{name}_FILE is {file}, which cannot be read ({why}).") from error
        if not found[name]:
            raise SettingsError(f"{name}_FILE is {file}, which is empty.")
    return found


def _check_tokens(settings: Settings) -> None:
    token, app_token = settings.bot_token, settings.app_token
    for name, value in zip(SECRETS, (token, app_token, settings.signing_secret), strict=True):
        if value and not SECRET_FORM.fullmatch(value):
            raise SettingsError(
                f"{name} is not a whole one: it holds something else than letters, digits and "
                "hyphens. Copy it again from your app's page at https://api.slack.com/apps."
            )
    if token and not token.startswith(("xoxb-", "xoxe.xoxb-")):
        raise SettingsError(
            "SLACK_BOT_TOKEN should start with xoxb-. Copy the Bot User OAuth Token from "
            "“OAuth & Permissions” on your app's page at https://api.slack.com/apps."
        )
    if app_token and not app_token.startswith("xapp-"):
        raise SettingsError(
            "SLACK_APP_TOKEN should start with xapp-. Make one under “Basic Information”, "
            "“App-Level Tokens”, with the scope connections:write."
        )
    if app_token and not token:
        raise SettingsError(
            "SLACK_APP_TOKEN is set but SLACK_BOT_TOKEN is missing. Copy the Bot User OAuth Token "
            "from “OAuth & Permissions” into .env."
        )
    if token and not app_token and not settings.signing_secret:
        raise SettingsError(
            "SLACK_BOT_TOKEN alone is not enough: set SLACK_APP_TOKEN (Socket Mode) or "
            "SLACK_SIGNING_SECRET (HTTP, “Basic Information”, “Signing Secret”) in .env."
        )


def _check_installing(settings: Settings) -> None:
    """Either one workspace, whose token stands in the settings, or any that add the app."""
    if not settings.public_url:
        if settings.client_id and settings.client_secret and not settings.bot_token:
            raise SettingsError(
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set but PUBLIC_URL is missing. Set it "
                "to the bot's https address for “Add to Slack”, or set SLACK_BOT_TOKEN for one "
                "workspace."
            )
        return
    needed = {
        "SLACK_CLIENT_ID": settings.client_id,
        "SLACK_CLIENT_SECRET": settings.client_secret,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise SettingsError(
            f"PUBLIC_URL is set but {' and '.join(missing)} missing. Copy what is missing from "
            "“Basic Information”, “App Credentials”, or leave PUBLIC_URL empty for one workspace."
        )
    if not settings.token_keys:
        raise SettingsError(
            "PUBLIC_URL is set but SLACK_TOKEN_KEYS is missing: it encrypts the workspaces' "
            "tokens in the database. Make one with: python -c 'import base64, secrets; "
            "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
        )
    if settings.app_token or settings.bot_token:
        name = "SLACK_APP_TOKEN" if settings.app_token else "SLACK_BOT_TOKEN"
        raise SettingsError(
            f"PUBLIC_URL and {name} are both set. “Add to Slack” works over HTTP, with a token for "
            f"each workspace: leave {name} empty, or leave PUBLIC_URL empty for one workspace."
        )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


def _public_url(text: str) -> str:
    """Without the slash at its end. Plain http is for this machine alone."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
        whole = (parts.scheme == "https" or local) and parts.hostname and text.isprintable()
    except ValueError:
        whole = False
    if not whole or not text.isascii() or set(text) & set(" ?#"):
        raise SettingsError(
            f"PUBLIC_URL is {text!r}; it should be the bot's address with https://, as Slack asks."
        )
    return text.rstrip("/")


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) > MAX_KEPT_DAYS:
        raise SettingsError(
            f"KEEP_UNINSTALLED_DAYS is {text!r}; it should be the number of days for which a "
            f"workspace's data are kept after the app was removed, from 0 to {MAX_KEPT_DAYS}."
        )
    return int(text)


def _api_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets or a port that are none
        whole = False
    if not whole or not text.isascii() or not text.isprintable() or " " in text:
        raise SettingsError(
            f"SLACK_API_URL is {text!r}; it should be an address with http:// or https://."
        )
    return text if text.endswith("/") else text + "/"


def _port(text: str, name: str = "PORT") -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65535:
        raise SettingsError(f"{name} is {text!r}; it should be a number from 0 to 65535.")
    return int(text)


def _choice(name: str, text: str, choices: tuple[str, str]) -> str:
    if text.lower() not in choices:
        raise SettingsError(f"{name} is {text!r}; it should be {' or '.join(choices)}.")
    return text.lower()


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= 6000:
        raise SettingsError(
            f"TIPS_RATE is {text!r}; it should be the number of weekly tips that one workspace may "
            "get a minute, from 1 to 6000. Slack allows several hundred."
        )
    return int(text)


def _lang(text: str) -> Lang:
    for lang in LANGS:
        if text == lang:
            return lang
    raise SettingsError(f"DEFAULT_LANG is {text!r}; it should be zh or en.")


def _log_level(text: str) -> str:
    if text.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingsError(f"LOG_LEVEL is {text!r}; it should be DEBUG, INFO, WARNING or ERROR.")
    return text.upper()

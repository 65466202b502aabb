"""Which language to answer in: the one the person chose, else the query's script, else the
person's Slack locale, else a default.

Payloads carry no locale, and no answer waits for a call to Slack: the locale is looked up after
the first answer and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic

from slack_sdk import WebClient

from bot.i18n import Lang
from bot.search.normalize import is_chinese
from bot.settings import Settings
from bot.slack.client import build_client
from bot.slack.users import find_user

KEEP_SECONDS = 24 * 3600
KEEP_UNKNOWN_SECONDS = 3600  # for people whose locale cannot be read
MAX_USERS = 50_000
QUERY_SECONDS = 5


class Languages:
    """Locales by (workspace, user), in memory; thread-safe."""

    def __init__(self, default: Lang, clock: Callable[[], float] = monotonic) -> None:
        self._default = default
        self._clock = clock
        self._defaults: Mapping[str, Lang] = {}  # of workspaces that chose one
        self._known: dict[tuple[str, str], tuple[Lang | None, float]] = {}
        self._chosen: dict[tuple[str, str], Lang] = {}
        self._lock = Lock()

    def of(self, team_id: str, user_id: str, query: str = "") -> Lang:
        """The language for an answer to `query`, from what is known now. No call is made."""
        if chosen := self._chosen.get((team_id, user_id)):
            return chosen
        if is_chinese(query):
            return "zh"
        lang, _ = self._known.get((team_id, user_id), (None, 0.0))
        return lang or self.default_of(team_id)

    def default_of(self, team_id: str) -> Lang:
        """The workspace's own default, else the operator's."""
        return self._defaults.get(team_id, self._default)

    def replace_defaults(self, langs: Mapping[str, Lang]) -> None:
        """All defaults that workspaces chose."""
        self._defaults = dict(langs)

    def choose(self, team_id: str, user_id: str, lang: Lang | None) -> None:
        """What a person chose by `lang`; None is automatic. Kept in memory as long as it holds."""
        with self._lock:
            if lang is None:
                self._chosen.pop((team_id, user_id), None)
            else:
                self._chosen[team_id, user_id] = lang

    def chosen_by(self, team_id: str, user_id: str) -> Lang | None:
        """What a person chose; None is automatic."""
        return self._chosen.get((team_id, user_id))

    def replace_choices(self, team_id: str, langs: Mapping[str, Lang | None]) -> None:
        """All choices of a workspace by user id; none where its data are deleted."""
        new = {(team_id, user_id): lang for user_id, lang in langs.items() if lang}
        with self._lock:
            others = {key: lang for key, lang in self._chosen.items() if key[0] != team_id}
            self._chosen = others | new

    def is_known(self, team_id: str, user_id: str) -> bool:
        _, until = self._known.get((team_id, user_id), (None, 0.0))
        return until > self._clock()

    def look_up(self, client: WebClient, team_id: str, user_id: str) -> None:
        """Read a person's locale from Slack (users.info, scope users:read) and keep it. Where Slack
        is out of reach, another time."""
        if not user_id or self.is_known(team_id, user_id) or (team_id, user_id) in self._chosen:
            return
        user = find_user(client, user_id)
        if user is not None:
            self.learn(team_id, user_id, str(user.get("locale") or ""))

    def learn(self, team_id: str, user_id: str, locale: str) -> None:
        """Keep a locale such as zh-CN, zh-TW or en-GB; "" is an unknown one."""
        lang: Lang | None = None
        if locale:
            lang = "zh" if locale.lower().startswith("zh") else "en"
        keep = KEEP_SECONDS if lang else KEEP_UNKNOWN_SECONDS
        with self._lock:
            if len(self._known) >= MAX_USERS:
                self._known.clear()
            self._known[team_id, user_id] = (lang, self._clock() + keep)


def build_language_query(
    settings: Settings, token_of: Callable[[str], str], languages: Languages
) -> Callable[[str, str], Lang]:
    """A person's language, asked of Slack if need be: for messages that nobody waits for. Of
    (team_id, user_id); `token_of` a team id."""

    def ask(team_id: str, user_id: str) -> Lang:
        client = build_client(settings.slack_api_url, token_of(team_id), QUERY_SECONDS)
        languages.look_up(client, team_id, user_id)
        return languages.of(team_id, user_id)

    return ask

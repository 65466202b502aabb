"""What the listeners of all features share, built once by bot/wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.i18n import Lang
from bot.slack.background import Background
from bot.slack.failures import class_of
from bot.slack.handled import Handled
from bot.slack.identity import Identity
from bot.slack.languages import Languages
from bot.slack.observer import Observer
from bot.slack.people import People
from bot.slack.request import Request
from bot.slack.users import find_user
from bot.slack.workspaces import Workspaces


def promise_nothing(request: Request, said: str) -> Callable[[], object]:
    return lambda: None


@dataclass(frozen=True, slots=True)
class Edge:
    languages: Languages
    background: Background
    handled: Handled
    clock: Callable[[], datetime]
    workspaces: Workspaces
    promise: Callable[[Request, str], Callable[[], object]] = promise_nothing  # see promises.py
    observer: Observer | None = None
    people: People = field(default_factory=People)

    def count_failure(self, kind: str, error: Exception) -> None:
        if self.observer:
            self.observer.failed(kind, class_of(error))

    def identity(self, request: Request) -> Identity:
        """The bot in the request's workspace."""
        return self.workspaces.identity(request.team_id)

    def lang(self, request: Request) -> Lang:
        """The language to answer a click in, from what is known now."""
        return self.languages.of(request.team_id, request.user_id)

    def lang_of_text(self, request: Request) -> Lang:
        """The same for a line that was typed: its script counts."""
        return self.languages.of(request.team_id, request.user_id, request.text)

    def is_known(self, request: Request) -> bool:
        """Whether the user's locale and standing are in memory."""
        team_id, user_id = request.team_id, request.user_id
        knows_language = self.languages.is_known(team_id, user_id)
        return knows_language and self.people.is_known(team_id, user_id)

    def look_up_language(self, request: Request) -> None:
        """Ask Slack for the user's locale and standing, unless they are known; for work after the
        ack. Where Slack is out of reach, another time."""
        team_id, user_id = request.team_id, request.user_id
        if not user_id or self.is_known(request):
            return
        user = find_user(request.client, user_id)
        if user is not None:
            self.people.learn(team_id, user_id, user)
            self.languages.learn(team_id, user_id, str(user.get("locale") or ""))

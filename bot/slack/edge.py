"""What the listeners of all features share, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Lang
from bot.slack.background import Background
from bot.slack.handled import Handled
from bot.slack.identity import Identity
from bot.slack.languages import Languages
from bot.slack.request import Request
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

    def identity(self, request: Request) -> Identity:
        """The bot in the request's workspace."""
        return self.workspaces.identity(request.team_id)

    def lang(self, request: Request) -> Lang:
        """The language to answer a click in, from what is known now."""
        return self.languages.of(request.team_id, request.user_id)

    def lang_of_text(self, request: Request) -> Lang:
        """The same for a line that was typed: its script counts."""
        return self.languages.of(request.team_id, request.user_id, request.text)

    def look_up_language(self, request: Request) -> None:
        """Ask Slack for the user's locale, unless it is known; for work after the ack."""
        self.languages.look_up(request.client, request.team_id, request.user_id)

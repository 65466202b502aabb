"""What the listeners of running checklists work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.checklists.repository.mutes import MuteRepository
from bot.checklists.repository.runs import RunRepository
from bot.checklists.repository.series import SeriesRepository
from bot.handbook import Content
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.blocks import Reply
from bot.slack.edge import Edge
from bot.slack.request import Request


@dataclass(frozen=True, slots=True)
class ChecklistServices:
    """`library_for` gives what the person sees who sent a request, from memory; `library_in` what
    all of its channel may see, asked of Slack. `build_nothing` is the answers' reply to a query
    that matches nothing: of the query, the nearest entries and the language. `send_due` sends what
    the outbox holds, and waits for it.
    """

    edge: Edge
    content: Content[Library]
    library_for: Callable[[Request], Library]
    library_in: Callable[[Request], Library]
    runs: RunRepository
    series: SeriesRepository
    mutes: MuteRepository
    send_due: Callable[[], None]
    build_nothing: Callable[[str, Sequence[Entry], Lang], Reply]

    @property
    def library(self) -> Library:
        """The handbook's, for what no one person asked for."""
        return self.content.current

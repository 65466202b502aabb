"""What is done now and then: old questions end, old rows go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.admin.services import SettingsInMemory
from bot.insights.repository.counts import CountRepository
from bot.insights.repository.questions import QuestionRepository

PAUSE = timedelta(minutes=10)
KEEP_COUNTS = timedelta(days=400)

# Of a workspace's id, and the moment before which lookups are to be forgotten.
ForgetLookups = Callable[[str, datetime], object]


class Upkeep:
    """`run` may be called each second."""

    def __init__(
        self,
        questions: QuestionRepository,
        counts: CountRepository,
        settings: SettingsInMemory,
        forget_lookups: ForgetLookups,
        list_teams: Callable[[], list[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._questions = questions
        self._counts = counts
        self._settings = settings
        self._forget_lookups = forget_lookups
        self._list_teams = list_teams
        self._clock = clock
        self._next: datetime | None = None

    def run(self) -> None:
        """Raises StorageError: then it is tried again."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return
        self._questions.expire(now)
        self._counts.forget_before((now - KEEP_COUNTS).date())
        for team_id in self._list_teams():
            days = self._settings.get(team_id).lookup_days
            self._forget_lookups(team_id, now - timedelta(days=days))
        self._next = now + PAUSE

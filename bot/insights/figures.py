"""A workspace's figures: counts alone, of no person and of no text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.i18n import Text
from bot.insights.repository.counts import CountRepository
from bot.insights.repository.questions import QuestionRepository
from bot.slack.answered import Outcome

PERIODS = (7, 30, 90)  # days
MOST = 5
ASKED_BY = (str(Outcome.ANSWERED),)


def _none(*args: object) -> tuple[int, int]:
    return 0, 0


def _zero(*args: object) -> int:
    return 0


def _empty(*args: object) -> Sequence[Text]:
    return ()


def _no_reasons(*args: object) -> Mapping[str, Mapping[str, int]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What other features count. The arguments are a team's id and the moment to count from."""

    rate: Callable[[str, datetime], tuple[int, int]] = _none  # helpful, and not helpful
    # Why entries did not help: entry id -> reason -> how often.
    list_reasons: Callable[[str, datetime], Mapping[str, Mapping[str, int]]] = _no_reasons
    reason_names: Mapping[str, Text] = field(default_factory=dict)
    count_runs: Callable[[str, datetime], tuple[int, int]] = _none  # running now, finished since
    count_tips: Callable[[str, datetime], int] = _zero
    list_due: Callable[[str, datetime], Sequence[Text]] = _empty  # titles of entries to review


@dataclass(frozen=True, slots=True)
class Period:
    days: int
    answered: int
    offered: int
    nothing: int
    helpful: int
    unhelpful: int
    finished: int
    delivered: int

    @property
    def questions(self) -> int:
        return self.answered + self.offered + self.nothing


@dataclass(frozen=True, slots=True)
class Figures:
    periods: tuple[Period, ...]
    open_questions: int
    running: int
    most: tuple[tuple[str, int], ...]  # entry ids and how often they were the answer


@dataclass(frozen=True, slots=True)
class FiguresQuery:
    counts: CountRepository
    questions: QuestionRepository
    sources: Sources

    def collect(self, team_id: str, now: datetime) -> Figures:
        return Figures(
            periods=tuple(self.period(team_id, now, days) for days in PERIODS),
            open_questions=self.questions.count_open(team_id),
            running=self.sources.count_runs(team_id, now)[0],
            most=tuple(self.list_most(team_id, now, 30)),
        )

    def period(self, team_id: str, now: datetime, days: int) -> Period:
        """The last `days` days, today among them."""
        since = now - timedelta(days=days)
        found = self.counts.total(team_id, (now - timedelta(days=days - 1)).date())
        helpful, unhelpful = self.sources.rate(team_id, since)
        return Period(
            days=days,
            answered=found.get(Outcome.ANSWERED, 0),
            offered=found.get(Outcome.OFFERED, 0),
            nothing=found.get(Outcome.NOTHING, 0),
            helpful=helpful,
            unhelpful=unhelpful,
            finished=self.sources.count_runs(team_id, since)[1],
            delivered=self.sources.count_tips(team_id, since),
        )

    def list_most(self, team_id: str, now: datetime, days: int) -> list[tuple[str, int]]:
        since = (now - timedelta(days=days - 1)).date()
        return self.counts.list_most(team_id, ASKED_BY, since, MOST)


def rate(part: int, whole: int) -> str:
    """A share in words: "–" of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "–"

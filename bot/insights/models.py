"""The records of questions to the team. Frozen: a change is a new record. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.i18n import Lang

KEEP = timedelta(days=30)  # who asked, at most
KEEP_TEXT = timedelta(days=90)  # what was asked, after it was decided
MAX_OPEN = 3  # questions of one person that wait
MAX_A_DAY = 50  # new questions in a workspace


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"  # not for the team
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked the team; who did is not part of it."""

    id: str
    team_id: str
    text: str
    times: int
    state: QuestionState
    asked_at: datetime
    last_at: datetime
    entry_id: str = ""  # the answer
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is to be told. `token` stands for them everywhere else; it is worth nothing once the
    row is gone."""

    token: str
    question_id: str
    lang: Lang
    user_id: str = field(repr=False)


class AskOutcome(StrEnum):
    SENT = "sent"
    COUNTED = "counted"  # others ask the same
    ALREADY = "already"  # this person asked it
    DECLINED = "declined"  # the team has said that it is not for it
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_TODAY = "too_many_today"
    EMPTY = "empty"

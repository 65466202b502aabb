"""What came of a question, as the answers tell it to whoever counts: no person, no text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    ANSWERED = "answered"
    OFFERED = "offered"  # suggestions to choose from
    NOTHING = "nothing"


class Answered(NamedTuple):
    """`kind` is the verb that was typed; `entry_id` is "" where no one entry is the answer."""

    team_id: str
    kind: str
    outcome: Outcome
    entry_id: str = ""

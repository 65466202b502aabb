"""What a search gives: one answer, a few suggestions, or nothing with near misses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.handbook.models import Entry


class How(StrEnum):
    """Why an entry was found."""

    EXACT = "exact"
    SPELLING = "spelling"  # plural, British or American
    SOUND = "sound"  # homophones or pinyin
    INITIALS = "initials"
    MIXED = "mixed"  # one name in two languages
    WORDS = "words"  # all words of a name, but apart
    TYPO = "typo"
    TOPIC = "topic"  # no name: what the question is about


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with its score (0 to 1), the name that matched, and how."""

    entry: Entry
    score: float
    matched: str
    how: How


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to answer with `matches[0]`; the rest are runners-up."""

    matches: tuple[Match, ...]

    @property
    def match(self) -> Match:
        return self.matches[0]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Not sure: `matches` are offered, best first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Not in the handbook; `matches` holds near misses, perhaps none."""

    matches: tuple[Match, ...] = ()


Result = Answer | Suggestions | Nothing

"""What a search gives: one answer, a few suggestions, or nothing with near misses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.handbook.models import Entry
from bot.search.chatter import Chatter

MAX_MATCHES = 5  # shown at once


class How(StrEnum):
    """Why an entry was found."""

    EXACT = "exact"
    SPELLING = "spelling"  # plural, British or American
    FORM = "form"  # verb, noun or adjective of one word: hallucinate, hallucination
    PART = "part"  # the distinctive part of a Chinese name: 私有化 of 私有化部署
    SOUND = "sound"  # homophones or pinyin
    INITIALS = "initials"
    MIXED = "mixed"  # one name in two languages
    WORDS = "words"  # all words of a name, but apart
    TYPO = "typo"
    TOPIC = "topic"  # no name: what the question is about


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with its score (0 to 1), the name or the ask that matched, and how.

    `item`: the number of the checklist's item that the question speaks of.
    """

    entry: Entry
    score: float
    matched: str
    how: How
    item: int | None = None


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
    """Not in the handbook; `matches` holds near misses, perhaps none. `chatter`: nothing was
    asked."""

    matches: tuple[Match, ...] = ()
    chatter: Chatter | None = None


Result = Answer | Suggestions | Nothing

"""The ids that several features share, and what a button carries: one constant for builder and
listener."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.i18n import Lang

OPEN = "open"  # an entry, privately
HELPFUL = "helpful"
NOT_HELPFUL = "not_helpful"
SEPARATOR = "|"
DAY = "@"  # before a day
ANSWER_MENU = "answer_menu"  # what is seldom needed; an option's value is a choice
RELATED = "related"  # of that menu, as HELPFUL and NOT_HELPFUL
START_CHECKLIST = "run_start"  # its value is a Target, perhaps with a day
SAVE_RUN = "run_save"  # a run as an entry of the team; its value begins with the run's id
ADD_ENTRY = "entry_add"  # the form of a new entry of the team; its value is a name, or "-"
SUGGEST_CHANGE = "suggest_change"  # of the menu, where the entry is of a kind that a team writes
CHOOSE_CHECKLIST = "run_choose"  # all checklists, to start one
TIP_SETTINGS = "tip_settings"  # of the channel's weekly tips


class Target(NamedTuple):
    """What a button is about: an entry, shown in a language. Travels in the button's value."""

    entry_id: str
    lang: Lang

    def __str__(self) -> str:
        return f"{self.lang}{SEPARATOR}{self.entry_id}"

    @classmethod
    def parse(cls, value: str) -> Target:
        """The target of a button's value; a value not of our making names no entry."""
        lang, _, entry_id = value.partition(SEPARATOR)
        return cls(entry_id, "zh" if lang == "zh" else "en")


def with_day(target: Target, day: date | None) -> str:
    """The value of START_CHECKLIST, with the day that the checklist is for."""
    return f"{target}{DAY}{day}" if day else str(target)


def split_day(value: str) -> tuple[str, date | None]:
    """The target, as a text, and the day."""
    target, _, day = value.partition(DAY)
    try:
        return target, date.fromisoformat(day) if day else None
    except ValueError:
        return target, None


def choice(verb: str, target: str) -> str:
    """The value of a menu's option: what to do, and with which entry, a Target's text."""
    return f"{verb}{SEPARATOR}{target}"


def read_choice(value: str) -> tuple[str, Target]:
    verb, _, target = value.partition(SEPARATOR)
    return verb, Target.parse(target)


def numbered(action_id: str, number: int) -> str:
    """Ids within one block must differ: open:0, open:1, …"""
    return f"{action_id}:{number}"


def action_of(action_id: str) -> str:
    """The id without its number."""
    return action_id.partition(":")[0]

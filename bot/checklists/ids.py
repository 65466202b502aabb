"""The ids that the builders and listeners of running checklists share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.checklists.rhythm import Rhythm
from bot.slack.action_ids import DAY, SEPARATOR, Target

PICK_START = "run_pick"  # a checklist, from a select; its value is a Target
TICK, UNTICK = "run_tick", "run_untick"
MENU = "run_menu"  # of an item, on messages that were sent before DETAILS
DETAILS, DONE = "run_details", "run_done"  # an item, from a select; what is done
PAGE = "run_page"
CLOSE, REOPEN, DELETE = "run_close", "run_reopen", "run_delete"
EXPORT, LOG, POST_AGAIN = "run_export", "run_log", "run_post_again"
AGAIN = "run_again"  # of a run that is over: start the same checklist once more
STOP = "run_stop"  # a series
MUTE, UNMUTE = "run_mute", "run_unmute"

ASSIGN, DUE, NOTE, EXCLUDE, WHY = "assign", "due", "note", "exclude", "why"  # of the menu
START_VIEW = "run_start_view"
ITEM_VIEW = "run_item_view"  # one callback for the menu's modals; FIELD tells them apart
DETAILS_VIEW = "run_details_view"


_LIST = "run"  # the first part of the block_id of a list's blocks


def list_block_id(revision: int, number: int) -> str:
    """Slack's clients keep what they know of a block by its id, so each revision has new ones."""
    return f"{_LIST}:{revision}:{number}"


def is_of_list(block_id: str) -> bool:
    """Whether a block stands in a list's own message."""
    return block_id.startswith(f"{_LIST}:")


def with_rhythm(target: Target, rhythm: Rhythm) -> str:
    """The value of a button that starts a checklist, with the rhythm that was asked for."""
    return f"{target}{DAY}{rhythm}" if rhythm else str(target)


def rhythm_of(value: str) -> Rhythm:
    asked = value.partition(DAY)[2]
    return Rhythm(asked) if asked in frozenset(Rhythm) else Rhythm.ONCE


@dataclass(frozen=True, slots=True)
class RunTarget:
    """What a button is about: an item of a run, or the run (0), or its page."""

    run_id: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.run_id}{SEPARATOR}{self.number}"

    @classmethod
    def parse(cls, value: str) -> RunTarget:
        """A value that is not of our making names no run."""
        run_id, _, number = value.partition(SEPARATOR)
        small = number.isascii() and number.isdigit() and len(number) < 6
        return cls(run_id[:32], int(number) if small else 0)


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """One line of an item's menu; travels in the option's value and in the modal it opens."""

    verb: str
    target: RunTarget

    def __str__(self) -> str:
        return f"{self.verb}{SEPARATOR}{self.target}"

    @classmethod
    def parse(cls, value: str) -> MenuChoice:
        verb, _, target = value.partition(SEPARATOR)
        return cls(verb, RunTarget.parse(target))

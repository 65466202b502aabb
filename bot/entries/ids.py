"""The ids that builders and listeners share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.action_ids import SEPARATOR

FORM_VIEW, DECLINE_VIEW = "entry_form", "entry_decline_view"
SWITCH = "entry_switch"  # the form: a checklist instead of a term, or back
CHANGE = "entry_change"  # opens the form of an entry; its value is a Target
HISTORY, ROLL_BACK, RETIRE = "entry_history", "entry_roll_back", "entry_retire"
PUBLISH, EDIT, DECLINE = "entry_publish", "entry_edit", "entry_decline"  # a proposal
OVERVIEW = "entry_overview"  # open proposals, what changed last, what is retired
STILL_RIGHT = "entry_still_right"

TITLES = {"zh": "title_zh", "en": "title_en"}
SHORTS = {"zh": "short_zh", "en": "short_en"}
BODIES = {"zh": "body_zh", "en": "body_en"}
ITEMS = {"zh": "items_zh", "en": "items_en"}
ALIASES, LINKS, REPLACES, OWNER, REVIEW = "aliases", "links", "replaces", "owner", "review"
REASON = "reason"

SAVE_SHORTCUT = "save_as_term"


@dataclass(frozen=True, slots=True)
class EntryTarget:
    """What a button is about: an entry at a version, and perhaps an older version or a day."""

    entry_id: str
    version: int = 0
    other: str = ""

    def __str__(self) -> str:
        return SEPARATOR.join((self.entry_id, str(self.version), self.other))

    @classmethod
    def parse(cls, value: str) -> EntryTarget:
        """A value that is not of our making names no entry."""
        entry_id, _, rest = value.partition(SEPARATOR)
        version, _, other = rest.partition(SEPARATOR)
        return cls(entry_id[:120], _number(version), other)

    @property
    def number(self) -> int:
        """The older version."""
        return _number(self.other)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

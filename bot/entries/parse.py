"""What stands behind `add`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.entries.form import TITLE_CHARS
from bot.handbook.models import Kind
from bot.slack.typed import clean_line

KIND = re.compile(
    r"(?:an?\s+)?(?:(?P<list>checklist|清单|清單)|term|术语|術語|definition|定义|entry|条目)"
    r"(?:[\s:：]+|$)|(?P<zh>清单|术语)(?=\S)",
    re.IGNORECASE,
)
QUESTION = re.compile(r"[?？]\s*$")
LONGEST_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class AddLine:
    name: str
    kind: Kind = Kind.TERM

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be a question that only begins with "add"."""
        return len(self.name.split()) > LONGEST_NAME


def parse_add(text: str) -> AddLine | None:
    """None for a question: "add retrieval to our product?"."""
    text = clean_line(text)
    if QUESTION.search(text):
        return None
    kind = Kind.TERM
    if found := KIND.match(text):
        text = text[found.end() :].strip()
        if found["list"] or found["zh"] == "清单":
            kind = Kind.CHECKLIST
    return AddLine(text[:TITLE_CHARS], kind)

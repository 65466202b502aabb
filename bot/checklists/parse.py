"""`checklist start …`, `checklist running`, `checklist log`, as typed; all else is a question."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from bot.checklists.rhythm import Rhythm, read_rhythm
from bot.search.closest import closest
from bot.search.normalize import fold


class RunVerb(StrEnum):
    START = "start"
    RUNNING = "running"
    LOG = "log"


WORDS: dict[str, RunVerb] = {
    "start": RunVerb.START, "begin": RunVerb.START, "开始": RunVerb.START, "启动": RunVerb.START,
    "running": RunVerb.RUNNING, "进行中": RunVerb.RUNNING, "正在做": RunVerb.RUNNING,
    "log": RunVerb.LOG, "记录": RunVerb.LOG, "日志": RunVerb.LOG,
}  # fmt: skip
ALONE = frozenset({RunVerb.RUNNING, RunVerb.LOG})  # "running costs" asks for something else
TYPO_WORDS = frozenset(word for word in WORDS if word.isascii() and len(word) >= 5)
GLUED_START = re.compile(r"(?:开始|启动)(?![前时后的之])(?=.)")  # no space behind it
PUNCTUATION = ' :：,，.。!！?？、;；"“”「」()（）'


class RunLine(NamedTuple):
    """A typed line. Of a start, `rhythm` is how often it repeats, `other_rhythm` the words for a
    rhythm that is not supported."""

    verb: RunVerb
    rest: str
    rhythm: Rhythm = Rhythm.ONCE
    other_rhythm: str = ""


def parse_run(text: str) -> RunLine | None:
    """What was typed after `checklist`: the verb and the rest; None for a question."""
    first, _, rest = text.strip().replace("：", " ", 1).partition(" ")
    word = fold(first).strip(PUNCTUATION)
    if word not in WORDS and (start := GLUED_START.match(fold(first))):
        return _read_start(f"{first[start.end() :]} {rest}".strip(PUNCTUATION))
    verb = WORDS.get(word) or WORDS.get(first)
    if verb is None and (meant := closest(word, TYPO_WORDS)):
        verb = WORDS[meant]
    rest = rest.strip(PUNCTUATION)
    if verb is None or (verb in ALONE and rest):
        return None
    return _read_start(rest) if verb is RunVerb.START else RunLine(verb, rest)


def _read_start(text: str) -> RunLine:
    read = read_rhythm(text)
    return RunLine(RunVerb.START, read.rest.strip(PUNCTUATION), read.rhythm, read.other)

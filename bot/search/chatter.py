"""What asks the handbook nothing: greetings, thanks, reactions, links, logs, other commands."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache

from bot.search.normalize import fold
from bot.search.words import DATA


class Chatter(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    NO_QUESTION = "no_question"  # nothing to look up


LINK = re.compile(r"https?://\S+|\b[\w.-]+\.(?:com|cn|io|org|net|ai|dev)/\S*", re.ASCII)
EMOJI_CODE = re.compile(r":[a-z0-9_+'-]{2,40}:")
TICKET = re.compile(r"^#?\s*(?:[A-Z][A-Z0-9]{1,9}-\d+|\d+|[0-9a-f]{7,40})$")
COMMAND = re.compile(r"^[/!][a-z][\w-]*(\s|$)|^@\S+\s")  # of another bot, to another person
# Two marks of a log or a trace: no one writes a question like that.
LOG_MARKS = (
    re.compile(r"\b(?:traceback|stack ?trace|exception|error|fatal|warn(?:ing)?|panic)\b:?", re.I),
    re.compile(
        r"\b[\w$]+(?:\.[\w$]+){2,}\b|\b[\w./-]+\.(?:py|js|ts|java|go|rs|cpp|c|rb|php|log)\b"
    ),
    re.compile(r"\bline \d+\b|:\d+\)|:\d+:\d+|\bpid[=: ]\d+"),
    re.compile(r"\b\d{2}:\d{2}:\d{2}\b|\b\d{4}-\d{2}-\d{2}[T ]\d{2}"),
    re.compile(r"0x[0-9a-f]{4,}|\b\w+\([\w, ]*\)|[{}();=<>]{3,}", re.I),
)
QUESTION = re.compile(
    r"[?？]|\b(?:why|how|what|which|when|who|should|can|does|is it)\b|吗|怎|什么|为何|如何"
)


def find_chatter(text: str) -> Chatter | None:
    """The kind of chatter a cleaned text is, or None if it may ask something."""
    bare = " ".join(EMOJI_CODE.sub(" ", LINK.sub(" ", text)).split())
    if TICKET.match(bare) or COMMAND.match(bare):
        return Chatter.NO_QUESTION
    words = re.findall(r"[^\W_]+|\+1", fold(bare))
    if not any(len(word) > 1 or not word.isascii() for word in words):  # "x", "1 2 3"
        return Chatter.NO_QUESTION
    if kind := _small_talk(words):
        return kind
    marks = sum(bool(mark.search(bare)) for mark in LOG_MARKS)
    return Chatter.NO_QUESTION if marks >= 2 and not QUESTION.search(bare) else None


def _small_talk(words: Collection[str]) -> Chatter | None:
    """The kind of a text that holds nothing but small talk; a greeting counts before thanks."""
    phrases, longest = _phrases()
    text = " ".join(words)
    kinds = set()
    while text:
        for size in range(min(longest, len(text)), 0, -1):
            kind = phrases.get(text[:size])
            if kind and not (text[size - 1].isascii() and text[size : size + 1].isalnum()):
                kinds.add(kind)
                text = text[size:].lstrip()
                break
        else:
            return None
    return next(kind for kind in Chatter if kind in kinds)


@cache
def _phrases() -> tuple[dict[str, Chatter], int]:
    """Phrase -> kind, from small_talk.txt: a heading `[kind]`, then phrases split by `;`."""
    phrases: dict[str, Chatter] = {}
    kind = Chatter.NO_QUESTION
    for line in (DATA / "small_talk.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = Chatter(line.strip("[]"))
        elif not line.startswith("#"):
            for phrase in filter(None, map(str.strip, line.split(";"))):
                phrases[" ".join(re.findall(r"[^\W_]+|\+1", fold(phrase)))] = kind
    return phrases, max(map(len, phrases))

"""What is left of a typed line without what only surrounds it: marks, quotes, bullets, colons."""

from __future__ import annotations

import re

from bot.search.normalize import PLAIN

# Slack's signs of bold, italics, strike and code, but not those within a word, as in top_p.
MARKS = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)")
LEADING = re.compile(r"(?:[\s:：,，、;；。…>•·–—]|[.!！?？|#-]+\s)+")
TRAILING = " :：,，、;；>…"
AROUND_A_WORD = " \t:：,，、;；.。!！?？…>()（）[]【】\"'“”‘’「」『』《》"
PAIRS = ("“”", "‘’", "「」", "『』", "《》", "()", "（）", "[]", "【】", '""', "''")
WRAPPERS = {pair[0]: pair[1] for pair in PAIRS}


def clean_line(text: str) -> str:
    """`text` as it would be without formatting, a bullet or a colon before it, and quotes around
    it; "" if there is nothing else."""
    if PLAIN.fullmatch(text):
        return text
    text = " ".join(MARKS.sub("", text).split())
    before = ""
    while text != before:
        before = text
        if found := LEADING.match(text):
            text = text[found.end() :]
        text = unwrap(text.rstrip(TRAILING))
    return text if text.strip(AROUND_A_WORD) or "?" in text or "？" in text else ""


def clean_argument(text: str) -> str:
    """What stands behind a verb; "" if it is punctuation alone."""
    text = clean_line(text)
    return text if text.strip(AROUND_A_WORD) else ""


def clean_word(text: str) -> str:
    """A word without the punctuation around it."""
    return text.strip(AROUND_A_WORD)


def unwrap(text: str) -> str:
    """Without one pair of quotes or brackets that holds the whole of it."""
    if len(text) < 2 or WRAPPERS.get(text[0]) != text[-1]:
        return text
    inside = text[1:-1]
    return text if text[0] in inside or text[-1] in inside else inside.strip()

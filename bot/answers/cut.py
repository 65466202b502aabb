"""How much a text says, and cutting it: in English words, in Chinese characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from bot.handbook.measure import length
from bot.i18n import Lang
from bot.slack.blocks import clip

MOST: dict[Lang, int] = {"en": 70, "zh": 160}  # of an answer before More
LONGEST = 600  # characters of one text, whatever its language: a team's own list has any


def measure(texts: Sequence[str], lang: Lang) -> int:
    """Words in English, characters (and Latin words and numbers) in Chinese."""
    return length("\n".join(texts), lang)


def cut(text: str, lang: Lang, room: int) -> str:
    """At most `room` words or characters of `text`, with an ellipsis where it was cut."""
    text = clip(text, LONGEST)
    if len(text) <= room or length(text, lang) <= room:  # it counts no more than characters
        return text
    ends = range(len(text) + 1)
    end = bisect_right(ends, room, key=lambda at: length(text[:at], lang)) - 1
    kept = text[:end]
    if lang == "en":  # not within a word
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,.;:，。；：、") + "…" if kept else ""

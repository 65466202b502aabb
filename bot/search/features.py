"""What a text says, as weighted features that two texts about one thing share.

Words lose their endings, Chinese text becomes pairs of characters, and words of one concept
("delete", "erase", 删除) share a feature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from operator import add

from bot.search.normalize import HAN, fold
from bot.search.segment import segment
from bot.search.stem import root
from bot.search.words import DATA, LONGEST_FRAME, stop_words

STRETCH = re.compile(f"[{HAN}]+|[a-z]+(?:-[a-z]+)*|[0-9]+")
SINGLE_HAN = 0.35  # a lone character against a pair
# What a verb means with a small word that by itself only frames: "makes things up".
PHRASES = (
    (re.compile(r"\bma(?:kes?|de|king)(?: [a-z]+){0,2}? up\b"), "invents"),
    (re.compile(r"\b(?:is|are|was|were|goes|going|went) down\b(?! round)"), "outage"),
)
CONCEPT_MARK = "§"  # begins the feature of a concept
CONCEPT = 0.6  # a word of the same concept against the word itself


def features_of(text: str) -> dict[str, float]:
    """Feature -> weight of a question: roots, pairs of characters, concepts; without frames."""
    concepts, longest = _concepts()
    features: dict[str, float] = {}
    for stretch in STRETCH.findall(_with_plain_verbs(fold(text))):
        if stretch.isascii():
            _add_word(stretch, features)
            for word in stretch.split("-"):
                for concept in concepts.get(root(word), ()):
                    features.setdefault(concept, CONCEPT)
            continue
        for part in _without_frames(stretch):
            _add_pairs(part, features)
        for i in range(len(stretch)):
            for size in range(1, longest + 1):
                for concept in concepts.get(stretch[i : i + size], ()):
                    features.setdefault(concept, CONCEPT)
    return features


def _with_plain_verbs(text: str) -> str:
    for phrase, verb in PHRASES:
        text = phrase.sub(verb, text)
    return text


def features_of_prose(text: str) -> dict[str, float]:
    """The same for prose, where frames and concepts are too common to tell anything."""
    features: dict[str, float] = {}
    for stretch in STRETCH.findall(fold(text)):
        if stretch.isascii():
            _add_word(stretch, features)
        else:
            _add_pairs(stretch, features)
    return features


def _add_word(word: str, features: dict[str, float]) -> None:
    """A word's root; of a compound the roots of its parts, and itself: drag-along."""
    if "-" in word:
        for part in word.split("-"):
            _add_word(part, features)
        features[word.replace("-", "")] = 1.0
    elif word not in stop_words() and (len(word) > 1 or word.isdigit()):
        features[root(word)] = 1.0


def _add_pairs(stretch: str, features: dict[str, float]) -> None:
    features.update(dict.fromkeys(map(add, stretch, stretch[1:]), 1.0))
    for char in stretch:
        features.setdefault(char, SINGLE_HAN)


def _without_frames(stretch: str) -> list[str]:
    """The parts of a run of Han characters between its question frames. These are whole words: 用
    is one, and 用户 is none."""
    words = segment(stretch)
    kept: list[str] = []
    start = 0
    while start < len(words):
        end = _frame_end(words, start)
        kept.append(" " if end > start else words[start])
        start = max(end, start + 1)
    return "".join(kept).split()


def _frame_end(words: Sequence[str], start: int) -> int:
    """Where the longest frame that begins with a word ends; `start` if there is none."""
    text, longest = "", start
    for end in range(start + 1, len(words) + 1):
        text += words[end - 1]
        if len(text) > LONGEST_FRAME:
            break
        if text in stop_words():
            longest = end
    return longest


@cache
def _concepts() -> tuple[Mapping[str, tuple[str, ...]], int]:
    """Word -> its concepts, and the length of the longest Chinese one."""
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate((DATA / "concepts.txt").read_text("utf-8").splitlines()):
        if line.startswith("#"):
            continue
        for word in line.split():
            key = root(word) if word.isascii() else word
            table[key] = (*table.get(key, ()), f"{CONCEPT_MARK}{number}")
    return table, max(len(word) for word in table if not word.isascii())

"""Word lists: how common a word is, and which words of a question carry no content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.i18n import LANGS, Lang
from bot.search.normalize import Unit

DATA = Path(__file__).with_name("data")
LATIN_WEIGHT, HAN_WEIGHT, DIGIT_WEIGHT = 2.0, 1.0, 0.7
# Words that half of all questions here hold: they tell little of what is asked.
GENERIC = frozenset(
    "ai model models llm llms app apps product startup startups company companies system systems "
    "technology tech team".split()
)
GENERIC_HAN = frozenset({"模型", "公司", "团队", "产品", "技术", "创业", "系统"})
GENERIC_FACTOR = 0.4
VERY_COMMON = 2_500  # rank among the words of a language
LONE_LETTER = 0.5  # "g" in "5g" is no word, but no frame either
LONGEST_FRAME = 6  # characters of the longest phrase in stop_zh.txt


@cache
def everyday_words(lang: Lang) -> tuple[str, ...]:
    """The common words of a language, commonest first; Chinese ones have two characters or more."""
    return tuple((DATA / f"everyday_{lang}.txt").read_text("utf-8").split())


@cache
def everyday_ranks() -> Mapping[str, int]:
    """English and Chinese words with their rank in their language, 0 = commonest."""
    return {word: rank for lang in LANGS for rank, word in enumerate(everyday_words(lang))}


def is_everyday(word: str) -> bool:
    return word in everyday_ranks()


def is_common(word: str) -> bool:
    """Among the first few thousand of its language: in running text it says little by itself."""
    return everyday_ranks().get(word, VERY_COMMON) < VERY_COMMON


@cache
def stop_words() -> frozenset[str]:
    """English words and Chinese phrases that frame a question."""
    return frozenset(
        word
        for name in ("stop_en.txt", "stop_zh.txt")
        for word in (DATA / name).read_text("utf-8").split()
    )


def unit_weight(unit: Unit) -> float:
    """What a unit weighs as part of a name: 2 a Latin word, 1 a Han character, 0.7 a number."""
    if unit.is_han:
        return HAN_WEIGHT
    if unit.is_digit:
        return DIGIT_WEIGHT
    return LATIN_WEIGHT if len(unit.text) > 1 else LONE_LETTER


def content_weights(units: Sequence[Unit]) -> list[float]:
    """How much each unit of a query says: nothing where it only frames the question."""
    stops = stop_words()
    weights = []
    frame_end = 0
    for i, unit in enumerate(units):
        if unit.is_han:
            frame_end = max(frame_end, _frame_end(units, i, stops))
            weights.append(0.0 if i < frame_end else HAN_WEIGHT)
        else:
            weights.append(0.0 if unit.text in stops else unit_weight(unit))
    for i, unit in enumerate(units):
        if unit.text in GENERIC:
            weights[i] *= GENERIC_FACTOR
        elif i and units[i - 1].text + unit.text in GENERIC_HAN:
            weights[i - 1], weights[i] = HAN_WEIGHT * GENERIC_FACTOR, HAN_WEIGHT * GENERIC_FACTOR
    return weights


def _frame_end(units: Sequence[Unit], start: int, stops: frozenset[str]) -> int:
    """Where the longest frame that starts at `start` ends; `start` if there is none."""
    text = ""
    end = start
    for i in range(start, min(start + LONGEST_FRAME, len(units))):
        text += units[i].text
        if text in stops:
            end = i + 1
    return end

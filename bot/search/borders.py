"""Where words end in Chinese, which has no spaces: 商标|注册 does not speak of 标注."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.search.normalize import Unit
from bot.search.segment import segment
from bot.search.words import is_everyday

SHORT = 3  # characters: a longer name hardly comes about by chance


def crosses_words(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether an everyday word lies across the left edge of a stretch, and across the right."""
    left = start > 0 and is_everyday(text[start - 1 : start + 1])
    return left, end < len(text) and is_everyday(text[end - 1 : end + 1])


# What makes another word of the word behind it: semi-supervised, 半监督.
PREFIXES = frozenset(
    "semi self non un anti multi pre post sub super co de re inter cross pseudo quasi "
    "半 非 伪 准 类 亚 泛".split()
)


def is_inside_a_word(units: Sequence[Unit], start: int, end: int) -> bool:
    """Whether a name is only part of a longer word: [风险投资]者, semi-[supervised]."""
    if start and units[start - 1].text in PREFIXES:
        return True
    if not units[end - 1].is_han or end == len(units) or not units[end].is_han:
        return False
    last = end
    while last < len(units) and units[last].is_han:
        last += 1
    place = start
    for word in segment("".join(unit.text for unit in units[start:last])):
        place += len(word)
        if place >= end:
            return place > end
    return False


def is_pieced(text: str, start: int, end: int) -> bool:
    """A short stretch that reads like a name and is made of pieces of the words around it: of one
    on each side (商[标注]册), or of a whole word and a piece ([公司法]务)."""
    if end - start > SHORT:
        return False
    left, right = crosses_words(text, start, end)
    if left and right:
        return True
    inner = end - start > 2
    return inner and (
        (right and is_everyday(text[start : end - 1]))
        or (left and is_everyday(text[start + 1 : end]))
    )


def sounds_by_chance(
    text: str, weights: Sequence[float], start: int, end: int, names: Iterable[str]
) -> bool:
    """A stretch of Chinese that sounds like `names` and is nothing of the sort: a word that is
    written right (the end of 多少钱 is no 烧钱), or, if it is short, one with part of a frame or of
    another word in it, or one that shares no character with the name and stands among others."""
    if is_everyday(text[start:end]):
        return True
    if end - start > SHORT or end - start == len(text):
        return False
    if not all(weights[start:end]) or any(crosses_words(text, start, end)):
        return True
    alike = any(a == b for name in names for a, b in zip(name, text[start:end], strict=False))
    before = start > 0 and text[start - 1] != "\0" and weights[start - 1] > 0
    after = end < len(text) and text[end] != "\0" and weights[end] > 0
    return not alike and (before or after)

"""How Chinese text sounds: pinyin without tones, a folded form, initials."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice, product

from bot.search.words import DATA

MAX_READINGS = 6  # combinations kept for a name with several ambiguous characters
# Sounds that southern speakers and hurried typists do not tell apart.
FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"),
         ("lv", "lu"), ("nv", "nu"))  # fmt: skip


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character -> toneless readings, commonest first."""
    lines = (DATA / "readings.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {char: tuple(syllables.split(" ")) for char, syllables in pairs}


def syllables(text: str) -> tuple[str, ...]:
    """The commonest reading of each Han character; other characters stand for themselves."""
    table = readings()
    return tuple(table.get(char, (char,))[0] for char in text)


def sounds(text: str) -> list[str]:
    """Every likely pinyin of a name, joined: 银行 -> yinhang, yinxing."""
    table = readings()
    options = [table.get(char, (char,)) for char in text]
    return list(dict.fromkeys("".join(c) for c in islice(product(*options), MAX_READINGS)))


def initials(text: str) -> str:
    """First letters: 数据飞轮 -> sjfl."""
    return "".join(syllable[0] for syllable in syllables(text))


def fold_sound(pinyin: str) -> str:
    """Pinyin with the sounds that are often confused made one."""
    for sound, folded in FOLDS:
        pinyin = pinyin.replace(sound, folded)
    return pinyin

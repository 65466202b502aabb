"""Make the word and reading lists in bot/search/data/ from three packages (all MIT licence).

    pip install -e '.[words]' && python scripts/build_words.py

- everyday_en.txt: the 30,000 commonest English words, commonest first (pyspellchecker, from
  hermitdave/FrequencyWords).
- everyday_zh.txt: the 40,000 commonest Chinese words of two characters or more (jieba).
- readings.tsv: a character and its toneless readings, commonest first (pypinyin).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import jieba
from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.style import convert
from spellchecker import SpellChecker

DATA = Path(__file__).resolve().parent.parent / "bot" / "search" / "data"
ENGLISH_WORDS = 30_000
CHINESE_WORDS = 40_000
RARE_READING = 0.08  # a reading that stands in fewer of a character's phrases is left out
HAN = range(0x4E00, 0x9FA6)


def english() -> list[str]:
    frequency = Counter(dict(SpellChecker(language="en").word_frequency.items()))
    return [w for w, _ in frequency.most_common() if w.isascii() and w.isalpha()][:ENGLISH_WORDS]


def chinese() -> list[str]:
    frequency: Counter[str] = Counter()
    with jieba.get_dict_file() as stream:
        for line in stream.read().decode("utf-8").splitlines():
            word, count, *_ = line.split(" ")
            if len(word) > 1 and all(ord(c) in HAN for c in word):
                frequency[word] = int(count)
    return [word for word, _ in frequency.most_common(CHINESE_WORDS)]


def readings() -> list[str]:
    in_phrases: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in phrases_dict.items():
        for char, options in zip(phrase, syllables, strict=False):
            in_phrases[char][convert(options[0], Style.NORMAL, strict=False)] += 1
    lines = []
    for char in map(chr, HAN):
        first = pinyin(char, style=Style.NORMAL)[0][0]
        if first == char:
            continue
        counts = in_phrases[char]
        common = [s for s, n in counts.most_common(3) if n >= RARE_READING * counts.total()]
        ordered = dict.fromkeys([*common, first] if common else [first])
        lines.append(f"{char}\t{' '.join(s.replace('ü', 'v') for s in ordered)}")
    return lines


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    lists = {"everyday_en.txt": english(), "everyday_zh.txt": chinese(), "readings.tsv": readings()}
    for name, lines in lists.items():
        (DATA / name).write_text("\n".join(lines) + "\n", "utf-8")
        print(name, len(lines))

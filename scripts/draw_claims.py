"""Draw claims at random for somebody to check against their sources, an entry and a sentence each:

    python -m scripts.draw_claims --seed 20261129 --count 60 [ENTRY …]

A claim is a sentence, no question, that holds one of: a year, a day, a percentage, an amount of
money, a number of thousands and more or of parameters, a paragraph of a law, a work in 《》 or the
name of a law, a name written with a capital (in Chinese: in Latin letters). Advice may pass, so
draw a few more than you need.

The entry is drawn first, then the language, then the sentence, so that long entries are not
favoured. What a seed draws from an entry, and the order of entries, depend on that entry alone:
others may come, go and change. ENTRY is an id or the file of an entry: draw from these alone.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.handbook import Entry, read_handbook
from bot.i18n import LANGS, Lang
from bot.settings import read_content_dir

NO_CLAIM = {"who", "when", "discuss"}  # keys of texts that only ask or address somebody

ABBREVIATED = r"(?<!\bv\.)(?<!\bvs\.)(?<!\bNo\.)(?<!\bArt\.)(?<!\bU\.S\.)(?<!\bInc\.)"
ENDS: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(r"(?<=[。！？])|\n"),
    "en": re.compile(rf"(?<=[.!?]){ABBREVIATED}\s+(?=[A-Z“\"(\d])|\n"),
}
NUMBERS = (
    r"\b(?:19|20)\d\d\b|\d\s?%|[$€£¥]\s?\d|\b(?:USD|EUR|CNY|GBP|HKD|RMB)\b"
    r"|\d\s?(?:[万亿]|美元|欧元|英镑|元|年|月)|\d[\d.,]*\s?(?:thousand|million|billion|trillion|[BMmk]|bn)\b"
    r"|\d,\d{3}"
)
LAWS = r"\b(?:Art|Arts|Article|Section)\b\.?\s?\d|第\s?\d+\s?条|《|\b(?:Act|Regulation|Directive)\b"
NAMES: dict[Lang, str] = {
    "zh": r"[A-Z][a-z]+|[A-Za-z]+-\d",
    "en": r"(?<=[a-z,;:)] )[A-Z]\w*[a-z]\w*|\b[A-Z]+-\d",
}
CLAIM = {lang: re.compile(f"{NUMBERS}|{LAWS}|{NAMES[lang]}") for lang in LANGS}


@dataclass(frozen=True)
class Claim:
    """A sentence of an entry, and the key of the text that it stands in."""

    entry: Entry
    key: str
    lang: Lang
    sentence: str

    def __str__(self) -> str:
        where = f"{self.entry.id}: {self.key}.{self.lang}"
        return "\n   ".join((where, self.sentence, *(f"- {s}" for s in self.entry.sources)))


def find_claims(entry: Entry, lang: Lang) -> Iterator[Claim]:
    """The sentences of `entry` that hold a claim."""
    for part in entry.parts():
        if part.key in NO_CLAIM:
            continue
        for sentence in map(str.strip, ENDS[lang].split(part.text.get(lang))):
            if CLAIM[lang].search(sentence) and not sentence.endswith(("?", "？")):
                yield Claim(entry, part.key, lang, sentence)


def draw_claims(entries: Collection[Entry], seed: int, count: int) -> list[Claim]:
    """One claim from each of `count` entries, or fewer where fewer hold any."""
    dice = {entry.id: random.Random(f"{seed} {entry.id}") for entry in entries}
    drawn: list[Claim] = []
    for entry in sorted(entries, key=lambda entry: dice[entry.id].random()):
        for lang in dice[entry.id].sample(LANGS, len(LANGS)):
            if len(drawn) < count and (claims := list(find_claims(entry, lang))):
                drawn.append(dice[entry.id].choice(claims))
                break
    return drawn


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("entries", nargs="*", metavar="ENTRY", help="an id, or an entry's file")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--dir", type=Path, help="content folder, default: CONTENT_DIR")
    options = parser.parse_args(arguments)
    handbook, _ = read_handbook(options.dir or read_content_dir())
    wanted: Collection[str] = {Path(name).stem for name in options.entries} or handbook.entries
    entries = [entry for entry in handbook.entries.values() if entry.id in wanted]
    for number, claim in enumerate(draw_claims(entries, options.seed, options.count), 1):
        print(f"{number}. {claim}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Made-up term lists of any size, and queries with slips for them; the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.handbook.models import Handbook, Term
from bot.i18n import Text
from bot.search.sound import syllables
from bot.search.words import everyday_ranks

NAMES_A_TERM = 2  # one Chinese, one English
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    kind: str
    expect: str


def make_handbook(names: int, seed: int = 7) -> Handbook:
    """A handbook of `names` distinct bilingual names, two to a term."""
    choose = random.Random(seed)
    english = [w for w in everyday_ranks() if w.isascii() and len(w) > 3]
    chinese = [w for w in everyday_ranks() if not w.isascii() and len(w) == 2]
    entries: dict[str, Term] = {}
    used: set[str] = set()
    while len(entries) * NAMES_A_TERM < names:
        en = " ".join(choose.sample(english, choose.choice((1, 2, 2, 3))))
        zh = "".join(choose.sample(chinese, choose.choice((2, 2, 3))))
        if en in used or zh in used:
            continue
        used |= {en, zh}
        number = f"t{len(entries)}"
        entries[number] = Term(id=number, file="own.csv", title=Text(zh, en))
    return Handbook(entries)


def make_queries(handbook: Handbook, count: int, seed: int = 11) -> list[Query]:
    """`count` queries of each kind: exact, a slip in English, in Chinese, pinyin, a question."""
    choose = random.Random(seed)
    terms = choose.sample(list(handbook.entries.values()), count)
    queries = []
    for term in terms:
        zh, en = term.title.zh, term.title.en
        queries += [
            Query(choose.choice((zh, en)), "exact", term.id),
            Query(_slip(en, LETTERS, choose), "typo_en", term.id),
            Query(_slip(zh, "的一是在不了有和人这", choose, replace_only=True), "typo_zh", term.id),
            Query("".join(syllables(zh)), "pinyin", term.id),
            Query(f"what is {en} good for", "question_en", term.id),
            Query(f"{zh}到底是什么", "question_zh", term.id),
        ]
    return queries


def _slip(text: str, alphabet: str, choose: random.Random, replace_only: bool = False) -> str:
    at = choose.randrange(1, len(text))
    kind = "replace" if replace_only else choose.choice(("replace", "drop", "double", "swap"))
    if kind == "swap" and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "drop":
        return text[:at] + text[at + 1 :]
    if kind == "double":
        return text[:at] + text[at] + text[at:]
    return text[:at] + choose.choice(alphabet) + text[at + 1 :]

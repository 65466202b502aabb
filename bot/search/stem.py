"""Light English stemming: what people vary when they mean the same word."""

from __future__ import annotations

import re
from functools import lru_cache

# British to American, then plurals. Each pair: ending, replacement, least letters before it.
SPELLINGS = (
    ("isation", "ization", 3), ("ising", "izing", 3), ("ised", "ized", 3), ("iser", "izer", 3),
    ("ise", "ize", 4), ("lling", "ling", 3), ("lled", "led", 3), ("elling", "eling", 2),
    ("our", "or", 3), ("ours", "or", 3), ("tre", "ter", 2), ("ogue", "og", 3),
)  # fmt: skip
PLURALS = (("ies", "y", 3), ("sses", "ss", 1), ("xes", "x", 2), ("ches", "ch", 2),
           ("shes", "sh", 2), ("s", "", 3))  # fmt: skip
NOT_PLURAL = re.compile(r"(ss|(?<![cgnt]p)us|is|ias|ops|aas)$")
ENDINGS = (
    ("izations", ""), ("ization", ""), ("izing", ""), ("ized", ""), ("izes", ""), ("ize", ""),
    ("ational", "ate"), ("ations", ""), ("ation", ""), ("ating", ""), ("ated", ""), ("ates", ""),
    ("ate", ""), ("fulness", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ingly", ""),
    ("edly", ""), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""), ("ness", ""),
    ("able", ""), ("ally", ""), ("ed", ""), ("ly", ""), ("al", ""), ("e", ""),
)  # fmt: skip
NO_ENDING = frozenset("embed speed bleed breed exceed succeed proceed indeed hundred".split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """One spelling for a word's plural and its British form; other endings stay."""
    if not word.isascii() or len(word) < 4:
        return word
    if not NOT_PLURAL.search(word):
        word = _replace(word, PLURALS)
    return _replace(word, SPELLINGS)


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """What is left of a word without its endings: for topics, where "billing" means "bill"."""
    word = stem(word)
    if not word.isascii() or word in NO_ENDING:
        return word
    for ending, replacement in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: len(word) - len(ending)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] != "s":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _replace(word: str, table: tuple[tuple[str, str, int], ...]) -> str:
    for ending, replacement, least in table:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: len(word) - len(ending)] + replacement
    return word

"""Questions that compare two things: "RAG or fine-tuning", X 和 Y 选哪个; and the written
comparisons that answer them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.handbook.models import Comparison, Handbook
from bot.search.named import Named
from bot.search.names import names_of
from bot.search.normalize import Unit, key_of, split_units
from bot.search.results import How, Match

# Words that stand between two things, and words that compare wherever they stand.
BETWEEN = re.compile(
    r"\b(?:or|versus)\b|(?<![a-z])(?:vs\.?|v\.s\.|pk)(?![a-z])|还是|抑或|或者|還是", re.IGNORECASE
)
ANYWHERE = re.compile(
    r"\b(?:differences? between|differs? from|different from|compared? (?:to|with)|compare|"
    r"better than|which (?:one )?is better|choose between)\b"
    r"|选哪|選哪|哪个好|哪個好|哪个更|哪种好|哪种更|怎么选|怎麼選|如何选|区别|區別|差别|差異|差异|对比|對比|"
    r"比较|比較|相比|有何不同|有什么不同|二选一",
    re.IGNORECASE,
)
LONGEST_NAME = 6  # units
SURE = 0.6  # how surely an entry must be named that is not spelt as it is


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of a comparison that a question names, at a place among its units."""

    comparison_id: str
    thing: int
    place: int


def compares(text: str) -> bool:
    """Whether a question has a word that compares."""
    return bool(BETWEEN.search(text) or ANYWHERE.search(text))


class ComparisonIndex:
    """The written comparisons by the names of their things: an entry's own, and those that only
    the comparison gives."""

    def __init__(self, handbook: Handbook) -> None:
        self._comparisons = {c.id: c for c in handbook.comparisons}
        self._names: dict[str, set[tuple[str, int]]] = {}
        self._entries: dict[str, set[tuple[str, int]]] = {}
        for comparison in handbook.comparisons:
            for number, thing in enumerate(comparison.things):
                place = (comparison.id, number)
                names = [thing.name.zh, thing.name.en, *thing.names]
                if entry := handbook.entries.get(thing.entry_id):
                    self._entries.setdefault(entry.id, set()).add(place)
                    names += [name for name, _ in names_of(entry)]
                for name in names:
                    self._names.setdefault(key_of(name), set()).add(place)

    def find(self, text: str, units: Sequence[Unit], named: Mapping[str, Named]) -> Match | None:
        """The comparison whose things a question names, if it compares them. `units` are those of
        the text, `named` the entries that it names."""
        mentions = self._mentions(units, named)
        by_comparison: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_comparison.setdefault(mention.comparison_id, []).append(mention)
        best: Comparison | None = None
        most = 1
        for comparison_id, found in by_comparison.items():
            things = len({mention.thing for mention in found})
            if things > most and _are_compared(text, found):
                best, most = self._comparisons[comparison_id], things
        return Match(best, 1.0, best.title.get("en"), How.WORDS) if best else None

    def _mentions(self, units: Sequence[Unit], named: Mapping[str, Named]) -> list[Mention]:
        found = []
        for entry_id, name in named.items():
            if name.score >= SURE and not name.doubtful and name.places:
                places = self._entries.get(entry_id, ())
                found += [Mention(one, thing, name.places[0]) for one, thing in places]
        taken = [False] * len(units)
        for size in range(min(LONGEST_NAME, len(units)), 0, -1):  # "paid pilot" is no "pilot" too
            for start in range(len(units) - size + 1):
                places = self._names.get("".join(u.text for u in units[start : start + size]), ())
                if places and not any(taken[start : start + size]):
                    taken[start : start + size] = [True] * size
                    found += [Mention(one, thing, start) for one, thing in places]
        return found


def _are_compared(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a word compares, which may have to stand between two of the things."""
    if ANYWHERE.search(text):
        return True
    for word in BETWEEN.finditer(text):
        place = len(split_units(text[: word.start()]))
        before = {mention.thing for mention in mentions if mention.place < place}
        after = {mention.thing for mention in mentions if mention.place >= place}
        if before and after and len(before | after) > 1:
            return True
    return False

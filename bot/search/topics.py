"""What a question is about when it names no term: TF-IDF over asks, titles and texts.

Words lose their endings, Chinese text becomes pairs of characters, and words of one concept
("delete", "erase", 删除) share a feature. Each ask is a small document of its own, since example
questions are worth more than the method that compares them.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from bot.handbook.models import Case, Checklist, Entry, Handbook, Section, Term, Tip
from bot.search.normalize import HAN, fold
from bot.search.stem import root
from bot.search.words import DATA, stop_words

STRETCH = re.compile(f"[{HAN}]+|[a-z]+|[0-9]+")
TEXT_SHARE = 0.60  # of the score: how much of the question the whole entry covers
ASK_SHARE = 0.40  # and how like its nearest ask is
FREQUENT = 4_000  # postings read of one feature: bounds the time on a long list of terms
SATURATION = 1.2  # BM25's k1
SINGLE_HAN = 0.35  # a lone character against a pair
CONCEPT = 0.6  # a word of the same concept against the word itself


@dataclass(frozen=True, slots=True)
class Topic:
    """How near an entry is to a question (0 to 1), and the ask it is most like, or ""."""

    entry_id: str
    score: float
    ask: str


class TopicIndex:
    """Built once, then only read."""

    def __init__(self, handbook: Handbook) -> None:
        self.entry_ids: list[str] = []
        self._text_postings: dict[str, tuple[array[int], array[float]]] = {}
        self._asks: list[tuple[int, str]] = []  # (entry number, the ask)
        self._ask_postings: dict[str, array[int]] = {}
        self._ask_features: list[dict[str, float]] = []
        for entry in handbook.entries.values():
            self._add(entry)
        self._idf = {f: log(1 + len(self.entry_ids) / (0.5 + len(p[0])))
                     for f, p in self._text_postings.items()}  # fmt: skip
        self._ask_norms = [self._norm(features) for features in self._ask_features]

    def _add(self, entry: Entry) -> None:
        number = len(self.entry_ids)
        self.entry_ids.append(entry.id)
        counts: Counter[str] = Counter()
        for text, weight in _texts(entry):
            for feature, amount in features_of(text).items():
                counts[feature] += weight * amount  # type: ignore[assignment]
        for feature, count in counts.items():
            numbers, values = self._text_postings.setdefault(feature, (array("I"), array("f")))
            numbers.append(number)
            values.append(count / (count + SATURATION))
        for ask in _ask_texts(entry):
            features = features_of(ask)
            if not features:
                continue
            for feature in features:
                self._ask_postings.setdefault(feature, array("I")).append(len(self._asks))
            self._asks.append((number, ask))
            self._ask_features.append(features)

    def _norm(self, features: Mapping[str, float]) -> float:
        idf = self._idf
        return sqrt(sum((idf[f] * v) ** 2 for f, v in features.items())) or 1.0

    def rank(self, query: str, limit: int = 24) -> list[Topic]:
        """The entries nearest to the query, best first."""
        features = features_of(query)
        if not features:
            return []
        unknown = log(1 + len(self.entry_ids))
        weights = {f: self._idf.get(f, unknown) * v for f, v in features.items()}
        whole = sum(weights.values())
        cover: dict[int, float] = {}
        for feature, weight in weights.items():
            numbers, values = self._text_postings.get(feature, ((), ()))
            if len(numbers) > FREQUENT:
                continue
            for number, value in zip(numbers, values, strict=True):
                cover[number] = cover.get(number, 0.0) + weight * value
        likeness = self._likeness(weights)
        scores = [
            (TEXT_SHARE * min(1.0, value / whole) + ASK_SHARE * likeness.get(number, (0.0, ""))[0],
             number)
            for number, value in cover.items()
        ]  # fmt: skip
        scores.sort(reverse=True)
        return [
            Topic(self.entry_ids[number], score, likeness.get(number, (0.0, ""))[1])
            for score, number in scores[:limit]
        ]

    def _likeness(self, weights: Mapping[str, float]) -> dict[int, tuple[float, str]]:
        """Entry number -> cosine with its nearest ask, and that ask."""
        dots: dict[int, float] = {}
        for feature, weight in weights.items():
            asks = self._ask_postings.get(feature, ())
            if len(asks) > FREQUENT:
                continue
            for ask in asks:
                value = self._ask_features[ask][feature] * self._idf[feature]
                dots[ask] = dots.get(ask, 0.0) + weight * value
        norm = sqrt(sum(w * w for w in weights.values()))
        best: dict[int, tuple[float, str]] = {}
        for ask, dot in dots.items():
            number, text = self._asks[ask]
            cosine = dot / (norm * self._ask_norms[ask])
            if cosine > best.get(number, (0.0, ""))[0]:
                best[number] = (cosine, text)
        return best


def features_of(text: str) -> dict[str, float]:
    """Feature -> weight: roots of words, pairs of Han characters, concepts; frames are left out."""
    table, han_concepts = _concepts()
    stops, frames = stop_words(), _frames()
    features: dict[str, float] = {}
    for stretch in STRETCH.findall(fold(text)):
        if stretch.isascii():
            if stretch not in stops and (len(stretch) > 1 or stretch.isdigit()):
                word = root(stretch)
                features[word] = 1.0
                for concept in table.get(word, ()):
                    features.setdefault(concept, CONCEPT)
            continue
        for part in frames.split(stretch):
            for i, char in enumerate(part):
                features.setdefault(char, SINGLE_HAN)
                if i:
                    features[part[i - 1 : i + 1]] = 1.0
        for word in han_concepts.findall(stretch):
            for concept in table[word]:
                features.setdefault(concept, CONCEPT)
    return features


@cache
def _frames() -> re.Pattern[str]:
    """Chinese question frames, longest first."""
    words = sorted((w for w in stop_words() if not w.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _concepts() -> tuple[Mapping[str, tuple[str, ...]], re.Pattern[str]]:
    """Word -> its concepts, and a pattern that finds the Chinese ones, also overlapping."""
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate((DATA / "concepts.txt").read_text("utf-8").splitlines()):
        if line.startswith("#"):
            continue
        for word in line.split():
            key = root(word) if word.isascii() else word
            table[key] = (*table.get(key, ()), f"§{number}")
    chinese = sorted((word for word in table if not word.isascii()), key=len, reverse=True)
    return table, re.compile(f"(?=({'|'.join(chinese)}))")


def _ask_texts(entry: Entry) -> Iterator[str]:
    yield from (*entry.asks.zh, *entry.asks.en)
    yield from filter(None, (entry.title.zh, entry.title.en, entry.short.zh, entry.short.en))
    if isinstance(entry, Tip):
        yield from (entry.body.zh, entry.body.en)


def _texts(entry: Entry) -> Iterable[tuple[str, float]]:
    """An entry's texts with their weight."""
    yield " ".join((entry.title.zh, entry.title.en, *entry.aliases)), 3.0
    yield " ".join((*entry.asks.zh, *entry.asks.en)), 2.0
    yield f"{entry.short.zh} {entry.short.en}", 2.0
    yield f"{entry.body.zh} {entry.body.en}", 1.0
    match entry:
        case Term():
            yield " ".join((entry.example.zh, entry.example.en)), 1.0
            yield " ".join((entry.mistake.zh, entry.mistake.en)), 1.0
        case Checklist():
            for item in entry.items:
                yield f"{item.text.zh} {item.text.en}", 1.0
            yield " ".join((entry.when.zh, entry.when.en)), 2.0
        case Case():
            yield " ".join((*entry.facts.zh, *entry.facts.en)), 1.0
            yield " ".join(f"{t.zh} {t.en}" for t in entry.lessons), 0.7
            yield " ".join((entry.discuss.zh, entry.discuss.en)), 0.7
        case Section():
            yield f"{entry.correction.zh} {entry.correction.en}", 0.5
        case Tip():
            yield f"{entry.why.zh} {entry.why.en}", 0.7

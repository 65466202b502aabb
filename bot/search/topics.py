"""What a question is about when it names no term: TF-IDF over asks, titles and texts.

Each ask is a small document of its own, since example questions are worth more than the method
that compares them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt
from operator import itemgetter

from bot.handbook.models import Case, Checklist, Entry, Handbook, Kind, Section, Term, Tip
from bot.search.features import features_of, features_of_prose

TEXT_SHARE = 0.75  # of the score: how much of the question the whole entry covers
ASK_SHARE = 0.25  # and how like its nearest ask is
MAX_READ = 1_500  # postings read for one question: bounds the time on a long list of terms
NO_ASK = (0.0, "")
NEIGHBOUR = 0.05  # of each of the three best linked entries' scores
EVIDENCE = 1.0  # rarity that must be found for half of a score: one common word proves little
SATURATION = 1.2  # BM25's k1


@dataclass(frozen=True, slots=True)
class Topic:
    """How near an entry is to a question (0 to 1), and the ask it is most like, or ""."""

    entry_id: str
    score: float
    ask: str


class Weighted:
    """An inverted index with weights: feature -> (texts, the feature's weight in each)."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, number: int, features: Mapping[str, float]) -> None:
        for feature, weight in features.items():
            numbers, weights = self._lists.setdefault(feature, (array("I"), array("f")))
            numbers.append(number)
            weights.append(weight)

    def count(self, feature: str) -> int:
        """In how many texts the feature stands."""
        return len(self._lists[feature][0]) if feature in self._lists else 0

    def score(self, query: Mapping[str, float]) -> dict[int, float]:
        """Text -> sum of weight products; rare features first, until MAX_READ postings are read."""
        found = [(self._lists[f], weight) for f, weight in query.items() if f in self._lists]
        found.sort(key=lambda pair: len(pair[0][0]))
        scores: dict[int, float] = {}
        read = 0
        for (numbers, weights), weight in found:
            read += len(numbers)
            if read > MAX_READ and scores:
                break
            for number, value in zip(numbers, weights, strict=True):
                scores[number] = scores.get(number, 0.0) + weight * value
        return scores


class TopicIndex:
    """Built once, then only read."""

    def __init__(self, handbook: Handbook) -> None:
        self._entry_ids = list(handbook.entries)
        self._kinds = [entry.kind for entry in handbook.entries.values()]
        self._links = _links(handbook)
        self._texts = Weighted()
        for number, entry in enumerate(handbook.entries.values()):
            counts: Counter[str] = Counter()
            for text, times, read in _texts(entry):
                for feature, weight in read(text).items():
                    counts[feature] += times * weight  # type: ignore[assignment]
            self._texts.add(number, {f: c / (c + SATURATION) for f, c in counts.items()})
        self._asks = Weighted()
        self._ask_of: list[tuple[int, str]] = []  # ask number -> (entry number, the ask)
        for number, entry in enumerate(handbook.entries.values()):
            for ask in _ask_texts(entry):
                self._asks.add(len(self._ask_of), _unit(self._weigh(features_of(ask))))
                self._ask_of.append((number, ask))

    def _with_neighbours(
        self, best: Sequence[tuple[int, float]], scores: Mapping[int, float]
    ) -> list[tuple[int, float]]:
        """Raise those whose linked entries fit the question too: one subject, several pages."""
        raised = [
            (number, score + NEIGHBOUR * sum(nlargest(3, (scores.get(n, 0.0) for n in links))))
            for number, score in best
            for links in (self._links[number],)
        ]
        return sorted(raised, key=itemgetter(1), reverse=True)

    def _weigh(self, features: Mapping[str, float]) -> dict[str, float]:
        """Weights by rarity (inverse document frequency)."""
        total = len(self._entry_ids)
        count = self._texts.count
        return {f: w * log(1 + total / (0.5 + count(f))) for f, w in features.items()}

    def rank(self, query: str, kinds: Collection[Kind] = (), limit: int = 24) -> list[Topic]:
        """The entries nearest to the query, of `kinds` if any are given, best first."""
        weights = self._weigh(features_of(query))
        whole = sum(weights.values())
        if not whole:
            return []
        nearest: dict[int, tuple[float, str]] = {}
        for ask_number, likeness in self._asks.score(_unit(weights)).items():
            number, ask = self._ask_of[ask_number]
            if likeness > nearest.get(number, NO_ASK)[0]:
                nearest[number] = (likeness, ask)
        scores = {
            number: (
                TEXT_SHARE * min(1.0, cover / whole) + ASK_SHARE * nearest.get(number, NO_ASK)[0]
            )
            * (cover / (cover + EVIDENCE))
            for number, cover in self._texts.score(weights).items()
            if not kinds or self._kinds[number] in kinds
        }
        best = self._with_neighbours(nlargest(limit, scores.items(), key=itemgetter(1)), scores)
        return [Topic(self._entry_ids[n], s, nearest.get(n, NO_ASK)[1]) for n, s in best]


def _links(handbook: Handbook) -> list[set[int]]:
    """Entry number -> numbers of the entries linked with it, either way."""
    numbers = {entry_id: number for number, entry_id in enumerate(handbook.entries)}
    links: list[set[int]] = [set() for _ in numbers]
    for number, entry in enumerate(handbook.entries.values()):
        for related in handbook.related_to(entry):
            links[number].add(numbers[related.id])
            links[numbers[related.id]].add(number)
    return links


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    """The vector scaled to length 1."""
    norm = sqrt(sum(w * w for w in weights.values())) or 1.0
    return {f: w / norm for f, w in weights.items()}


def _ask_texts(entry: Entry) -> Iterator[str]:
    yield from (*entry.asks.zh, *entry.asks.en)
    yield from filter(None, (entry.title.zh, entry.title.en, entry.short.zh, entry.short.en))
    if isinstance(entry, Tip):
        yield from (entry.body.zh, entry.body.en)


Read = Callable[[str], dict[str, float]]


def _texts(entry: Entry) -> Iterator[tuple[str, float, Read]]:
    """An entry's texts, each with its weight and how it is read."""
    asks, prose = features_of, features_of_prose
    yield " ".join((entry.title.zh, entry.title.en, *entry.aliases)), 3.0, asks
    yield " ".join((*entry.asks.zh, *entry.asks.en)), 2.0, asks
    yield f"{entry.short.zh} {entry.short.en}", 2.0, asks
    yield f"{entry.body.zh} {entry.body.en}", 1.0, prose
    match entry:
        case Term():
            yield " ".join((entry.example.zh, entry.example.en)), 1.0, prose
            yield " ".join((entry.mistake.zh, entry.mistake.en)), 1.0, prose
        case Checklist():
            for item in entry.items:
                yield f"{item.text.zh} {item.text.en}", 1.0, prose
            yield " ".join((entry.when.zh, entry.when.en)), 2.0, asks
        case Case():
            yield " ".join((*entry.facts.zh, *entry.facts.en)), 1.0, prose
            yield " ".join(f"{t.zh} {t.en}" for t in entry.lessons), 0.7, prose
            yield " ".join((entry.discuss.zh, entry.discuss.en)), 0.7, prose
        case Section():
            yield f"{entry.correction.zh} {entry.correction.en}", 0.5, prose
        case Tip():
            yield f"{entry.why.zh} {entry.why.en}", 0.7, prose

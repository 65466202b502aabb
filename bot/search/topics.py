"""What a question is about: its words and its meaning, compared with each entry.

Words: TF-IDF over all texts of an entry. Meaning: word vectors, compared with the middle of an
entry's asks and with the nearest of them.
Each kind of evidence gives points; their weights were fitted on questions of real people, so that
the right entry comes first (bench.quality shows what they reach).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log
from operator import attrgetter
from sys import intern

from bot.handbook.models import Checklist, Entry, Handbook, Kind, Tip
from bot.search.features import CONCEPT_MARK, features_of, features_of_prose
from bot.search.items import item_about
from bot.search.vectors import Asked, Meanings, VectorIndex
from bot.search.weighted import Weighted, WeightedPostings

COVER, FOUND, CENTRE, NEAREST = 0.6, 2.1, 1.9, 1.6  # points for each kind of evidence
# Points for the entry whose centre, and whose asks, are the nearest of all; half for the second…
FIRST_CENTRE, FIRST_NEAREST = 1.4, 1.7
EVIDENCE = 1.0  # rarity that must be found for half of the points of cover
SATURATION, BY_LENGTH = 4.0, 0.3  # BM25's k1 and b
NAMES_WEIGHT, ASK_WEIGHT = 3.0, 1.5
ROUGH = 20  # entries that hold most of the question's words, and as many whose centre is near
LIMIT = 24  # topics of one question
SHORT_QUESTION, FEW = 6, 5  # words (and pairs of Chinese characters); entries
CLOSE = 12  # of these, so many are compared ask by ask
Count = tuple[tuple[str, ...], "array[float]"]  # features, and how often an entry holds each
Counts = Mapping[str, Count]  # by entry id


@dataclass(frozen=True, slots=True)
class Topic:
    """What speaks for an entry beside its name. `points`: all of it, about 0 to 25."""

    entry_id: str
    points: float
    cover: float  # share of the question's rarity that the entry's texts hold, 0 to 1
    found: float  # the same, absolute
    centre: float  # cosine to the middle of the asks
    nearest: float  # mean cosine to the nearest asks; to the middle of the asks, if not compared
    holds_all: bool = False  # one of the few entries that hold all words of a short question
    ask: str = ""  # the nearest ask, if they were compared


def _points(
    cover: float,
    found: float,
    centre: float,
    nearest: float,
    centre_place: float = inf,
    nearest_place: float = inf,
) -> float:
    """Places count from 1: of all entries by centre, and by the nearest asks of those whose asks
    were compared."""
    words = found / (found + EVIDENCE)
    return (
        COVER * cover * words
        + FOUND * found
        + CENTRE * centre
        + NEAREST * nearest
        + FIRST_CENTRE / centre_place
        + FIRST_NEAREST / nearest_place
    )


class Topics:
    """What questions are compared with: the entries by number, their words and their meanings."""

    ids: Sequence[str]
    numbers: Mapping[str, int]
    kinds: Sequence[Kind]
    texts: Weighted
    meanings: Meanings
    total: float  # of entries, for a word's rarity

    def rank(
        self, query: str, kinds: Collection[Kind] = (), named: Collection[str] = ()
    ) -> list[Topic]:
        """The LIMIT entries nearest to the query, of `kinds` if any are given, best first.

        Those of the ids `named` are among them in any case.
        """
        weights = self._weigh(features_of(query))
        found: Mapping[int, float] = self.texts.score(weights)
        holders = self._holders(weights)
        asked = Asked.of(query)
        centres = self.meanings.centres(asked) if asked else {}
        if kinds:
            found, centres = self._of_kinds(found, kinds), self._of_kinds(centres, kinds)
            holders = {number for number in holders if self.kinds[number] in kinds}
        places = _places(centres)
        wanted = holders.union(self.numbers[entry_id] for entry_id in named)
        whole = sum(weights.values()) or 1.0

        def points(number: int, nearest: float, place: float = inf) -> float:
            rarity = found.get(number, 0.0)
            cover = min(1.0, rarity / whole)
            return _points(cover, rarity, centres[number], nearest, places.get(number, inf), place)

        candidates = {*_best(found, ROUGH), *list(places)[:ROUGH], *wanted}
        for number in candidates.difference(centres):
            centres[number] = self.meanings.centre(number, asked) if asked else 0.0
        best = _best({number: points(number, centres[number]) for number in candidates}, LIMIT)
        compared = {}
        if asked:
            compared = {n: self.meanings.nearest(n, asked) for n in {*best[:CLOSE], *wanted}}
        by_asks = _places({number: like for number, (like, _) in compared.items()})
        topics = []
        for number in {*best, *wanted}:
            like, ask = compared.get(number, (centres[number], ""))
            topics.append(
                Topic(
                    self.ids[number],
                    points(number, like, by_asks.get(number, inf)),
                    min(1.0, found.get(number, 0.0) / whole),
                    found.get(number, 0.0),
                    centres[number],
                    like,
                    number in holders,
                    ask,
                )
            )
        return sorted(topics, key=attrgetter("points"), reverse=True)

    def item_about(self, checklist: Checklist, query: str) -> int | None:
        """The number of the item that the query speaks of, if there is one."""
        return item_about(checklist, self._weigh(features_of(query)))

    def company(self, entry_id: str, rest: str) -> float:
        """Points that the rest of a question, without a name, gives the entry of that name."""
        number = self.numbers[entry_id]
        weights = self._weigh(features_of(rest))
        found = self.texts.score_one(number, weights)
        cover = found / (sum(weights.values()) or 1.0)
        asked = Asked.of(rest)
        centre = self.meanings.centre(number, asked) if asked else 0.0
        nearest, _ = self.meanings.nearest(number, asked) if asked else (centre, "")
        return _points(cover, found, centre, nearest)

    def _holders(self, features: Mapping[str, float]) -> set[int]:
        """The entries that hold all words of a short question, if they are few."""
        words = [feature for feature in features if not feature.startswith(CONCEPT_MARK)]
        if not words or len(words) > SHORT_QUESTION:
            return set()
        holders = set.intersection(*map(self.texts.holders, words))
        return holders if len(holders) <= FEW else set()

    def _of_kinds(self, values: Mapping[int, float], kinds: Collection[Kind]) -> dict[int, float]:
        return {number: value for number, value in values.items() if self.kinds[number] in kinds}

    def _weigh(self, features: Mapping[str, float]) -> dict[str, float]:
        """Weights by rarity (inverse document frequency)."""
        total, count = self.total, self.texts.count
        return {f: w * log(1 + total / (0.5 + count(f))) for f, w in features.items()}


class TopicIndex(Topics):
    """Of one handbook. Built once, then only read."""

    ids: list[str]
    numbers: dict[str, int]
    meanings: VectorIndex

    def __init__(
        self,
        handbook: Handbook,
        counts: Counts | None = None,
        before: TopicIndex | None = None,
        unchanged: Collection[str] = (),
        *,
        mean_length: float | None = None,
        all_meant: bool = False,
    ) -> None:
        """`counts` are the handbook's, from `count_entries`. The vectors of `unchanged` entries are
        taken from the index `before`. `mean_length`: that of the index which this one is joined
        with. `all_meant`: each entry may be near to a question without sharing a word."""
        entries = handbook.entries
        counts = count_entries(handbook) if counts is None else counts
        self.ids = list(entries)
        self.numbers = {entry_id: number for number, entry_id in enumerate(entries)}
        self.kinds = [entry.kind for entry in entries.values()]
        self.total = len(self.ids)
        if mean_length is None:
            mean_length = sum(sum(values) for _, values in counts.values()) / max(1, len(counts))
        self.mean_length = mean_length
        self.texts = WeightedPostings(_saturated(counts[i], mean_length) for i in entries)
        self.meanings = meanings = VectorIndex()
        for number, entry in enumerate(entries.values()):
            if before and entry.id in unchanged:
                meanings.copy(number, before.meanings, before.numbers[entry.id])
                continue
            asks = tuple(ask_texts(entry))
            if all_meant or entry.asks.zh or entry.asks.en:
                meanings.add(number, asks)
            else:
                meanings.add_texts(number, asks)


def _places(values: Mapping[int, float]) -> dict[int, float]:
    """Number -> its place, from 1, where the greatest value is first."""
    return {number: float(place) for place, number in enumerate(_best(values), 1)}


def _best(values: Mapping[int, float], limit: int | None = None) -> list[int]:
    """The numbers of the greatest values, best first."""
    return sorted(values, key=values.__getitem__, reverse=True)[:limit]


def ask_texts(entry: Entry) -> Iterator[str]:
    """What a question may be like: an entry's asks, titles and short texts."""
    yield from (*entry.asks.zh, *entry.asks.en)
    yield from filter(None, (entry.title.zh, entry.title.en, entry.short.zh, entry.short.en))
    if isinstance(entry, Tip):
        yield from (entry.body.zh, entry.body.en)


def count_entries(
    handbook: Handbook, before: Counts | None = None, unchanged: Collection[str] = ()
) -> Counts:
    """What each entry's texts hold: nine tenths of the work of an index. That of `unchanged`
    entries is taken from `before`."""
    return {
        entry_id: before[entry_id] if before and entry_id in unchanged else _compact(_counts(entry))
        for entry_id, entry in handbook.entries.items()
    }


def _compact(counts: Counter[str]) -> Count:
    return tuple(map(intern, counts)), array("d", counts.values())


def _counts(entry: Entry) -> Counter[str]:
    """Feature -> how often the entry holds it, by the weight of the text it stands in."""
    counts: Counter[str] = Counter()

    def count(text: str, weight: float, *, prose: bool = False) -> None:
        read = features_of_prose if prose else features_of
        for feature, value in read(text).items():
            counts[feature] += weight * value  # type: ignore[assignment]  # typeshed: ints alone

    count(" ".join((entry.title.zh, entry.title.en, *entry.aliases)), NAMES_WEIGHT)
    for ask in (*entry.asks.zh, *entry.asks.en):
        count(ask, ASK_WEIGHT)
    for part in entry.parts():
        if part.weight:
            count(f"{part.text.zh} {part.text.en}", part.weight, prose=part.prose)
    return counts


def _saturated(counts: Count, mean_length: float) -> dict[str, float]:
    """BM25's weights: a word that comes again adds less, and less in a long entry."""
    features, values = counts
    length = 1 - BY_LENGTH + BY_LENGTH * sum(values) / mean_length
    half = SATURATION * length
    return {f: count / (count + half) for f, count in zip(features, values, strict=True)}

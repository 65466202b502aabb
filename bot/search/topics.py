"""What a question is about: its words and its meaning, compared with each entry.

Words: TF-IDF over all texts of an entry. Meaning: word vectors, compared with the middle of an
entry's asks and with the nearest of them.
Each kind of evidence gives points; their weights were fitted on questions of real people, so that
the right entry comes first (bench.quality shows what they reach).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log
from operator import attrgetter

from bot.handbook.models import Checklist, Kind
from bot.search.features import CONCEPT_MARK, features_of
from bot.search.items import item_about
from bot.search.vectors import Asked, Meanings
from bot.search.weighted import Weighted

COVER, FOUND, CENTRE, NEAREST = 0.6, 2.1, 1.9, 1.6  # points for each kind of evidence
# Points for the entry whose centre, and whose asks, are the nearest of all; half for the second…
FIRST_CENTRE, FIRST_NEAREST = 1.4, 1.7
EVIDENCE = 1.0  # rarity that must be found for half of the points of cover
MOST_WEIGHT = 70.0  # of all words of a question
ROUGH = 20  # entries that hold most of the question's words, and as many whose centre is near
LIMIT = 24  # topics of one question
SHORT_QUESTION, FEW = 6, 5  # words (and pairs of Chinese characters); entries
CLOSE = 12  # of these, so many are compared ask by ask


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
        """Weights by rarity (inverse document frequency). A story's are less each, so that they
        come to no more than a long question's."""
        total, count = self.total, self.texts.count
        weights = {f: w * log(1 + total / (0.5 + count(f))) for f, w in features.items()}
        share = min(1.0, MOST_WEIGHT / (sum(weights.values()) or 1.0))
        return {f: w * share for f, w in weights.items()} if share < 1 else weights


def _places(values: Mapping[int, float]) -> dict[int, float]:
    """Number -> its place, from 1, where the greatest value is first."""
    return {number: float(place) for place, number in enumerate(_best(values), 1)}


def _best(values: Mapping[int, float], limit: int | None = None) -> list[int]:
    """The numbers of the greatest values, best first."""
    return sorted(values, key=values.__getitem__, reverse=True)[:limit]

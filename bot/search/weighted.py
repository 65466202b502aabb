"""An inverted index with weights, for TF-IDF."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from typing import Any, Protocol

MAX_READ = 4_000  # postings read for one question: bounds the time on a long list of terms


class Weighted(Protocol):
    """Texts by the features that they hold: of one index, or of several that are joined."""

    def count(self, feature: str, /) -> float: ...
    def holders(self, feature: str, /) -> set[int]: ...
    def score(self, query: Mapping[str, float], /) -> dict[int, float]: ...
    def score_one(self, number: int, query: Mapping[str, float], /) -> float: ...


class WeightedPostings:
    """Feature -> (numbers of the texts that hold it, ascending; its weight in each).

    All postings stand in two arrays, one feature's after the other's: most features are held by
    one text, and an array for each would take five times the memory.
    """

    def __init__(self, texts: Iterable[tuple[Iterable[str], Iterable[float]]]) -> None:
        """Index texts by their number: the features of each, and their weights."""
        lists: defaultdict[str, list[Any]] = defaultdict(list)  # number, weight, number, weight…
        for number, (features, weights) in enumerate(texts):
            for feature, weight in zip(features, weights, strict=True):
                held = lists[feature]
                held.append(number)
                held.append(weight)
        self._features = {feature: place for place, feature in enumerate(lists)}
        sizes = (len(held) // 2 for held in lists.values())
        self._starts = array("I", accumulate(sizes, initial=0))
        flat = list(chain.from_iterable(lists.values()))
        self._numbers, self._weights = array("I", flat[::2]), array("f", flat[1::2])

    def count(self, feature: str) -> int:
        """In how many texts the feature stands."""
        start, end = self._find(feature)
        return end - start

    def holders(self, feature: str) -> set[int]:
        """The texts that hold the feature."""
        start, end = self._find(feature)
        return set(self._numbers[start:end])

    def score(self, query: Mapping[str, float]) -> dict[int, float]:
        """Text -> sum of weight products; rare features first, until MAX_READ postings are read."""
        found = [(*self._find(feature), weight) for feature, weight in query.items()]
        found.sort(key=lambda place: place[1] - place[0])
        scores: defaultdict[int, float] = defaultdict(float)
        read = 0
        for start, end, weight in found:
            read += end - start
            if read > MAX_READ and scores:
                break
            numbers, weights = self._numbers[start:end], self._weights[start:end]
            for number, value in zip(numbers, weights, strict=True):
                scores[number] += weight * value
        return scores

    def score_one(self, number: int, query: Mapping[str, float]) -> float:
        """The same for one text."""
        score = 0.0
        for feature, weight in query.items():
            start, end = self._find(feature)
            place = bisect_left(self._numbers, number, start, end)
            if place < end and self._numbers[place] == number:
                score += weight * self._weights[place]
        return score

    def _find(self, feature: str) -> tuple[int, int]:
        """Where the postings of a feature begin and end."""
        place = self._features.get(feature)
        return (0, 0) if place is None else (self._starts[place], self._starts[place + 1])

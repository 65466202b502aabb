"""An inverted index with weights, for TF-IDF."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

MAX_READ = 4_000  # postings read for one question: bounds the time on a long list of terms


class WeightedPostings:
    """Feature -> (numbers of the texts that hold it, ascending; its weight in each)."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, number: int, features: Mapping[str, float]) -> None:
        """Index a text; numbers must ascend."""
        for feature, weight in features.items():
            numbers, weights = self._lists.setdefault(feature, (array("I"), array("f")))
            numbers.append(number)
            weights.append(weight)

    def count(self, feature: str) -> int:
        """In how many texts the feature stands."""
        return len(self._lists[feature][0]) if feature in self._lists else 0

    def holders(self, feature: str) -> set[int]:
        """The texts that hold the feature."""
        return set(self._lists[feature][0]) if feature in self._lists else set()

    def score(self, query: Mapping[str, float]) -> dict[int, float]:
        """Text -> sum of weight products; rare features first, until MAX_READ postings are read."""
        found = [(self._lists[f], weight) for f, weight in query.items() if f in self._lists]
        found.sort(key=lambda pair: len(pair[0][0]))
        scores: defaultdict[int, float] = defaultdict(float)
        read = 0
        for (numbers, weights), weight in found:
            read += len(numbers)
            if read > MAX_READ and scores:
                break
            for number, value in zip(numbers, weights, strict=True):
                scores[number] += weight * value
        return scores

    def score_one(self, number: int, query: Mapping[str, float]) -> float:
        """The same for one text."""
        score = 0.0
        for feature, weight in query.items():
            if feature in self._lists:
                numbers, weights = self._lists[feature]
                place = bisect_left(numbers, number)
                if place < len(numbers) and numbers[place] == number:
                    score += weight * weights[place]
        return score

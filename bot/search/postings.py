"""An inverted index from small features to numbered texts, and the texts nearest to a query."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from math import log

MAX_READ = 6_000  # postings read for one query: rare features first, so time stays bounded
PAD = "\x02"


class Postings:
    """Feature -> numbers of the texts that hold it."""

    def __init__(self) -> None:
        self._lists: dict[str, array[int]] = {}
        self._sizes = array("H")  # features of each text

    def add(self, features: Iterable[str]) -> int:
        """Index the next text; returns its number."""
        number = len(self._sizes)
        count = 0
        for feature in features:
            postings = self._lists.get(feature)
            if postings is None:
                postings = self._lists[feature] = array("I")
            postings.append(number)
            count += 1
        self._sizes.append(min(count, 65_535))
        return number

    def nearest(self, features: Iterable[str], limit: int) -> list[int]:
        """The texts that share most with `features`, weighted by rarity, best first.

        Half of them by likeness (Jaccard), half by how much of the text is found (containment),
        so that a short name inside a long query is not missed.
        """
        total = len(self._sizes)
        found = [(len(p), p) for f in features if (p := self._lists.get(f)) is not None]
        found.sort(key=lambda pair: pair[0])
        scores: dict[int, float] = {}
        read = 0
        for size, postings in found:
            if read and read + size > MAX_READ:
                break
            read += size
            weight = log(1 + total / size)
            for number in postings:
                scores[number] = scores.get(number, 0.0) + weight
        if not scores:
            return []
        sizes, count = self._sizes, len(found)
        if len(scores) <= limit:
            return list(scores)
        top = sorted(scores, key=lambda n: scores[n] / (sizes[n] + 1), reverse=True)[: limit // 2]
        like = sorted(scores, key=lambda n: scores[n] / (sizes[n] + count), reverse=True)
        return list(dict.fromkeys(top + like[: limit - limit // 2]))


def letter_features(key: str) -> set[str]:
    """Padded letter trigrams."""
    padded = f"{PAD}{key}{PAD}"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def han_features(key: str) -> set[str]:
    """Characters, padded pairs, and pairs with one character between them."""
    padded = f"{PAD}{key}{PAD}"
    pairs = {padded[i : i + 2] for i in range(len(padded) - 1)}
    return pairs.union(key, (f"{a}_{b}" for a, b in zip(key, key[2:], strict=False)))

"""An inverted index from small features to numbered texts, and the texts nearest to a query."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from math import log
from operator import itemgetter

# Postings read for one query, rare features first, so that time stays bounded: some, and a few
# per cent of the list, since each feature's list grows with it.
READ_SOME, READ_SHARE = 400, 0.03
ROUGH = 4  # candidates kept for the finer scores, for each one that is asked for
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
        scores: defaultdict[int, float] = defaultdict(float)
        budget, read = READ_SOME + READ_SHARE * total, 0
        for size, postings in found:
            if read and read + size > budget:
                break
            read += size
            weight = log(1 + total / size)
            for number in postings:
                scores[number] += weight
        if len(scores) <= limit:
            return list(scores)
        # Rough first: among many, only those with the highest plain score can win either way.
        best = sorted(scores.items(), key=itemgetter(1), reverse=True)[: ROUGH * limit]
        sizes, count, half = self._sizes, len(found), limit // 2
        inside = sorted(best, key=lambda pair: pair[1] / (sizes[pair[0]] + 1), reverse=True)
        alike = sorted(best, key=lambda pair: pair[1] / (sizes[pair[0]] + count), reverse=True)
        chosen = [number for number, _ in (*inside[:half], *alike[: limit - half])]
        return list(dict.fromkeys(chosen))


def letter_features(key: str) -> set[str]:
    """Padded letter trigrams."""
    padded = f"{PAD}{key}{PAD}"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def han_features(key: str) -> set[str]:
    """Characters, padded pairs, and pairs with one character between them."""
    padded = f"{PAD}{key}{PAD}"
    pairs = {padded[i : i + 2] for i in range(len(padded) - 1)}
    return pairs.union(key, (f"{a}_{b}" for a, b in zip(key, key[2:], strict=False)))

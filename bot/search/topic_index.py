"""What questions are compared with, made from a handbook: what each entry's texts hold, weighted
as BM25 does, and what its asks mean."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from sys import intern

from bot.handbook.models import Entry, Handbook, Tip
from bot.search.features import features_of, features_of_prose
from bot.search.topics import Topics
from bot.search.vectors import VectorIndex
from bot.search.weighted import WeightedPostings

SATURATION, BY_LENGTH = 4.0, 0.3  # BM25's k1 and b
NAMES_WEIGHT, ASK_WEIGHT = 3.0, 1.5
Count = tuple[tuple[str, ...], "array[float]"]  # features, and how often an entry holds each
Counts = Mapping[str, Count]  # by entry id


class TopicIndex(Topics):
    """The topics of one handbook. Built once, then only read."""

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


def _saturated(counts: Count, mean_length: float) -> tuple[Sequence[str], list[float]]:
    """BM25's weights: a word that comes again adds less, and less in a long entry."""
    features, values = counts
    length = 1 - BY_LENGTH + BY_LENGTH * sum(values) / mean_length
    half = SATURATION * length
    return features, [count / (count + half) for count in values]

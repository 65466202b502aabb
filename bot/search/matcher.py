"""A query in, one of three outcomes out. The stages and what each is worth: see README, Search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.confidence import ANSWER, MARGIN, SUGGEST, span_confidence, word_uses
from bot.search.focus import compound_factor, focus_factor, kind_factors, part_factor
from bot.search.fusion import Named, fuse
from bot.search.names import NameIndex
from bot.search.normalize import Unit, clean_query, key_of, simplify, split_units, to_mainland
from bot.search.results import Answer, How, Match, Nothing, Result, Suggestions
from bot.search.scattered import scattered_names
from bot.search.similar import mixed_spans, similar_spans
from bot.search.spans import Span, choose_spans, exact_spans, sound_spans
from bot.search.topics import TopicIndex
from bot.search.words import content_weights, unit_weight

MAX_MATCHES = 5
SURE = 0.97  # a name so sure that the topic need not be asked
MAX_UNITS = 80
NAMED_KIND = 0.6  # factor on the threshold for suggestions when the person named the kind
MAX_TEXT_CHARS = 12_000  # of a message whose terms are explained
Keep = Callable[[str, Callable[[], Any]], Any]
SCATTERED = 0.93  # how sure a name is whose words stand apart
NAME_KINDS = (Kind.TERM, Kind.CASE, Kind.CHECKLIST, Kind.SECTION)  # who wins one name, in order


class Matcher:
    """Built once from a handbook; `find` may be called from several threads."""

    def __init__(self, handbook: Handbook, keep: Keep = lambda part, build: build()) -> None:
        """`keep` may take an index from a snapshot instead of building it."""
        self.handbook = handbook
        self._keep = keep
        self.names: NameIndex = keep("names", lambda: NameIndex.build(handbook))
        self._topics: TopicIndex | None = None
        self._topics_lock = Lock()

    @property
    def topics(self) -> TopicIndex:
        """Built when first asked for: a name is found without it."""
        with self._topics_lock:
            if self._topics is None:
                self._topics = self._keep("topics", lambda: TopicIndex(self.handbook))
            return self._topics

    def find(self, query: str, kinds: Collection[Kind] = ()) -> Result:
        """The outcome for what a person typed, restricted to `kinds` if any are given."""
        text = clean_query(query)
        if exact := self._exact(text, kinds):
            return exact
        result = self._find(text, kinds)
        if simplify(text) != text:  # traditional characters may come with Taiwan's words
            result = max(result, self._find(to_mainland(text), kinds), key=_best_score)
        return result

    def rank(self, query: str, kinds: Collection[Kind] = (), limit: int = 20) -> list[Match]:
        """The best matches whatever their score, for `search`."""
        return self._ranked(clean_query(query), kinds)[:limit]

    def find_terms(self, text: str) -> list[Entry]:
        """The glossary terms that stand in a text of any length, longest name first.

        Names only, no guesses; a name of one everyday word is left out, since in running text it
        is mostly that word.
        """
        units = split_units(clean_query(text, MAX_TEXT_CHARS))
        base = [unit_weight(unit) for unit in units]
        terms: dict[str, int] = {}
        for span in choose_spans(list(exact_spans(self.names, units)), base):
            name = self.names.names[next(iter(self._preferred(span.names)))[0]]
            entry = self.handbook.entries[name.entry_id]
            if entry.kind is Kind.TERM and not (entry.everyday and span.end - span.start == 1):
                terms[entry.id] = max(terms.get(entry.id, 0), len(name.key))
        return [self.handbook.entries[i] for i in sorted(terms, key=lambda i: -terms[i])]

    def _exact(self, text: str, kinds: Collection[Kind]) -> Answer | None:
        """The answer if the whole query is one entry's name: most queries, so the short way."""
        numbers = self.names.by_key.get(key_of(text))
        if not numbers:
            return None
        names = [self.names.names[number] for number, factor in self._preferred(numbers)
                 if factor == 1.0]  # fmt: skip
        entries = {name.entry_id for name in names}
        entry = self.handbook.entries[names[0].entry_id]
        if len(entries) > 1 or (kinds and entry.kind not in kinds):
            return None
        return Answer((Match(entry, 1.0, names[0].text, How.EXACT),))

    def _find(self, text: str, kinds: Collection[Kind]) -> Result:
        matches = self._ranked(text, kinds)
        best = tuple(matches[:MAX_MATCHES])
        suggest = SUGGEST * (NAMED_KIND if kinds else 1.0)
        if not best or best[0].score < suggest:
            return Nothing(best)
        close = [m for m in best[1:] if m.score > best[0].score - MARGIN]
        if best[0].score < ANSWER or close:
            return Suggestions(tuple(m for m in best if m.score >= suggest))
        return Answer(best)

    def _ranked(self, text: str, kinds: Collection[Kind]) -> list[Match]:
        units = split_units(text)[:MAX_UNITS]
        if not units:
            return []
        weights = content_weights(units)
        spans = self._spans(units, weights)
        named = self._by_name(units, weights, spans)
        sure = any(found.score > SURE for found in named.values())
        topics = {} if sure else {t.entry_id: t for t in self.topics.rank(text, kinds)}
        factors = kind_factors(units)
        matches = fuse(self.handbook, named, topics)
        ranked = [
            replace(m, score=min(1.0, m.score * factors[m.entry.kind]))
            for m in matches
            if not kinds or m.entry.kind in kinds
        ]
        return sorted(ranked, key=lambda m: m.score, reverse=True)

    def _spans(self, units: Sequence[Unit], weights: Sequence[float]) -> list[Span]:
        """All spans worth ranking; the dearer stages run only for what is not explained yet."""
        base = [unit_weight(unit) for unit in units]
        exact = choose_spans(list(exact_spans(self.names, units)), base)
        if len(exact) == 1 and _explains(exact, weights):
            return exact
        more = [*sound_spans(self.names, units), *mixed_spans(self.names, units)]
        chosen = choose_spans([*exact, *more], base)
        explained = [False] * len(units)
        for span in chosen:
            explained[span.start : span.end] = [True] * (span.end - span.start)
        return [*exact, *chosen, *similar_spans(self.names, units, weights, explained)]

    def _by_name(
        self, units: Sequence[Unit], weights: Sequence[float], spans: Sequence[Span]
    ) -> dict[str, Named]:
        """Entry id -> its best match by name."""
        found: dict[str, Named] = {}
        for span in spans:
            inside = sum(map(unit_weight, units[span.start : span.end]))
            outside = sum(weights[: span.start]) + sum(weights[span.end :])
            share = inside / (inside + outside)
            uses = word_uses(units, span, self.names.word_uses)
            factor = focus_factor(units, span) * part_factor(span, spans)
            factor *= compound_factor(weights, span, share)
            for number, preference in self._preferred(span.names):
                name = self.names.names[number]
                everyday = self.handbook.entries[name.entry_id].everyday
                score = span_confidence(units, span, name, share, uses, everyday)
                score *= factor * preference
                if score > (found[name.entry_id].score if name.entry_id in found else 0.0):
                    found[name.entry_id] = Named(score, share, name.text, span.how)
        self._add_scattered(found, units, weights)
        return found

    def _add_scattered(
        self, found: dict[str, Named], units: Sequence[Unit], weights: Sequence[float]
    ) -> None:
        for number, places in scattered_names(self.names, units):
            name = self.names.names[number]
            inside = sum(unit_weight(units[place]) for place in places)
            outside = sum(w for i, w in enumerate(weights) if i not in places)
            share = inside / (inside + outside)
            score = SCATTERED * (share + (1 - share) * SCATTERED)
            if name.entry_id not in found or found[name.entry_id].score < score:
                found[name.entry_id] = Named(score, share, name.text, How.WORDS)

    def _preferred(self, numbers: Sequence[int]) -> Iterable[tuple[int, float]]:
        """Names that share a key: a term before a section, a title before an alias.

        Within one rank they stay equal, and the user is asked which is meant.
        """

        def rank(number: int) -> tuple[int, bool]:
            name = self.names.names[number]
            kind = self.handbook.entries[name.entry_id].kind
            return NAME_KINDS.index(kind), not name.is_title

        listed = self.handbook.collisions or {}
        best = min(map(rank, numbers))
        for number in numbers:
            name = self.names.names[number]
            known = any(name.entry_id in ids for ids in listed.values())
            yield number, 1.0 if rank(number) == best or known else 0.85


def _explains(spans: Sequence[Span], weights: Sequence[float]) -> bool:
    span = spans[0]
    return not sum(weights[: span.start]) + sum(weights[span.end :])


def _best_score(result: Result) -> float:
    return result.matches[0].score if result.matches else 0.0

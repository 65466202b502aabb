"""A query in, one of three outcomes out. The stages and what each is worth: see README, Search."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from threading import Lock
from typing import Any

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.confidence import ANSWER, BESIDE, MARGIN, SUGGEST, WHOLE
from bot.search.focus import asked_kinds, kind_factors
from bot.search.fusion import fuse
from bot.search.named import find_named, preferred
from bot.search.names import NameIndex
from bot.search.normalize import clean_query, key_of, simplify, split_units, to_mainland
from bot.search.results import Answer, How, Match, Nothing, Result, Suggestions
from bot.search.spans import choose_spans, exact_spans
from bot.search.topics import TopicIndex
from bot.search.words import content_weights, unit_weight

MAX_MATCHES = 5
SURE = 0.97  # a name so sure, or one that is the whole query, needs no topic
MAX_UNITS = 80
NAMED_KIND = 0.6  # factor on both thresholds when the person named the kind
MAX_TEXT_CHARS = 12_000  # of a message whose terms are explained
Keep = Callable[[str, Callable[[], Any]], Any]


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
            number, _ = next(preferred(self.handbook, self.names, span.names))
            name = self.names.names[number]
            entry = self.handbook.entries[name.entry_id]
            if entry.kind is Kind.TERM and not (entry.everyday and span.end - span.start == 1):
                terms[entry.id] = max(terms.get(entry.id, 0), len(name.key))
        return [self.handbook.entries[i] for i in sorted(terms, key=lambda i: -terms[i])]

    def _exact(self, text: str, kinds: Collection[Kind]) -> Answer | None:
        """The answer if the whole query is one entry's name: most queries, so the short way."""
        numbers = self.names.by_key.get(key_of(text))
        if not numbers:
            return None
        ranked = preferred(self.handbook, self.names, numbers)
        names = [self.names.names[number] for number, factor in ranked if factor == 1.0]
        entries = {name.entry_id for name in names}
        entry = self.handbook.entries[names[0].entry_id]
        if len(entries) > 1 or (kinds and entry.kind not in kinds):
            return None
        return Answer((Match(entry, 1.0, names[0].text, How.EXACT),))

    def _find(self, text: str, kinds: Collection[Kind]) -> Result:
        matches = self._ranked(text, kinds)
        best = tuple(matches[:MAX_MATCHES])
        less = NAMED_KIND if kinds else 1.0
        if not best or best[0].score < SUGGEST * less:
            return Nothing(best)
        close = [m for m in best[1:] if m.score > best[0].score - MARGIN]
        if best[0].score < ANSWER * less or close:
            return Suggestions(tuple(m for m in best if m.score >= BESIDE * best[0].score))
        return Answer(best)

    def _ranked(self, text: str, kinds: Collection[Kind]) -> list[Match]:
        units = split_units(text)[:MAX_UNITS]
        if not units:
            return []
        entries = self.handbook.entries
        named = {
            entry_id: found
            for entry_id, found in find_named(
                self.handbook, self.names, units, content_weights(units)
            ).items()
            if not kinds or entries[entry_id].kind in kinds
        }
        sure = any(
            found.score > SURE or (found.share > WHOLE and found.score > ANSWER)
            for found in named.values()
        )
        topics = {} if sure else {t.entry_id: t for t in self.topics.rank(text, kinds)}
        asked = asked_kinds(units)
        factors = kind_factors(asked)
        ranked = [
            replace(match, score=min(1.0, match.score * factors[match.entry.kind]))
            for match in fuse(self.handbook, named, topics, asked)
        ]
        return sorted(ranked, key=lambda m: m.score, reverse=True)


def _best_score(result: Result) -> float:
    return result.matches[0].score if result.matches else 0.0

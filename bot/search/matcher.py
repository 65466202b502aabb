"""A query in, one of three outcomes out. The stages and what each is worth: see README, Search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, cast

from bot.handbook.models import Checklist, Entry, Handbook, Kind
from bot.search.certainty import (
    BESIDE,
    NEAR,
    SUGGEST,
    is_specific,
    is_sure,
    is_surely_asked_for,
    worth,
)
from bot.search.certainty import asked_for as names_asked_for
from bot.search.chatter import find_chatter
from bot.search.comparisons import ComparisonIndex, compares
from bot.search.corrected import correct
from bot.search.evidence import Evidence, weigh
from bot.search.focus import asked_kinds, asking_part
from bot.search.meaning import domain_odds, vector_of
from bot.search.named import Named, find_named, preferred
from bot.search.names import NameIndex
from bot.search.normalize import Unit, clean_query, key_of, simplify, split_units, to_mainland
from bot.search.results import Answer, How, Match, Nothing, Result, Suggestions
from bot.search.spans import choose_spans, exact_spans
from bot.search.titles import find_holders
from bot.search.topics import Counts, TopicIndex, count_entries
from bot.search.words import content_weights, unit_weight

MAX_MATCHES = 5
# Of names that fit alike a term is meant most, a section least: its title joins terms.
OF_NAME: Mapping[Kind, float] = {
    Kind.TERM: 1.0,
    Kind.CHECKLIST: 0.97,
    Kind.CASE: 0.97,
    Kind.SECTION: 0.88,
    Kind.TIP: 0.8,
    Kind.COMPARISON: 1.0,
}
NAMED_KIND = 5.0  # points for being offered where the person named the kind
CLEAR_POINTS, CLEAR_LEAD = 10.0, 4.0  # for an answer of a kind that the person named
# Points, or share of the question's words that it holds, from which `search` lists an entry.
FITS, FITS_COVER = 10.0, 0.1
MARGIN = 0.06  # a second name this close to the first makes it a question: which is meant?
MAX_UNITS = 80  # of the part of a text that asks
MAX_TEXT_CHARS = 12_000  # of a message whose terms are explained
Keep = Callable[[str, Callable[[], Any]], Any]


class Matcher:
    """Built once from a handbook; `find` may be called from several threads."""

    def __init__(
        self,
        handbook: Handbook,
        keep: Keep = lambda part, build: build(),
        before: Matcher | None = None,
    ) -> None:
        """`keep` may take an index from a snapshot instead of building it. Of entries that were
        the same `before`, the work done then is taken over."""
        self.handbook = handbook
        self._keep = keep
        self._before = before
        self.names: NameIndex = keep("names", lambda: NameIndex.build(handbook))
        self._comparisons = ComparisonIndex(handbook)
        self._topics: TopicIndex | None = None
        self._topics_lock = Lock()

    @property
    def topics(self) -> TopicIndex:
        """Built when first asked for: a name is found without it."""
        with self._topics_lock:
            if self._topics is None:
                self._topics = self._keep("topics", self._build_topics)
                self._before = None  # each would keep its own alive, back to the first
            return self._topics

    def _build_topics(self) -> TopicIndex:
        before = self._before
        if before is None:
            return TopicIndex(self.handbook, self._counts())
        return TopicIndex(self.handbook, self._counts(), before.topics, self._same_as(before))

    def _counts(self) -> Counts:
        """Needed again only when the content changes, so they wait in the snapshot."""
        return cast(Counts, self._keep("counts", self._count_entries))

    def _count_entries(self) -> Counts:
        before = self._before
        if before is None:
            return count_entries(self.handbook)
        return count_entries(self.handbook, before._counts(), self._same_as(before))

    def _same_as(self, before: Matcher) -> set[str]:
        """The ids of the entries that have not changed."""
        old = before.handbook.entries
        return {name for name, e in self.handbook.entries.items() if old.get(name) == e}

    def find(self, query: str, kinds: Collection[Kind] = ()) -> Result:
        """The outcome for what a person typed, restricted to `kinds` if any are given."""
        text = clean_query(query)
        if exact := self._exact(text, kinds):
            return exact
        if chatter := find_chatter(text):
            return Nothing((), chatter)
        text = asking_part(text)
        if not kinds and (comparison := self._find_comparison(text)):
            return comparison
        result = self._find(text, kinds)
        if simplify(text) != text:  # traditional characters may come with Taiwan's words
            result = max(result, self._find(to_mainland(text), kinds), key=_best_score)
        return result

    def rank(self, query: str, kinds: Collection[Kind] = (), limit: int = 20) -> list[Evidence]:
        """All that speaks for each entry, the strongest first, whatever the outcome."""
        text = asking_part(clean_query(query))
        units = split_units(text)[:MAX_UNITS]
        named = self._named(units, kinds)
        text = correct(units, named.values()) or text
        return self._weigh(text, units, named, kinds)[:limit] if units else []

    def search(self, query: str, limit: int = 20) -> list[Match]:
        """Everything that fits: entries of that name first, then what is about it."""
        found = [e for e in self.rank(query, limit=limit) if _fits(e)]
        named = {e.entry.id: e.named for e in found if e.named}
        first = names_asked_for(named, split_units(clean_query(query)))
        found.sort(key=lambda evidence: evidence.entry.id not in first)
        return [evidence.match for evidence in found]

    def find_terms(self, text: str, *, in_order: bool = False) -> list[Entry]:
        """The glossary terms that stand in a text of any length, longest name first, or in the
        order of the text.

        Names only, no guesses; a name of one everyday word is left out, since in running text it
        is mostly that word.
        """
        units = split_units(clean_query(text, MAX_TEXT_CHARS))
        base = [unit_weight(unit) for unit in units]
        terms: dict[str, int] = {}
        places: dict[str, int] = {}
        for span in choose_spans(list(exact_spans(self.names, units)), base):
            number, _ = next(preferred(self.handbook, self.names, span.names))
            name = self.names.names[number]
            entry = self.handbook.entries[name.entry_id]
            if entry.kind is Kind.TERM and not (entry.everyday and span.end - span.start == 1):
                terms[entry.id] = max(terms.get(entry.id, 0), len(name.key))
                places[entry.id] = min(places.get(entry.id, span.start), span.start)
        order = places if in_order else {name: -length for name, length in terms.items()}
        return [self.handbook.entries[i] for i in sorted(terms, key=lambda i: order[i])]

    def _exact(self, text: str, kinds: Collection[Kind]) -> Answer | None:
        """The answer if the whole query is one entry's name: most queries, so the short way."""
        numbers = self.names.by_key.get(key_of(text))
        if not numbers:
            return None
        ranked = preferred(self.handbook, self.names, numbers)
        names = [self.names.names[number] for number, factor in ranked if factor == 1.0]
        entries = {name.entry_id for name in names}
        entry = self.handbook.entries[names[0].entry_id]
        if len(entries) > 1 or names[0].offered or (kinds and entry.kind not in kinds):
            return None
        return Answer((Match(entry, 1.0, names[0].text, How.EXACT),))

    def _find_comparison(self, text: str) -> Answer | None:
        """A written comparison, for a question that compares its things."""
        if not compares(text):
            return None
        units = split_units(text)[:MAX_UNITS]
        found = self._comparisons.find(text, units, self._named(units, ()))
        return Answer((found,)) if found else None

    def _find(self, text: str, kinds: Collection[Kind]) -> Result:
        units = split_units(text)[:MAX_UNITS]
        if not units:
            return Nothing()
        named = self._named(units, kinds)
        asked_for = names_asked_for(named, units)
        if sure := {i: n for i, n in asked_for.items() if is_surely_asked_for(n)}:
            return self._of_names(sure)
        if kinds and (result := self._of_kind(units, kinds)):
            return result
        text = correct(units, named.values()) or text
        found = self._weigh(text, units, named, kinds)
        vector = vector_of(text)
        odds = domain_odds(vector) if vector else 0.0
        if found and (_is_clear(found) if kinds else self._is_sure(found, odds, text, units)):
            return Answer(self._matches(found, text))
        bonus = NAMED_KIND if kinds else 0.0
        worths = {e.entry.id: worth(e, odds, units) + bonus for e in found}
        offered = [e for e in found if e.entry.id in asked_for or worths[e.entry.id] >= BESIDE]
        if any(e.entry.id in asked_for or worths[e.entry.id] >= SUGGEST for e in offered):
            return Suggestions(self._matches(offered, text))
        near = [e for e in found if worths[e.entry.id] >= NEAR]
        return Nothing(self._matches(near, text))

    def _of_kind(self, units: Sequence[Unit], kinds: Collection[Kind]) -> Result | None:
        """The one entry of a named kind whose names hold what was typed, or the few there are."""
        holders = find_holders(self.handbook, self.names, units, content_weights(units), kinds)
        if not holders or len(holders) > MAX_MATCHES:
            return None
        return Answer(tuple(holders)) if len(holders) == 1 else Suggestions(tuple(holders))

    def _named(self, units: Sequence[Unit], kinds: Collection[Kind]) -> dict[str, Named]:
        found = find_named(self.handbook, self.names, units, content_weights(units))
        entries = self.handbook.entries
        return {i: name for i, name in found.items() if not kinds or entries[i].kind in kinds}

    def _weigh(
        self, text: str, units: Sequence[Unit], named: Mapping[str, Named], kinds: Collection[Kind]
    ) -> list[Evidence]:
        topics = self.topics.rank(text, kinds, named)
        return weigh(self.handbook, named, topics, asked_kinds(units))

    def _of_names(self, names: Mapping[str, Named]) -> Result:
        """Names that are the whole question: the surest, or several that may be meant."""
        matches = []
        for entry_id, name in names.items():
            entry = self.handbook.entries[entry_id]
            matches.append(Match(entry, name.score * OF_NAME[entry.kind], name.name, name.how))
        matches.sort(key=lambda match: match.score, reverse=True)
        best = tuple(matches[:MAX_MATCHES])
        if len(best) > 1 and best[1].score > best[0].score - MARGIN:
            return Suggestions(best)
        return Answer(best)

    def _matches(self, found: Sequence[Evidence], text: str) -> tuple[Match, ...]:
        matches = []
        for evidence in found[:MAX_MATCHES]:
            match = evidence.match
            if isinstance(match.entry, Checklist) and match.how is How.TOPIC:
                match = replace(match, item=self.topics.item_about(match.entry, text))
            matches.append(match)
        return tuple(matches)

    def _is_sure(
        self, found: Sequence[Evidence], odds: float, text: str, units: Sequence[Unit]
    ) -> bool:
        """Whether the strongest evidence is the answer."""
        best = found[0]
        if not best.named and any(is_specific(e.named, units) for e in found if e.named):
            return False  # another entry is named: it is for the reader to choose
        company = 0.0
        if best.named:
            places = best.named.places
            rest = " ".join(unit.text for i, unit in enumerate(units) if i not in places)
            company = self.topics.company(best.entry.id, rest)
        return is_sure(best, _lead(found), odds, company, text, units)


def _is_clear(found: Sequence[Evidence]) -> bool:
    """Whether one entry stands out where the person named the kind, which most doubts are about."""
    return found[0].points >= CLEAR_POINTS and _lead(found) >= CLEAR_LEAD


def _lead(found: Sequence[Evidence]) -> float:
    """Points of the strongest evidence ahead of the next."""
    return found[0].points - (found[1].points if len(found) > 1 else 0.0)


def _fits(evidence: Evidence) -> bool:
    """Whether `search` lists it: of that name, about it, or with much of what was typed."""
    held = evidence.topic.cover if evidence.topic else 0.0
    return bool(evidence.named) or evidence.points >= FITS or held >= FITS_COVER


def _best_score(result: Result) -> float:
    return result.matches[0].score if result.matches else 0.0

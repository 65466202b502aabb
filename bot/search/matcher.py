"""A query in, one of three outcomes out. The stages and what each is worth: see README, Search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.handbook.models import Checklist, Entry, Handbook, Kind
from bot.search.by_name import find_of_kind, find_whole, of_names
from bot.search.certainty import (
    BESIDE,
    IN_DOMAIN,
    NEAR,
    SUGGEST,
    is_specific,
    is_sure,
    is_surely_asked_for,
    worth,
)
from bot.search.certainty import asked_for as names_asked_for
from bot.search.chatter import find_chatter
from bot.search.comparisons import compares
from bot.search.corrected import correct
from bot.search.evidence import Evidence, weigh
from bot.search.focus import asked_kinds, asking_part
from bot.search.indexes import Indexes, Searched
from bot.search.meaning import odds_of
from bot.search.named import Named, find_named
from bot.search.normalize import Unit, clean_query, simplify, split_units, to_mainland
from bot.search.ranked import fits, is_clear, lead, shown
from bot.search.results import Answer, How, Match, Nothing, Result, Suggestions
from bot.search.terms import find_terms
from bot.search.words import content_weights

NAMED_KIND = 5.0  # points for being offered where the person named the kind
MAX_UNITS = 80  # of the part of a text that asks
STORY_CHARS = 1_200  # read of a story whose question says nothing: its end
# A question says something from this weight of content on, or with a name: how sure, which share.
SAID, SAID_NAME, SAID_SHARE = 10.0, 0.5, 0.3


class Matcher:
    """Built once from a handbook; `find` may be called from several threads."""

    def __init__(self, handbook: Handbook, indexes: Searched | None = None) -> None:
        self.handbook = handbook
        self.indexes: Searched = indexes or Indexes(handbook)

    def find(self, query: str, kinds: Collection[Kind] = ()) -> Result:
        """The outcome for what a person typed, restricted to `kinds` if any are given."""
        text = clean_query(query)
        if exact := find_whole(self.handbook, self.indexes.names, text, kinds):
            return exact
        if chatter := find_chatter(text):
            return Nothing((), chatter)
        text = self.part_read(text)
        result = self._find(text, kinds)
        if simplify(text) != text and (other := to_mainland(text)) != simplify(text):
            result = max(result, self._find(other, kinds), key=_best_score)  # Taiwan's words
        return result

    def rank(self, query: str, kinds: Collection[Kind] = (), limit: int = 20) -> list[Evidence]:
        """All that speaks for each entry, the strongest first, whatever the outcome."""
        text = self.part_read(clean_query(query))
        units = split_units(text)[:MAX_UNITS]
        named = self._named(units, kinds)
        text = correct(units, named.values()) or text
        return self._weigh(text, units, named, kinds)[:limit] if units else []

    def part_read(self, text: str) -> str:
        """Of a long text what asks, or the story itself where that says nothing: "Any ideas?" """
        part = asking_part(text)
        if part == text or self._says_something(part):
            return part
        story = text[-STORY_CHARS:]
        return story if odds_of(story) >= IN_DOMAIN else part

    def _says_something(self, part: str) -> bool:
        units = split_units(part)[:MAX_UNITS]
        if sum(content_weights(units)) >= SAID:
            return True
        return any(
            is_specific(name, units)
            or (not name.doubtful and name.score >= SAID_NAME and name.share >= SAID_SHARE)
            for name in self._named(units, ()).values()
        )

    def search(self, query: str, limit: int = 20) -> list[Match]:
        """Everything that fits: entries of that name first, then what is about it."""
        found = [e for e in self.rank(query, limit=limit) if fits(e)]
        named = {e.entry.id: e.named for e in found if e.named}
        first = names_asked_for(named, split_units(clean_query(query)))
        found.sort(key=lambda evidence: evidence.entry.id not in first)
        return [evidence.match for evidence in found]

    def find_terms(self, text: str, *, in_order: bool = False) -> list[Entry]:
        """The glossary terms that a text names, longest name first, or in the text's order."""
        return find_terms(self.handbook, self.indexes.names, text, in_order=in_order)

    def _find(self, text: str, kinds: Collection[Kind]) -> Result:
        units = split_units(text)[:MAX_UNITS]
        if not units:
            return Nothing()
        named = self._named(units, kinds)
        if (
            not kinds
            and compares(text)
            and (comparison := self.indexes.comparisons.find(text, units, named))
        ):
            return Answer((comparison,))
        asked_for = names_asked_for(named, units)
        if sure := {i: n for i, n in asked_for.items() if is_surely_asked_for(n)}:
            return of_names(self.handbook, sure)
        if kinds and (result := find_of_kind(self.handbook, self.indexes.names, units, kinds)):
            return result
        text = correct(units, named.values()) or text
        found = self._weigh(text, units, named, kinds)
        odds = odds_of(text)
        if found and (is_clear(found) if kinds else self._is_sure(found, odds, text, units)):
            return Answer(self._matches(found, text, units))
        bonus = NAMED_KIND if kinds else 0.0
        worths = {e.entry.id: worth(e, odds, units) + bonus for e in found}
        offered = [e for e in found if e.entry.id in asked_for or worths[e.entry.id] >= BESIDE]
        if any(e.entry.id in asked_for or worths[e.entry.id] >= SUGGEST for e in offered):
            return Suggestions(self._matches(offered, text, units))
        near = [e for e in found if worths[e.entry.id] >= NEAR]
        return Nothing(self._matches(near, text, units))

    def _named(self, units: Sequence[Unit], kinds: Collection[Kind]) -> dict[str, Named]:
        found = find_named(self.handbook, self.indexes.names, units, content_weights(units))
        entries = self.handbook.entries
        return {i: name for i, name in found.items() if not kinds or entries[i].kind in kinds}

    def _weigh(
        self, text: str, units: Sequence[Unit], named: Mapping[str, Named], kinds: Collection[Kind]
    ) -> list[Evidence]:
        topics = self.indexes.topics.rank(text, kinds, named)
        return weigh(self.handbook, named, topics, asked_kinds(units))

    def _matches(
        self, found: Sequence[Evidence], text: str, units: Sequence[Unit]
    ) -> tuple[Match, ...]:
        matches = []
        for evidence in shown(found, units):
            match = evidence.match
            if isinstance(match.entry, Checklist) and match.how is How.TOPIC:
                match = replace(match, item=self.indexes.topics.item_about(match.entry, text))
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
            company = self.indexes.topics.company(best.entry.id, rest)
        return is_sure(best, lead(found), odds, company, text, units)


def _best_score(result: Result) -> float:
    return result.matches[0].score if result.matches else 0.0

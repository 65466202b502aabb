"""Names and topic together: all that speaks for an entry, as points."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import exp, log

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.named import Named
from bot.search.results import How, Match
from bot.search.topics import Topic

NAME = 3.4  # points of a name that is sure
NAME_IN_FULL = 3.6  # more points of a name that is all that is asked
LINK = 1.5  # points of an entry of an asked kind that is linked with a named one
ASKED_KIND = 1.0  # points of a kind that is asked for, and lost by the others
# Points by kind: a term is what most questions ask for, a section repeats its terms.
PRIOR: Mapping[Kind, float] = {
    Kind.TERM: 0.0,
    Kind.CHECKLIST: 0.0,
    Kind.CASE: -0.5,
    Kind.SECTION: -0.8,
    Kind.TIP: -0.5,
    Kind.COMPARISON: -1.0,
}
# Points of a term that many entries lead to: it is what most questions are about. For each e-fold
# more links than the handbook's terms mostly have.
PROMINENT, USUAL = 1.2, 1.9
STEEPNESS, MIDDLE = 0.35, 11.0  # of the curve from points to a score of 0 to 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one entry: `points` of the question, and `prominence`, which counts for
    the order and the score, not for how sure an answer is."""

    entry: Entry
    points: float
    named: Named | None
    topic: Topic | None
    prominence: float = 0.0

    @property
    def score(self) -> float:
        return 1 / (1 + exp(-STEEPNESS * (self.points + self.prominence - MIDDLE)))

    @property
    def match(self) -> Match:
        if self.named:
            return Match(self.entry, self.score, self.named.name, self.named.how)
        ask = self.topic.ask if self.topic else ""
        return Match(self.entry, self.score, ask or self.entry.title.get("en"), How.TOPIC)


def weigh(
    handbook: Handbook,
    named: Mapping[str, Named],
    topics: Collection[Topic],
    asked: Collection[Kind],
) -> list[Evidence]:
    """All evidence, the strongest first. `asked`: kinds of entry that the question asks for.

    "Checklist for agents" names a term, and means the checklist that the term is linked with.
    """
    by_id = {topic.entry_id: topic for topic in topics}
    linked = _linked(handbook, named, asked)
    found = []
    for entry_id in by_id.keys() | named.keys():
        entry, name, topic = handbook.entries[entry_id], named.get(entry_id), by_id.get(entry_id)
        points = PRIOR[entry.kind] + LINK * linked.get(entry_id, 0.0)
        if asked:
            points += ASKED_KIND if entry.kind in asked else -ASKED_KIND
        if topic:
            points += topic.points
        if name:
            points += name.score * (NAME + NAME_IN_FULL * name.share)
        found.append(Evidence(entry, points, name, topic, _prominence(handbook, entry)))
    return sorted(found, key=lambda evidence: evidence.points + evidence.prominence, reverse=True)


def _prominence(handbook: Handbook, entry: Entry) -> float:
    if entry.kind is not Kind.TERM or entry.is_own or entry.team:
        return 0.0
    return PROMINENT * (log(1 + handbook.links[entry.id]) - USUAL)


def _linked(
    handbook: Handbook, named: Mapping[str, Named], asked: Collection[Kind]
) -> dict[str, float]:
    """Entry id of an asked kind -> the surest name among the entries linked with it."""
    found: dict[str, float] = {}
    for kind in asked:
        for entry in handbook.by_kind[kind]:
            for other, name in named.items():
                ids = {related.id for related in handbook.related_to(handbook.entries[other])}
                if entry.id in ids or other in entry.related:
                    found[entry.id] = max(found.get(entry.id, 0.0), name.score)
    return found

"""Names and topic together: what a query says of each entry, as one score."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.handbook.models import Handbook, Kind
from bot.search.named import Named
from bot.search.results import How, Match
from bot.search.topics import Topic

# A name explains only its own share of the query. If the rest of it speaks for another entry, the
# name loses up to this much: "registration or filing if we only call Qwen" is not about Qwen.
ELSEWHERE = 0.45
TOPIC_AGREES = 0.35  # how far a topic lifts a name it agrees with towards certainty
LINK = 0.5  # how far a named entry speaks for one of an asked kind that is linked with it
WEAK_TOPIC = 0.30  # the best topic below this speaks for nothing


def fuse(
    handbook: Handbook,
    named: Mapping[str, Named],
    topics: Mapping[str, Topic],
    asked: Collection[Kind] = (),
) -> list[Match]:
    """Every entry that a name or the topic speaks for, scored from 0 to 1.

    `asked`: kinds that the query asks for. "Checklist for agents" names a term, and means the
    checklist that the term is linked with.
    """
    linked = _linked(handbook, named, asked)
    best = max((topic.score for topic in topics.values()), default=0.0)
    matches = []
    for entry_id in named.keys() | topics.keys() | linked.keys():
        entry = handbook.entries[entry_id]
        topic = topics.get(entry_id)
        about = topic.score if topic else 0.0
        name = named.get(entry_id)
        if name is None:
            about = 1 - (1 - about) * (1 - LINK * linked.get(entry_id, 0.0))
            text = (topic and topic.ask) or entry.title.zh or entry.title.en
            matches.append(Match(entry, about, text, How.TOPIC))
            continue
        elsewhere = (best - about) / best if best > WEAK_TOPIC else 0.0
        score = name.score * (1 - ELSEWHERE * (1 - name.share) * elsewhere)
        score += (1 - score) * TOPIC_AGREES * about
        if about > score:
            score = about
        matches.append(Match(entry, min(score, 0.99), name.name, name.how))
    return matches


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

"""Names and topic together: what a query says of each entry, as one score."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handbook.models import Handbook
from bot.search.named import Named
from bot.search.results import How, Match
from bot.search.topics import Topic

# A name explains only its own share of the query. If the rest of it speaks for another entry, the
# name loses up to this much: "registration or filing if we only call Qwen" is not about Qwen.
ELSEWHERE = 0.45
TOPIC_AGREES = 0.35  # how far a topic lifts a name it agrees with towards certainty
TOPIC_ALONE = 1.0  # factor on a topic without any name
WEAK_TOPIC = 0.30  # the best topic below this speaks for nothing


def fuse(
    handbook: Handbook, named: Mapping[str, Named], topics: Mapping[str, Topic]
) -> list[Match]:
    """Every entry that a name or the topic speaks for, scored from 0 to 1."""
    best = max((topic.score for topic in topics.values()), default=0.0)
    matches = []
    for entry_id in named.keys() | topics.keys():
        entry = handbook.entries[entry_id]
        topic = topics.get(entry_id)
        about = topic.score if topic else 0.0
        name = named.get(entry_id)
        if name is None:
            text = (topic and topic.ask) or entry.title.zh or entry.title.en
            matches.append(Match(entry, TOPIC_ALONE * about, text, How.TOPIC))
            continue
        elsewhere = (best - about) / best if best > WEAK_TOPIC else 0.0
        score = name.score * (1 - ELSEWHERE * (1 - name.share) * elsewhere)
        score += (1 - score) * TOPIC_AGREES * about
        if about > score:
            score = about
        matches.append(Match(entry, min(score, 0.99), name.name, name.how))
    return matches

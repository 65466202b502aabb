"""`ask --explain`: what spoke for the first results, so that an author sees what to write."""

from __future__ import annotations

from collections.abc import Iterator

from bot.search import Matcher
from bot.search.certainty import SUGGEST, worth
from bot.search.evidence import Evidence
from bot.search.meaning import odds_of
from bot.search.normalize import clean_query, split_units

SHOWN = 5


def explain(matcher: Matcher, query: str) -> str:
    """A few lines for each of the first results: its name, its words, its meaning."""
    text = matcher.part_read(clean_query(query))
    odds = odds_of(text)
    lines = [f"{type(matcher.find(query)).__name__.lower()}; domain {odds:+.1f} (chat is below 0)"]
    for number, evidence in enumerate(matcher.rank(query, limit=SHOWN), 1):
        offered = worth(evidence, odds, split_units(text))
        lines.append(
            f"{number}. {evidence.entry.id}: {evidence.points:.1f} points, "
            f"{offered:.1f} with the domain (offered from {SUGGEST})"
        )
        lines += [f"   {line}" for line in _parts(evidence)]
    return "\n".join(lines)


def _parts(evidence: Evidence) -> Iterator[str]:
    if name := evidence.named:
        doubt = ", may be another name" if name.doubtful else ""
        yield f"name     “{name.name}” by {name.how}, sure {name.score:.2f}, " + (
            f"explains {name.share:.0%} of the question{doubt}"
        )
    if topic := evidence.topic:
        yield f"words    holds {topic.cover:.0%} of the question, weight {topic.found:.1f}"
        yield f"meaning  {topic.centre:.2f} to all its asks, {topic.nearest:.2f} to the nearest"
        if topic.ask:
            yield f"nearest  “{topic.ask}”"
    if evidence.prominence:
        yield f"order    {evidence.prominence:+.1f} points by how many entries lead to it"

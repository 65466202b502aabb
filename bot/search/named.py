"""Entries found by name: every stage that looks for names, and how surely each is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.handbook.models import Handbook, Kind
from bot.search.borders import is_inside_a_word
from bot.search.confidence import WHOLE, span_confidence, word_uses
from bot.search.focus import compound_factor, focus_factor, part_factor
from bot.search.mixed import mixed_spans
from bot.search.names import Name, Names
from bot.search.normalize import Unit
from bot.search.results import How
from bot.search.scattered import scattered_names
from bot.search.similar import similar_spans
from bot.search.spans import Span, choose_spans, exact_spans, part_spans, sound_spans
from bot.search.words import unit_weight

SCATTERED = 0.93  # how sure a name is whose words stand apart
LESSER = 0.85  # factor on a name that another entry has a better claim to
NAME_KINDS = (Kind.TERM, Kind.CASE, Kind.CHECKLIST, Kind.SECTION)  # who wins one name, in order


@dataclass(frozen=True, slots=True)
class Named:
    """An entry found by name: how surely, how much of the query the name explains, which, how, the
    places of its units in the query, and whether it may well be another name."""

    score: float
    share: float
    name: str
    how: How
    places: tuple[int, ...]
    doubtful: bool = False

    @property
    def strength(self) -> float:
        """How much of the query it explains, and how surely: a whole name with a slip is more than
        a part of it without."""
        return self.score * (1 + self.share)


def find_named(
    handbook: Handbook, index: Names, units: Sequence[Unit], weights: Sequence[float]
) -> dict[str, Named]:
    """Entry id -> its best match by name. `weights`: what each unit says, by content_weights."""
    found: dict[str, Named] = {}
    for named, entry_id in _candidates(handbook, index, units, weights):
        if entry_id not in found or named.strength > found[entry_id].strength:
            found[entry_id] = named
    return found


def preferred(
    handbook: Handbook, index: Names, numbers: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Names that share a key, with a factor: a term before a section, a title before an alias.

    Names of one rank, and those of collisions.toml, stay equal: the user is asked which is meant.
    So do those of a workspace's own entries, which take nothing from the handbook's either, but for
    what stands for one of its entries: that has its claim.
    """
    if len(numbers) == 1:  # most keys are one name's
        yield numbers[0], 1.0
        return
    ranks: dict[int, tuple[int, bool]] = {}
    claims: list[tuple[int, bool]] = []
    for number in numbers:
        name = index.names[number]
        entry = handbook.entries[name.entry_id]
        rank = NAME_KINDS.index(entry.kind), not name.is_title
        if entry.team is None:
            ranks[number] = rank
        elif entry.team.replaces:
            claims.append(rank)
    best = min([*ranks.values(), *claims], default=None)
    for number in numbers:
        lesser = number in ranks and ranks[number] != best
        equal = not lesser or index.names[number].entry_id in handbook.colliding
        yield number, 1.0 if equal else LESSER


def _candidates(
    handbook: Handbook, index: Names, units: Sequence[Unit], weights: Sequence[float]
) -> Iterator[tuple[Named, str]]:
    exact = choose_spans(list(exact_spans(index, units)), [unit_weight(unit) for unit in units])
    together = _share(units, weights, [i for span in exact for i in range(span.start, span.end)])
    spans = _find_spans(index, units, weights, exact)
    # A section's title joins two terms: "pre-training and fine-tuning" asks for both.
    longer = [span for span in spans if not _is_section(handbook, index, span)]
    for span in spans:
        share = _share(units, weights, range(span.start, span.end))
        if together > WHOLE and span in exact:  # "RAG or fine-tuning": each is asked for in full
            share = together
        uses = word_uses(units, span, index.word_uses)
        factor = focus_factor(units, span) * part_factor(span, longer)
        factor *= compound_factor(weights, span, share)
        for number, preference in preferred(handbook, index, span.names):
            name = index.names[number]
            everyday = handbook.entries[name.entry_id].everyday
            score = span_confidence(units, span, name, share, uses, everyday)
            inside = tuple(range(span.start, span.end))
            doubtful = (
                span.doubtful
                or name.offered
                or _is_loose_part(span, name, units)
                or (share < WHOLE and is_inside_a_word(units, span.start, span.end))
            )
            sure = score * factor * preference
            yield Named(sure, share, name.text, span.how, inside, doubtful), name.entry_id
    for number, places in scattered_names(index, units):
        name = index.names[number]
        share = _share(units, weights, places)
        score = SCATTERED * (share + (1 - share) * SCATTERED)
        named = Named(score, share, name.text, How.WORDS, tuple(places), name.offered)
        yield named, name.entry_id


def _is_loose_part(span: Span, name: Name, units: Sequence[Unit]) -> bool:
    """A word that several names share or that ends one: 出海 may well not mean 数据出海."""
    if span.how is not How.PART:
        return False
    word = "".join(unit.text for unit in units[span.start : span.end])
    return len(span.names) > 1 or not name.key.startswith(word)


def _is_section(handbook: Handbook, index: Names, span: Span) -> bool:
    return all(
        handbook.entries[index.names[number].entry_id].kind is Kind.SECTION for number in span.names
    )


def _find_spans(
    index: Names, units: Sequence[Unit], weights: Sequence[float], exact: list[Span]
) -> list[Span]:
    """All spans worth ranking; the dearer stages run only for what is not explained yet."""
    if len(exact) == 1 and not _outside(weights, range(exact[0].start, exact[0].end)):
        return exact
    more = [
        *sound_spans(index, units, weights),
        *mixed_spans(index, units),
        *(s for s in part_spans(index, units) if not _outside(weights, range(s.start, s.end))),
    ]
    chosen = choose_spans([*exact, *more], [unit_weight(unit) for unit in units])
    explained = [False] * len(units)
    for span in chosen:
        explained[span.start : span.end] = [True] * (span.end - span.start)
    return [*exact, *chosen, *similar_spans(index, units, weights, explained)]


def _share(units: Sequence[Unit], weights: Sequence[float], places: Sequence[int]) -> float:
    """The share of the query's content that stands at `places`."""
    inside = sum(unit_weight(units[place]) for place in places)
    return inside / (inside + _outside(weights, places)) if inside else 0.0


def _outside(weights: Sequence[float], places: Iterable[int]) -> float:
    inside = set(places)
    return sum(weight for i, weight in enumerate(weights) if i not in inside)

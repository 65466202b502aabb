"""Which stretches of a query are names: by key, stem, sound, initials, or half in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.search.borders import is_pieced, sounds_by_chance
from bot.search.names import MAX_NAME_UNITS, Names
from bot.search.normalize import Unit
from bot.search.results import How
from bot.search.segment import segment
from bot.search.sound import fold_sound, syllables
from bot.search.stem import root, stem
from bot.search.words import is_common, is_everyday, stop_words

SHORT_ABBREVIATION = 4  # letters; in lower case and very common, it is a word: "safe", "map"
SOUND_UNITS = 12
SOUND_LETTERS = 5 * SOUND_UNITS  # of a name in pinyin
SPELLING_SIM = 0.99
FORM_SIM = 0.96
PART_SIM = 0.85
MIN_FORM = 4  # letters of a word's root: shorter ones are shared by chance
SOUND_SIM = 0.97
FOLDED_SOUND_SIM = 0.94
TWO_FOLDED_SIM = 0.62  # two characters that sound nearly alike, in a sentence: worth an offer
INITIALS_SIM = 0.95


@dataclass(frozen=True, slots=True)
class Span:
    """Units `start` to `end` of the query are (much like) these names. `doubtful`: they may well
    be another name that is not in the handbook."""

    start: int
    end: int
    names: tuple[int, ...]
    how: How
    sim: float
    doubtful: bool = False


def exact_spans(index: Names, units: Sequence[Unit]) -> Iterator[Span]:
    """Every stretch that is a name but for case, width, spaces, hyphens, plural or spelling."""
    texts = [unit.text for unit in units]
    han = _han_text(units)
    stems = [stem(text) for text in texts]
    roots = [root(text) for text in texts]
    for start in range(len(units)):
        firsts = (texts[start], stems[start], roots[start])
        longest = max(index.first_units.get(first, 1) for first in firsts)
        key = stemmed = form = ""
        for end in range(start + 1, min(start + longest, len(units)) + 1):
            key += texts[end - 1]
            stemmed += stems[end - 1]
            form += roots[end - 1]
            if not _may_be_name(units, start, end) or is_pieced(han, start, end):
                continue
            if names := index.by_key.get(key):
                yield Span(start, end, tuple(names), How.EXACT, 1.0)
            elif names := index.by_stem.get(stemmed) or index.by_key.get(stemmed):
                yield Span(start, end, tuple(names), How.SPELLING, SPELLING_SIM)
            elif (names := index.by_form.get(form)) and _is_form(texts[start:end], form):
                yield Span(start, end, tuple(names), How.FORM, FORM_SIM)
    if len(units) <= MAX_NAME_UNITS and (names := index.by_key.get("".join(texts))):
        yield Span(0, len(units), tuple(names), How.EXACT, 1.0)


def _is_form(words: Sequence[str], form: str) -> bool:
    """A verb or an adjective of a name, and not a common word that shares its root (value)."""
    return len(form) >= MIN_FORM and not (len(words) == 1 and is_common(words[0]))


def part_spans(index: Names, units: Sequence[Unit]) -> Iterator[Span]:
    """Words of the query that are the distinctive part of few Chinese names: 私有化 (部署)."""
    start = 0
    for run in re.split("(\0+)", _han_text(units)):
        for word in segment(run) if run and run[0] != "\0" else (run,):
            if names := index.by_part.get(word):
                yield Span(start, start + len(word), tuple(names), How.PART, PART_SIM)
            start += len(word)


def _may_be_name(units: Sequence[Unit], start: int, end: int) -> bool:
    """Not a lone character, a frame word or an everyday word inside a longer query."""
    if end - start > 1 or len(units) == 1:
        return True
    unit = units[start]
    if unit.is_han or unit.is_digit or len(unit.text) == 1:
        return False
    if unit.caps:
        return True
    if unit.text in stop_words():
        return False
    return len(unit.text) > SHORT_ABBREVIATION or not is_common(unit.text)


def sound_spans(index: Names, units: Sequence[Unit], weights: Sequence[float]) -> Iterator[Span]:
    """Homophones of names among Han characters, and names written in pinyin."""
    yield from _homophones(index, units, weights)
    yield from _pinyin(index, units)


def _homophones(index: Names, units: Sequence[Unit], weights: Sequence[float]) -> Iterator[Span]:
    texts = _han_text(units)
    sounds_of = syllables(texts)
    for start, unit in enumerate(units):
        if not unit.is_han:
            continue
        sound = sounds_of[start]
        for end in range(start + 2, min(start + SOUND_UNITS, len(units)) + 1):
            if not units[end - 1].is_han:
                break
            sound += sounds_of[end - 1]
            names = index.by_sound.get(sound)
            sim = SOUND_SIM
            if not names:
                names, sim = index.by_folded_sound.get(fold_sound(sound)), FOLDED_SOUND_SIM
                if end - start == 2 < len(units):
                    sim = TWO_FOLDED_SIM
            keys = [index.names[number].key for number in names or ()]
            if names and not sounds_by_chance(texts, weights, start, end, keys):
                yield Span(start, end, tuple(names), How.SOUND, sim)


def _han_text(units: Sequence[Unit]) -> str:
    """One character a unit; NUL for what is not Chinese."""
    return "".join(unit.text if unit.is_han else "\0" for unit in units)


def _pinyin(index: Names, units: Sequence[Unit]) -> Iterator[Span]:
    for start, unit in enumerate(units):
        if unit.is_han or unit.is_digit:
            continue
        sound = ""
        for end in range(start + 1, min(start + 2 * SOUND_UNITS, len(units)) + 1):
            last = units[end - 1]
            if last.is_han or len(sound) > SOUND_LETTERS:
                break
            if last.is_digit:  # a tone: liang4 hua4
                if last.text not in ("1", "2", "3", "4", "5"):
                    break
            else:
                sound += last.text
            one_word = end - start == 1
            if one_word and len(units) > 1 and is_everyday(sound):
                continue
            if names := index.by_sound.get(sound):
                yield Span(start, end, tuple(names), How.SOUND, SOUND_SIM)
            elif names := index.by_folded_sound.get(fold_sound(sound)):
                yield Span(start, end, tuple(names), How.SOUND, FOLDED_SOUND_SIM)
            elif one_word and (names := index.by_initials.get(sound)) and not is_everyday(sound):
                yield Span(start, end, tuple(names), How.INITIALS, INITIALS_SIM)


def choose_spans(spans: Sequence[Span], weights: Sequence[float]) -> list[Span]:
    """The non-overlapping spans that explain most of the query (dynamic programming).

    A span is worth its units' weight to the power 1.15, so that one long name beats two short.
    """
    total = len(weights)
    best: list[tuple[float, tuple[Span, ...]]] = [(0.0, ())] * (total + 1)
    ending: dict[int, list[Span]] = {}
    for span in spans:
        ending.setdefault(span.end, []).append(span)
    for end in range(1, total + 1):
        best[end] = best[end - 1]
        for span in ending.get(end, ()):
            worth = sum(weights[span.start : span.end]) ** 1.15 * span.sim**3
            value = best[span.start][0] + worth
            if value > best[end][0]:
                best[end] = (value, (*best[span.start][1], span))
    return list(best[total][1])

"""Misspelt names: candidates that share letters or characters, scored by RapidFuzz."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.search.borders import PREFIXES, crosses_words
from bot.search.names import Names
from bot.search.normalize import Unit
from bot.search.postings import han_features, letter_features
from bot.search.results import How
from bot.search.sound import fold_sound, syllables
from bot.search.spans import Span
from bot.search.stem import stem
from bot.search.words import GENERIC, is_everyday, stop_words

CANDIDATES = 48
ROUGH, ROUGH_HAN = 60.0, 42.0  # least partial_ratio of a candidate somewhere in the query
ALIKE = 66.0  # the same of a word that is one of a name's, but for a slip
LETTER_CUTOFF = 0.70
# Least likeness of a Chinese name by its length, 2 to 5 or more characters: one slip in a short
# name (in two characters only if it sounds alike), two in a long one.
HAN_CUTOFFS = (0.70, 0.63, 0.70, 0.58)
PINYIN_CUTOFF = 0.84
EVERYDAY_CHANGE = 0.75  # factor on a span whose changed words are all everyday English
MIN_LETTERS = 4
DIGITS = re.compile("[0-9]+")
WEAK = GENERIC | {"checklist", "list", "check", "test", "case"}  # shared, they prove nothing


def similar_spans(
    index: Names, units: Sequence[Unit], weights: Sequence[float], explained: Sequence[bool]
) -> Iterator[Span]:
    """Stretches of the query much like a name, with some content that is not yet explained."""
    open_units = [bool(w) and not done for w, done in zip(weights, explained, strict=True)]
    for start, end, han in script_runs(units):
        if not any(open_units[start:end]):
            continue
        run = units[start:end]
        if han:
            frames = {unit.text for unit, w in zip(run, weights[start:end], strict=True) if not w}
            yield from _similar_han(index, run, start, open_units, frames)
        else:
            yield from _similar_letters(index, run, start, open_units)


def script_runs(units: Sequence[Unit]) -> Iterator[tuple[int, int, bool]]:
    """Maximal runs of one script."""
    start = 0
    for i in range(1, len(units) + 1):
        if i == len(units) or units[i].is_han != units[start].is_han:
            yield start, i, units[start].is_han
            start = i


def _similar_han(
    index: Names,
    run: Sequence[Unit],
    offset: int,
    open_units: Sequence[bool],
    frames: Collection[str],
) -> Iterator[Span]:
    text = "".join(unit.text for unit in run)
    if len(text) < 2:
        return
    candidates = index.han.nearest(han_features(text), CANDIDATES)
    numbers = [index.han_names[candidate] for candidate in candidates]
    for place in _alike(text, [index.names[number].key for number in numbers], ROUGH_HAN):
        number = numbers[place]
        key = index.names[number].key
        found = fuzz.partial_ratio_alignment(key, text)
        if found is None or len(key) < 2:
            continue
        for start, end in _han_windows(found.dest_start, len(key), len(text)):
            window = text[start:end]
            if not any(open_units[offset + start : offset + end]):
                continue
            if any(char in frames and char not in key for char in window):
                continue  # 投资人要看 is no slip for 投资人回购
            sim = han_similarity(window, key)
            if sim < HAN_CUTOFFS[min(len(key), 5) - 2] or _is_written_right(window):
                continue
            if not _cuts_a_word(text, start, end, key):
                other = says_otherwise(window, key) or len(key) - len(window) > 1
                yield Span(offset + start, offset + end, (number,), How.TYPO, sim, other)


def _alike(text: str, names: Sequence[str], cutoff: float) -> list[int]:
    """The places of the names that are roughly somewhere in the text: told in one call, mostly of
    few."""
    scorer = fuzz.partial_ratio
    found = process.extract(text, names, scorer=scorer, score_cutoff=cutoff, limit=None)
    return sorted(place for _, _, place in found)


def _han_windows(start: int, length: int, total: int) -> set[tuple[int, int]]:
    """Windows near an alignment: as long as the name, a character shorter, a character longer."""
    windows = set()
    for size in (length, length - 1, length + 1):
        for first in (start, start - 1, start + 1):
            first = max(0, min(first, total - size))
            if 2 <= size <= total:
                windows.add((first, first + size))
    return windows or {(0, total)}


def _is_written_right(window: str) -> bool:
    """Made of everyday words only: what is spelt right is no slip for a name."""
    if is_everyday(window):
        return True
    return any(
        is_everyday(window[:cut]) and is_everyday(window[cut:]) for cut in range(2, len(window) - 1)
    )


def _cuts_a_word(text: str, start: int, end: int, key: str) -> bool:
    """The wrong character at the window's edge belongs to the word next to it: 模型|内存."""
    left, right = crosses_words(text, start, end)
    return (left and text[start] != key[0]) or (right and text[end - 1] != key[-1])


def says_otherwise(window: str, key: str) -> bool:
    """A character that the name has not and that sounds like none there: 优先购买权 is no slip
    for 优先清算权. A missing, doubled or swapped character is one."""
    said = fold_sound(" ".join(syllables(key))).split()
    return any(
        char not in key and fold_sound(sound) not in said
        for char, sound in zip(window, syllables(window), strict=True)
    )


def han_similarity(text: str, name: str) -> float:
    """Characters and syllables together: a wrong character that sounds alike costs less."""
    chars: float = OSA.normalized_similarity(text, name)
    sounds: float = OSA.normalized_similarity(syllables(text), syllables(name))
    return max(chars, 0.5 * chars + 0.5 * sounds, 0.3 * chars + 0.65 * sounds)


def _similar_letters(
    index: Names, run: Sequence[Unit], offset: int, open_units: Sequence[bool]
) -> Iterator[Span]:
    text = "".join(unit.text for unit in run)
    if len(text) < MIN_LETTERS:
        return
    edges = [0]
    for unit in run:
        edges.append(edges[-1] + len(unit.text))
    candidates = index.letters.nearest(letter_features(text), CANDIDATES)
    names = [index.letter_names[candidate] for candidate in candidates]
    for place in _alike(text, [letters for letters, _ in names], ROUGH):
        letters, number = names[place]
        found = fuzz.partial_ratio_alignment(letters, text)
        if found is None:
            continue
        first = min(_nearest_edge(edges, found.dest_start), len(run) - 1)
        last = max(first + 1, _nearest_edge(edges, found.dest_end))
        if not any(open_units[offset + first : offset + last]):
            continue
        pinyin = index.names[number].han
        window = text[edges[first] : edges[last]]
        if DIGITS.findall(window) != DIGITS.findall(letters):
            continue  # ISO 27001 is not ISO 42001
        sim = OSA.normalized_similarity(
            window, letters, score_cutoff=PINYIN_CUTOFF if pinyin else LETTER_CUTOFF
        )
        if not sim or sim == 1.0:
            continue
        name = index.names[number]
        factor = _everyday_factor(run[first:last], name.parts)
        if factor:
            words = [unit.text for unit in run[first:last] if unit.text not in stop_words()]
            other = (
                _begins_otherwise("".join(words) or window, letters)
                or _lacks_a_word(window, letters, name.parts)
                or _has_another_word(words, name.parts, letters)
            )
            yield Span(offset + first, offset + last, (number,), How.TYPO, sim * factor, other)


def _begins_otherwise(window: str, letters: str) -> bool:
    """Slips seldom hit the first letter, prefixes make other words: encoder, decoder."""
    return window[0] != letters[0] and window[:2] != letters[1::-1]


def _lacks_a_word(window: str, letters: str, parts: Sequence[str]) -> bool:
    """A word of the name that is not there even misspelt: Turing NLG is not all of NLG."""
    return any(
        letters in (part + window, window + part)
        or (len(part) >= MIN_LETTERS and fuzz.partial_ratio(part, window) < ROUGH)
        for part in parts
    )


def _has_another_word(words: Sequence[str], parts: Sequence[str], letters: str) -> bool:
    """A word that is none of the name's, or one of them with a prefix: unlearning, learning."""
    return any(
        word in PREFIXES
        or fuzz.partial_ratio(word, letters) < ALIKE
        or any(word != part and word.endswith(part) for part in parts if len(part) >= MIN_LETTERS)
        for word in words
        if len(word) >= MIN_LETTERS and word not in parts
    )


def _nearest_edge(edges: Sequence[int], position: int) -> int:
    """The place of the edge nearest to a position, the first of two."""
    after = bisect_left(edges, position)
    if after in (0, len(edges)):
        return min(after, len(edges) - 1)
    return after - (position - edges[after - 1] <= edges[after] - position)


def _everyday_factor(window: Sequence[Unit], parts: tuple[str, ...]) -> float:
    """1, less if all words that differ from the name's are correctly spelt, 0 if it is one word."""
    known = {stem(part) for part in parts}
    changed = [unit.text for unit in window if stem(unit.text) not in known]
    if not all(is_everyday(word) or word in stop_words() for word in changed):
        return 1.0
    if {unit.text for unit in window}.difference(changed) <= WEAK:
        return 0.0
    if not changed:
        return 1.0
    return EVERYDAY_CHANGE if len(window) > 1 and len(changed) < len(window) else 0.0

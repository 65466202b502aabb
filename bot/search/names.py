"""All names of the handbook in the dictionaries that exact, sound and fuzzy lookups use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.normalize import HAN_CHAR, Unit, split_units
from bot.search.postings import Postings, han_features, letter_features
from bot.search.segment import segment
from bot.search.sound import fold_sound, initials, sounds
from bot.search.stem import root, stem
from bot.search.words import stop_words

MAX_NAME_UNITS = 18
MIN_INITIALS = 4  # shorter ones are every abbreviation's
COLON = re.compile(r"\s*[:：]\s*")
MAX_SHARING = 200  # names kept for one word: a commoner one tells nothing
MIN_PARTED, MIN_PART = 4, 2  # characters of a Chinese name that has parts, and of a part
MAX_PART_ENTRIES = 8
MAX_HOMONYMS = 8  # entries kept under one key: more than can be offered

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry. `key`: its units joined; `han`: it is all Chinese characters;
    `offered`: it may mean the entry, and often means something else."""

    text: str
    key: str
    entry_id: str
    units: int
    han: bool
    is_title: bool
    parts: tuple[str, ...] = ()
    offered: bool = False


class Numbers(Protocol):
    """Keys -> numbers of names."""

    def get(self, key: str, /) -> Sequence[int] | None: ...


class Counted(Protocol):
    """Words -> a count."""

    def get(self, key: str, default: int, /) -> int: ...


class Nearest(Protocol):
    """Names by the small features that they share with a query."""

    def nearest(self, features: Iterable[str], limit: int) -> Sequence[int]: ...


class Items(Protocol[Item]):
    """What is kept by number, from 0."""

    def __getitem__(self, number: int, /) -> Item: ...
    def __iter__(self) -> Iterator[Item]: ...


class Names(Protocol):
    """Names to look up: of one index, or of several that are joined."""

    @property
    def names(self) -> Items[Name]: ...
    @property
    def by_key(self) -> Numbers: ...
    @property
    def by_stem(self) -> Numbers: ...
    @property
    def by_form(self) -> Numbers: ...
    @property
    def by_part(self) -> Numbers: ...
    @property
    def by_sound(self) -> Numbers: ...
    @property
    def by_folded_sound(self) -> Numbers: ...
    @property
    def by_initials(self) -> Numbers: ...
    @property
    def first_units(self) -> Counted: ...
    @property
    def word_uses(self) -> Counted: ...
    @property
    def names_with(self) -> Numbers: ...
    @property
    def letters(self) -> Nearest: ...
    @property
    def letter_names(self) -> Items[tuple[str, int]]: ...
    @property
    def han(self) -> Nearest: ...
    @property
    def han_names(self) -> Items[int]: ...


@dataclass
class NameIndex:
    """Keys -> numbers in `names`. Built once, then only read."""

    names: list[Name] = field(default_factory=list)
    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_stem: dict[str, list[int]] = field(default_factory=dict)
    by_form: dict[str, list[int]] = field(default_factory=dict)  # without any ending
    by_part: dict[str, list[int]] = field(default_factory=dict)  # a rare word of a Chinese name
    by_sound: dict[str, list[int]] = field(default_factory=dict)
    by_folded_sound: dict[str, list[int]] = field(default_factory=dict)
    by_initials: dict[str, list[int]] = field(default_factory=dict)
    first_units: dict[str, int] = field(default_factory=dict)  # -> units of the longest such name
    word_uses: dict[str, int] = field(default_factory=dict)  # in how many names a word stands
    names_with: dict[str, list[int]] = field(default_factory=dict)  # word -> names of several words
    letters: Postings = field(default_factory=Postings)
    letter_names: list[tuple[str, int]] = field(default_factory=list)  # (letters, name number)
    han: Postings = field(default_factory=Postings)
    han_names: list[int] = field(default_factory=list)

    @classmethod
    def build(cls, handbook: Handbook) -> NameIndex:
        index = cls()
        for entry in handbook.entries.values():
            seen: set[str] = set()
            offered = ((text, False) for text in entry.offered_as)
            for text, is_title in (*names_of(entry), *offered):
                units = split_units(text)[:MAX_NAME_UNITS]
                key = "".join(unit.text for unit in units)
                if key and key not in seen:
                    seen.add(key)
                    han = all(unit.is_han for unit in units)
                    parts = () if han else tuple(unit.text for unit in units)
                    uncertain = text in entry.offered_as
                    name = Name(text, key, entry.id, len(units), han, is_title, parts, uncertain)
                    index._add(name, units)
        index._keep_distinctive_parts()
        return index

    def _add(self, name: Name, units: list[Unit]) -> None:
        key, number = name.key, len(self.names)
        self.names.append(name)
        _put(self.by_key, key, number)
        stems = [stem(unit.text) for unit in units]
        stemmed = "".join(stems)
        if stemmed != key:
            _put(self.by_stem, stemmed, number)
        roots = [root(unit.text) for unit in units]
        if not name.han and (form := "".join(roots)) not in (key, stemmed):
            _put(self.by_form, form, number)
        for first in {units[0].text, stems[0], roots[0]}:
            self.first_units[first] = max(len(units), self.first_units.get(first, 0))
        for word in set(stems):
            self.word_uses[word] = self.word_uses.get(word, 0) + 1
        self._add_words(number, stems)
        if HAN_CHAR.search(key):
            self._add_sound(key, number, units)
        if name.han:
            if len(key) >= MIN_PARTED:
                for word in segment(key):
                    if MIN_PART <= len(word) < len(key):
                        self.by_part.setdefault(word, []).append(number)
            self.han.add(han_features(key))
            self.han_names.append(number)
        elif key.isascii() and len(key) > 3:
            self._add_letters(key, number)

    def _keep_distinctive_parts(self) -> None:
        """Only words that stand in the names of few entries tell which is meant; one name each.

        Where aliases are too many, titles tell.
        """
        for word, numbers in list(self.by_part.items()):
            titles = [number for number in numbers if self.names[number].is_title]
            for kept in (numbers, titles):
                first = {self.names[number].entry_id: number for number in reversed(kept)}
                if 0 < len(first) <= MAX_PART_ENTRIES and word not in self.by_key:
                    self.by_part[word] = list(first.values())[::-1]
                    break
            else:
                del self.by_part[word]

    def _add_sound(self, key: str, number: int, units: list[Unit]) -> None:
        if len(units) < 2:
            return
        for sound in sounds(key):
            _put(self.by_sound, sound, number)
            _put(self.by_folded_sound, fold_sound(sound), number)
        first = sounds(key)[0]
        if len(first) > 4:
            self._add_letters(first, number)
        letters = initials("".join(unit.text for unit in units if unit.is_han))
        if len(letters) >= MIN_INITIALS:
            _put(self.by_initials, letters, number)

    def _add_words(self, number: int, stems: list[str]) -> None:
        words = content_words(stems)
        if len(words) > 1:
            for word in words:
                numbers = self.names_with.setdefault(word, [])
                if len(numbers) < MAX_SHARING:
                    numbers.append(number)

    def _add_letters(self, letters: str, number: int) -> None:
        self.letters.add(letter_features(letters))
        self.letter_names.append((letters, number))


def content_words(stems: Iterable[str]) -> tuple[str, ...]:
    """The words of a name that say something, in order; none if it has Chinese characters."""
    found = tuple(stems)
    if not all(s.isascii() for s in found):
        return ()
    return tuple(dict.fromkeys(s for s in found if s not in stop_words() and len(s) > 1))


def name_sources(handbook: Handbook) -> Iterator[object]:
    """All that an index of names is built from, in its order."""
    for entry in handbook.entries.values():
        yield entry.id, tuple(names_of(entry)), entry.offered_as


def names_of(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every name of an entry, and whether it is its title. A tip is found by its topic alone, a
    comparison by the names of what it compares."""
    if entry.kind in (Kind.TIP, Kind.COMPARISON):
        return
    for title in (entry.title.zh, entry.title.en):
        if title:
            yield title, True
            head = COLON.split(title, maxsplit=1)[0]
            if head != title:  # "Kite：早了十年" is looked up as "Kite"
                yield head, False
    for alias in entry.aliases:
        yield alias, False
    if entry.kind is Kind.TERM and entry.file.endswith(".toml"):
        yield entry.id.replace("-", " "), False


def _put(table: dict[str, list[int]], key: str, number: int) -> None:
    numbers = table.setdefault(key, [])
    if len(numbers) < MAX_HOMONYMS:
        numbers.append(number)

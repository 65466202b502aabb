"""All names of the handbook in the dictionaries that exact, sound and fuzzy lookups use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.handbook.models import Entry, Handbook, Kind
from bot.search.normalize import HAN_CHAR, Unit, split_units
from bot.search.postings import Postings, han_features, letter_features
from bot.search.sound import fold_sound, initials, sounds
from bot.search.stem import stem
from bot.search.words import stop_words

MAX_NAME_UNITS = 18
MIN_INITIALS = 4  # shorter ones are every abbreviation's
COLON = re.compile(r"\s*[:：]\s*")
MAX_SHARING = 200  # names kept for one word: a commoner one tells nothing
MAX_HOMONYMS = 8  # entries kept under one key: more than can be offered


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry. `key`: its units joined; `han`: it is all Chinese characters."""

    text: str
    key: str
    entry_id: str
    units: int
    han: bool
    is_title: bool
    parts: tuple[str, ...] = ()


@dataclass
class NameIndex:
    """Keys -> numbers in `names`. Built once, then only read."""

    names: list[Name] = field(default_factory=list)
    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_stem: dict[str, list[int]] = field(default_factory=dict)
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
            for text, is_title in names_of(entry):
                units = split_units(text)[:MAX_NAME_UNITS]
                key = "".join(unit.text for unit in units)
                if key and key not in seen:
                    seen.add(key)
                    index._add(entry.id, text, key, units, is_title)
        return index

    def _add(self, entry_id: str, text: str, key: str, units: list[Unit], is_title: bool) -> None:
        han = all(unit.is_han for unit in units)
        parts = () if han else tuple(unit.text for unit in units)
        number = len(self.names)
        self.names.append(Name(text, key, entry_id, len(units), han, is_title, parts))
        _put(self.by_key, key, number)
        stems = [stem(unit.text) for unit in units]
        stemmed = "".join(stems)
        if stemmed != key:
            _put(self.by_stem, stemmed, number)
        self.first_units[units[0].text] = max(len(units), self.first_units.get(units[0].text, 0))
        self.first_units[stems[0]] = max(len(units), self.first_units.get(stems[0], 0))
        for word in set(stems):
            self.word_uses[word] = self.word_uses.get(word, 0) + 1
        self._add_words(number, stems)
        if HAN_CHAR.search(key):
            self._add_sound(key, number, units)
        if han:
            self.han.add(han_features(key))
            self.han_names.append(number)
        elif key.isascii() and len(key) > 3:
            self._add_letters(key, number)

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


def names_of(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every name of an entry, and whether it is its title. A tip is found by its topic alone."""
    if entry.kind is Kind.TIP:
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

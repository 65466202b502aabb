"""The tools' work: the library and what an agent asks in, a record out. Knows no protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.agents import words
from bot.agents.entries import build_checklist, build_entry, build_found, build_line
from bot.agents.records import (
    ChecklistList,
    ChecklistText,
    EntryText,
    Outcome,
    SearchResult,
    SideBySide,
)
from bot.answers.dialogue import Audience
from bot.handbook import Checklist, Entry, Kind
from bot.i18n import LANGS, Lang, Text
from bot.search import Answer, Nothing, Result, Suggestions
from bot.search.library import Library
from bot.search.normalize import MAX_QUERY_CHARS, is_chinese

QUERY_CHARS = MAX_QUERY_CHARS  # the search reads no more
NAME_CHARS = 100
AUTO = "auto"  # the language of what is asked, else English
FEWEST, MOST = 2, 3  # entries side by side
NEAR = 3  # entries named where an id or a name is wrong
OUTCOMES: dict[type[Result], Outcome] = {
    Answer: "answer", Suggestions: "suggestions", Nothing: "nothing",
}  # fmt: skip


class Refused(Exception):
    """A call that cannot be answered; the message says in one sentence what to do."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One call: the current content, and the day (a dated tip changes its text)."""

    library: Library
    today: date

    def find(self, query: str, lang: str, kinds: Sequence[str]) -> tuple[Audience, Result]:
        """What the search gives, as for `python -m bot ask`. Raises Refused."""
        audience = self.audience(lang, query)
        _check_length(query, QUERY_CHARS, audience.lang)
        return audience, self.library.matcher.find(query, _read_kinds(kinds, audience.lang))

    def describe(self, audience: Audience, result: Result) -> SearchResult:
        """The outcome of a search, and what is behind it."""
        outcome = OUTCOMES[type(result)]
        chatter = isinstance(result, Nothing) and result.chatter
        answer = result.match.entry if isinstance(result, Answer) else None
        return SearchResult(
            outcome=outcome,
            lang=audience.lang,
            advice=words.ADVICE["chatter" if chatter else outcome].get(audience.lang),
            answer=build_entry(self.library.handbook, answer, audience) if answer else None,
            matches=[build_found(match, audience.lang) for match in result.matches],
        )

    def read_entry(self, entry_id: str, lang: str) -> EntryText:
        """Raises Refused for an unknown id."""
        audience = self.audience(lang)
        return build_entry(self.library.handbook, self._find_id(entry_id, audience), audience)

    def compare(self, names: Sequence[str], lang: str) -> SideBySide:
        """Two or three entries, each in full, and the handbook's own comparison of just these, if
        it has one. Raises Refused for names that are unclear or mean the same entry."""
        audience = self.audience(lang, " ".join(names))
        if not FEWEST <= len(names) <= MOST:
            raise _refuse(words.COMPARE_COUNT, audience.lang, count=len(names))
        entries: dict[str, Entry] = {}
        for name in names:
            entry = self._find_name(name, audience)
            if entry.id in entries:
                raise _refuse(words.COMPARE_SAME, audience.lang, name=name, id=entry.id)
            entries[entry.id] = entry
        handbook, written = self.library.handbook, self._find_written(set(entries))
        return SideBySide(
            lang=audience.lang,
            written=build_entry(handbook, written, audience) if written else None,
            entries=[build_entry(handbook, entry, audience) for entry in entries.values()],
        )

    def list_checklists(self, lang: str) -> ChecklistList:
        audience = self.audience(lang)
        found = self.library.handbook.by_kind[Kind.CHECKLIST]
        lines = [build_line(e, audience.lang) for e in found if isinstance(e, Checklist)]
        return ChecklistList(lang=audience.lang, checklists=lines)

    def read_checklist(self, checklist_id: str, lang: str) -> ChecklistText:
        """Raises Refused for an unknown id, and for one of another kind."""
        audience = self.audience(lang)
        entry = self._find_id(checklist_id, audience, (Kind.CHECKLIST,))
        if not isinstance(entry, Checklist):
            raise _refuse(words.NO_CHECKLIST, audience.lang, id=entry.id)
        return build_checklist(self.library.handbook, entry, audience)

    def audience(self, lang: str, asked: str = "") -> Audience:
        """`lang`, or with AUTO the language of what is asked. Raises Refused."""
        for known in LANGS:
            if lang == known:
                return Audience(known, self.today)
        own: Lang = "zh" if is_chinese(asked) else "en"
        if lang != AUTO:
            raise _refuse(words.UNKNOWN_LANG, own, given=lang[:NAME_CHARS])
        return Audience(own, self.today)

    def _find_id(self, entry_id: str, audience: Audience, kinds: Sequence[Kind] = ()) -> Entry:
        _check_length(entry_id, NAME_CHARS, audience.lang)
        if entry := self.library.handbook.entries.get(entry_id.strip()):
            return entry
        near = self._near(entry_id, kinds)
        message = words.UNKNOWN_ID_NEAR if near else words.UNKNOWN_ID
        raise _refuse(message, audience.lang, id=entry_id, near=near)

    def _find_name(self, name: str, audience: Audience) -> Entry:
        """The entry with that id, or the one that the search is sure of."""
        _check_length(name, NAME_CHARS, audience.lang)
        if entry := self.library.handbook.entries.get(name.strip()):
            return entry
        result = self.library.matcher.find(name)
        if isinstance(result, Answer):
            return result.match.entry
        near = self._near(name)
        message = words.UNCLEAR_NAME if near else words.UNKNOWN_NAME
        raise _refuse(message, audience.lang, name=name, near=near)

    def _find_written(self, ids: set[str]) -> Entry | None:
        """The comparison of these things and no others."""
        for comparison in self.library.handbook.comparisons:
            if {thing.entry_id for thing in comparison.things} == ids:
                return comparison
        return None

    def _near(self, text: str, kinds: Sequence[Kind] = ()) -> str:
        """The ids of the entries that come closest, or ""."""
        matches = self.library.matcher.find(text.replace("-", " "), kinds).matches
        return ", ".join(match.entry.id for match in matches[:NEAR])


def _read_kinds(kinds: Sequence[str], lang: Lang) -> tuple[Kind, ...]:
    known = {str(kind): kind for kind in Kind}
    for kind in kinds:
        if kind not in known:
            every = ", ".join(known)
            raise _refuse(words.UNKNOWN_KIND, lang, kind=kind[:NAME_CHARS], kinds=every)
    return tuple(known[kind] for kind in kinds)


def _check_length(text: str, most: int, lang: Lang) -> None:
    if not text.strip():
        raise _refuse(words.NO_QUERY, lang)
    if len(text) > most:
        raise _refuse(words.LONG_QUERY, lang, chars=len(text), most=most)


def _refuse(message: Text, lang: Lang, **values: object) -> Refused:
    return Refused(message.get(lang).format(**values))

"""Typed text -> reply: what the command, mentions, direct messages and the terminal answer with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import choice

from bot.dialogue.grammar import Typed, Verb
from bot.dialogue.library import Library
from bot.handbook.models import Entry, Handbook, Heading, Kind, Lang, Section
from bot.replies import text as words
from bot.replies.answer import build_answer
from bot.replies.blocks import Reply, plain_section
from bot.replies.chapters import build_chapters, build_heading, build_section_entries
from bot.replies.help import build_help
from bot.replies.outcomes import (
    COMMAND,
    build_list,
    build_nothing,
    build_results,
    build_suggestions,
)
from bot.search import Answer, Suggestions

NUMBER = re.compile(r"第?\s*([0-9一二三四五六七八九]{1,2}(?:\.[0-9]{1,2}){0,2})\s*[章节]?")
CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom an answer is written: the language, and the day (a dated tip changes its text)."""

    lang: Lang
    today: date


def reply_to(library: Library, reader: Reader, typed: Typed) -> Reply:
    """The reply for one typed line. `Reply.miss` marks those that stay private everywhere."""
    if typed.verb in NEED_SLACK:
        return _outside_slack(library, reader, typed)
    return VERBS[typed.verb](library, reader, typed.text)


def _outside_slack(library: Library, reader: Reader, typed: Typed) -> Reply:
    """A verb that the handbook cannot answer; with more behind it, it may begin a question."""
    if typed.text:
        return _answer(library, reader, typed.whole)
    message = words.TIPS_IN_CHANNELS if typed.verb is Verb.TIPS else words.LANG_HELP
    said = message.get(reader.lang).format(command=COMMAND)
    return Reply(said, (plain_section(said.replace("`", "")),), miss=True)


def answer_entry(library: Library, entry: Entry, reader: Reader, *, share: bool = True) -> Reply:
    """An entry as a reply; a section's page also leads to what stands in it."""
    lang = reader.lang
    reply = build_answer(library.handbook, entry, lang, share=share, today=reader.today)
    if isinstance(entry, Section):
        *blocks, last = reply.blocks
        inside = build_section_entries(library.handbook, entry, lang)
        reply = replace(reply, blocks=(*blocks, *inside, last))
    return replace(reply, entry_id=entry.id)


def _answer(library: Library, reader: Reader, text: str, kinds: tuple[Kind, ...] = ()) -> Reply:
    result = library.matcher.find(text, kinds)
    entries = [match.entry for match in result.matches]
    if isinstance(result, Answer):
        return answer_entry(library, entries[0], reader)
    if isinstance(result, Suggestions):
        return build_suggestions(entries, reader.lang)
    return build_nothing(text, entries, reader.lang)


def _of_kind(kind: Kind) -> Callable[[Library, Reader, str], Reply]:
    def handle(library: Library, reader: Reader, text: str) -> Reply:
        if not text:
            return build_list(library.handbook, kind, reader.lang)
        return _answer(library, reader, text, (kind,))

    return handle


def _help(library: Library, reader: Reader, text: str) -> Reply:
    return build_help(reader.lang)


def _search(library: Library, reader: Reader, text: str) -> Reply:
    if not text:
        message = words.EMPTY_SEARCH.get(reader.lang).format(command=COMMAND)
        return Reply(message, (plain_section(message.replace("`", "")),), miss=True)
    entries = [match.entry for match in library.matcher.search(text)]
    if not entries:
        return build_nothing(text, (), reader.lang)
    return build_results(text, entries, reader.lang)


def _tip(library: Library, reader: Reader, text: str) -> Reply:
    tips = library.handbook.by_kind[Kind.TIP]
    if not tips:
        message = words.NO_TIPS.get(reader.lang)
        return Reply(message, (plain_section(message),), miss=True)
    return answer_entry(library, choice(tips), reader)


def _chapter(library: Library, reader: Reader, text: str) -> Reply:
    handbook = library.handbook
    if not text:
        return build_chapters(handbook, reader.lang)
    if found := NUMBER.fullmatch(text):
        return open_number(library, _digits(found[1]), reader)
    return _answer(library, reader, text, (Kind.SECTION,))


def open_number(library: Library, no: str, reader: Reader) -> Reply:
    """Chapter "4", heading "4.2" or section "4.2.2"; an unknown number names the range."""
    handbook = library.handbook
    if heading := _heading(handbook, no):
        return build_heading(handbook, heading, reader.lang)
    for section in handbook.by_kind[Kind.SECTION]:
        if no in section.sections:
            return answer_entry(library, section, reader)
    chapters = [h.no for h in handbook.headings if "." not in h.no] or ["-"]
    message = words.NO_CHAPTER.get(reader.lang).format(no=no, first=chapters[0], last=chapters[-1])
    return replace(
        build_chapters(handbook, reader.lang), text=message, miss=True,
        blocks=(plain_section(message), *build_chapters(handbook, reader.lang).blocks[1:]),
    )  # fmt: skip


def _heading(handbook: Handbook, no: str) -> Heading | None:
    return next((heading for heading in handbook.headings if heading.no == no), None)


def _digits(number: str) -> str:
    return "".join(CHINESE_DIGITS.get(char, char) for char in number)


NEED_SLACK = frozenset({Verb.TIPS, Verb.LANG})
VERBS: Mapping[Verb, Callable[[Library, Reader, str], Reply]] = {
    Verb.ANSWER: _answer,
    Verb.HELP: _help,
    Verb.DEFINE: _of_kind(Kind.TERM),
    Verb.CHECKLIST: _of_kind(Kind.CHECKLIST),
    Verb.CASE: _of_kind(Kind.CASE),
    Verb.CHAPTER: _chapter,
    Verb.SEARCH: _search,
    Verb.TIP: _tip,
}

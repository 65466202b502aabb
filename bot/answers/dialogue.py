"""A typed line -> reply: what commands, mentions, direct messages and the terminal answer with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import choice
from typing import NamedTuple

from bot.answers import words
from bot.answers.chapters import build_chapters, build_heading
from bot.answers.clean import clean_word
from bot.answers.entry import build_short, build_whole
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.help import build_help
from bot.answers.listing import Listing, build_listing
from bot.answers.meanings import build_meanings, find_meanings
from bot.answers.outcomes import (
    build_chatter,
    build_list,
    build_nothing,
    build_results,
    build_suggestions,
)
from bot.answers.place import Place
from bot.answers.side_by_side import build_side_by_side
from bot.handbook.models import Entry, Handbook, Heading, Kind
from bot.i18n import Lang
from bot.search import Answer, How, Match, Nothing, Suggestions
from bot.search.comparisons import compares
from bot.search.library import Library
from bot.search.normalize import fold
from bot.slack.answered import Outcome
from bot.slack.blocks import Reply, context, plain_section
from bot.slack.words import COMMAND, TIPS_IN_CHANNELS

NUMBER = re.compile(r"第?\s*#?([0-9一二三四五六七八九十]{1,3}(?:\.[0-9]{1,2}){0,2})\s*[章节]?")
NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
                "seven": "7"}  # fmt: skip
CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("一二三四五六七八九十", 1)}


class Audience(NamedTuple):
    """The audience of an answer, and where it will stand; a dated tip changes its text by the
    day."""

    lang: Lang
    today: date
    place: Place = Place.PRIVATE
    direct: bool = False  # a direct message, where nothing has to stand before a question

    @property
    def before(self) -> str:
        """What a question begins with there."""
        return "" if self.direct or self.place is Place.MODAL else f"{COMMAND} "


def reply_to(library: Library, audience: Audience, line: ParsedLine) -> Reply:
    """The reply for one typed line. `Reply.private` marks those that stay private everywhere."""
    if line.verb in NEED_SLACK:
        reply = _outside_slack(library, audience, line)
    else:
        reply = VERBS[line.verb](library, audience, line.text)
    return _note_channel(reply, audience.lang) if line.channels else reply


def _note_channel(reply: Reply, lang: Lang) -> Reply:
    """A question is answered where it was asked: a channel in it is read past, and that is said."""
    said = words.CHANNEL_PASSED.get(lang)
    return replace(reply, text=f"{reply.text}\n{said}", blocks=(*reply.blocks, context(said)))


def _outside_slack(library: Library, audience: Audience, line: ParsedLine) -> Reply:
    """A verb that the handbook cannot answer; with more behind it, it may begin a question."""
    if line.text:
        return _answer(library, audience, line.whole)
    message = OUTSIDE_SLACK.get(line.verb, words.IN_SLACK)
    said = message.get(audience.lang).format(command=COMMAND)
    return Reply(said, (plain_section(said.replace("`", "")),), private=True)


def answer_entry(
    library: Library,
    entry: Entry,
    audience: Audience,
    *,
    whole: bool = False,
    shared: bool = False,
) -> Reply:
    """An entry as a reply: short, or whole where that was asked for or nothing can be pressed."""
    build = build_whole if whole or audience.place is Place.TERMINAL else build_short
    return build(
        library.handbook, entry, audience.lang, audience.place, audience.today, shared=shared
    )


def _answer(library: Library, audience: Audience, text: str, kinds: tuple[Kind, ...] = ()) -> Reply:
    match library.matcher.find(text, kinds):
        case Answer() as answer:
            reply = answer_entry(library, answer.match.entry, audience)
            return reply.after(Outcome.ANSWERED)
        case Suggestions(matches):
            if meanings := find_meanings(matches):
                reply = build_meanings(library.handbook, meanings, audience.lang, audience.place)
                return reply.after(Outcome.ANSWERED)
            if not kinds and (both := _compared(text, matches)):
                reply = build_side_by_side(both, audience.lang)
            else:
                reply = build_suggestions(matches, audience.lang)
            return reply.after(Outcome.OFFERED)
        case Nothing(_, chatter) if chatter:
            return build_chatter(chatter, audience.lang, audience.before)
        case Nothing(matches):
            near = [match.entry for match in matches]
            reply = build_nothing(text, near, audience.lang, audience.before)
            return reply.after(Outcome.NOTHING)


def _compared(text: str, matches: Sequence[Match]) -> list[Entry]:
    """The two entries that a question names and compares, where no comparison is written."""
    if len(matches) != 2 or not compares(text):
        return []
    named = [match.entry for match in matches if match.how is not How.TOPIC]
    return named if len(named) == 2 else []


def _of_kind(kind: Kind) -> Callable[[Library, Audience, str], Reply]:
    def handle(library: Library, audience: Audience, text: str) -> Reply:
        if not text and audience.place is Place.TERMINAL:  # where nothing can be pressed
            return build_list(library.handbook, kind, audience.lang)
        if not text:
            return build_listing(library.handbook, Listing(kind, 0, audience.lang))
        return _answer(library, audience, text, (kind,))

    return handle


def _help(library: Library, audience: Audience, text: str) -> Reply:
    return build_help(audience.lang)


def _search(library: Library, audience: Audience, text: str) -> Reply:
    if not text:
        message = words.EMPTY_SEARCH.get(audience.lang).format(before=audience.before)
        return Reply(message, (plain_section(message.replace("`", "")),), private=True)
    entries = [match.entry for match in library.matcher.search(text)]
    if not entries:
        return build_nothing(text, (), audience.lang, audience.before).after(Outcome.NOTHING)
    return build_results(text, entries, audience.lang).after(Outcome.OFFERED)


def _tip(library: Library, audience: Audience, text: str) -> Reply:
    """One of all tips; with text, what the handbook says of it."""
    if text:
        return _answer(library, audience, text)
    tips = library.handbook.by_kind[Kind.TIP]
    if not tips:
        message = words.NO_TIPS.get(audience.lang)
        return Reply(message, (plain_section(message),), private=True)
    return answer_entry(library, choice(tips), audience)


def _chapter(library: Library, audience: Audience, text: str) -> Reply:
    handbook = library.handbook
    if not text:
        return build_chapters(handbook, audience.lang)
    number = clean_word(fold(text))
    if found := NUMBER.fullmatch(NUMBER_WORDS.get(number, number)):
        return open_number(library, _digits(found[1]), audience)
    return _answer(library, audience, text, (Kind.SECTION,))


def open_number(library: Library, no: str, audience: Audience) -> Reply:
    """Chapter "4", heading "4.2" or section "4.2.2"; an unknown number names the range."""
    handbook = library.handbook
    if heading := _heading(handbook, no):
        return build_heading(handbook, heading, audience.lang)
    for section in handbook.by_kind[Kind.SECTION]:
        if no in section.sections:
            return answer_entry(library, section, audience)
    chapters = [h.no for h in handbook.headings if "." not in h.no] or ["-"]
    message = words.NO_CHAPTER.get(audience.lang).format(
        no=no, first=chapters[0], last=chapters[-1]
    )
    return replace(
        build_chapters(handbook, audience.lang), text=message, private=True,
        blocks=(plain_section(message), *build_chapters(handbook, audience.lang).blocks[1:]),
    )  # fmt: skip


def _heading(handbook: Handbook, no: str) -> Heading | None:
    return next((heading for heading in handbook.headings if heading.no == no), None)


def _digits(number: str) -> str:
    return "".join(CHINESE_DIGITS.get(char, char) for char in number)


OUTSIDE_SLACK = {Verb.TIPS: TIPS_IN_CHANNELS, Verb.LANG: words.LANG_HELP}
NEED_SLACK = frozenset({Verb.TIPS, Verb.LANG, Verb.ADD, Verb.ENTRIES, Verb.STATS, Verb.SETTINGS})
VERBS: Mapping[Verb, Callable[[Library, Audience, str], Reply]] = {
    Verb.ANSWER: _answer,
    Verb.HELP: _help,
    Verb.DEFINE: _of_kind(Kind.TERM),
    Verb.CHECKLIST: _of_kind(Kind.CHECKLIST),
    Verb.CASE: _of_kind(Kind.CASE),
    Verb.CHAPTER: _chapter,
    Verb.SEARCH: _search,
    Verb.TIP: _tip,
}

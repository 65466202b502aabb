"""A line that begins with a Chinese verb and no space: 搜索定价 or 语言模型? The handbook tells."""

from __future__ import annotations

from bot.answers.grammar import ParsedLine, Verb
from bot.handbook.models import Kind
from bot.search import Answer, Nothing, Result
from bot.search.matcher import Matcher
from bot.search.normalize import fold

KINDS: dict[Verb, Kind] = {
    Verb.DEFINE: Kind.TERM,
    Verb.CHECKLIST: Kind.CHECKLIST,
    Verb.CASE: Kind.CASE,
    Verb.CHAPTER: Kind.SECTION,
    Verb.TIP: Kind.TIP,
}

SOME = (1, 0.0)  # the least that counts as a result


def choose_reading(matcher: Matcher, line: ParsedLine) -> ParsedLine:
    """The reading of `line` that has a result; of two, a name that holds the verb's characters is a
    question, and else the surer one counts."""
    glued = line.glued
    if glued is None:
        return line
    asked = matcher.find(line.text)
    if _holds_verb(asked, line, glued):
        return line
    if glued.verb is Verb.SEARCH:
        return glued if matcher.search(glued.text) else line
    kind = KINDS.get(glued.verb)
    if kind is None:
        return line
    restricted = _rank(matcher.find(glued.text, (kind,)))
    return glued if restricted >= max(_rank(asked), SOME) else line


def _holds_verb(result: Result, line: ParsedLine, glued: ParsedLine) -> bool:
    """Whether the name that was found begins like the line and goes on beyond the verb."""
    verb_length = len(line.text) - len(glued.text)
    beginning = fold(line.text[: verb_length + 1])
    return any(beginning in fold(match.matched) for match in result.matches[:1])


def _rank(result: Result) -> tuple[int, float]:
    if isinstance(result, Nothing):
        return 0, 0.0
    return 2 if isinstance(result, Answer) else 1, result.matches[0].score

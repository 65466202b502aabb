"""What a person typed -> a verb and its text. The grammar is in README, "Using it"."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.answers.clean import clean_argument, clean_line, clean_word
from bot.search.closest import closest
from bot.search.normalize import MAX_QUERY_CHARS, PLAIN, SLACK_MENTION, clean_query, fold


class Verb(StrEnum):
    ANSWER = "answer"  # no verb: a question
    HELP = "help"
    DEFINE = "define"
    CHECKLIST = "checklist"
    CASE = "case"
    CHAPTER = "chapter"
    SEARCH = "search"
    TIP = "tip"
    TIPS = "tips"  # a channel's weekly tips
    LANG = "lang"  # a person's language
    ADD = "add"  # an entry of the team's own
    STATS = "stats"  # the workspace's figures
    ENTRIES = "entries"  # the team's own, in and out
    SETTINGS = "settings"  # the workspace's, for its admins


WORDS: dict[str, Verb] = {
    "help": Verb.HELP, "帮助": Verb.HELP, "?": Verb.HELP, "？": Verb.HELP,
    "define": Verb.DEFINE, "definition": Verb.DEFINE, "定义": Verb.DEFINE, "术语": Verb.DEFINE,
    "checklist": Verb.CHECKLIST, "checklists": Verb.CHECKLIST, "清单": Verb.CHECKLIST,
    "case": Verb.CASE, "cases": Verb.CASE, "案例": Verb.CASE,
    "chapter": Verb.CHAPTER, "chapters": Verb.CHAPTER, "章节": Verb.CHAPTER, "目录": Verb.CHAPTER,
    "search": Verb.SEARCH, "find": Verb.SEARCH, "搜索": Verb.SEARCH, "搜寻": Verb.SEARCH,
    "搜": Verb.SEARCH, "tip": Verb.TIP, "贴士": Verb.TIP, "tips": Verb.TIPS, "周报": Verb.TIPS,
    "每周贴士": Verb.TIPS, "lang": Verb.LANG, "language": Verb.LANG, "语言": Verb.LANG,
    "add": Verb.ADD, "添加": Verb.ADD, "stats": Verb.STATS,
    "statistics": Verb.STATS, "统计": Verb.STATS,
    "entries": Verb.ENTRIES, "条目": Verb.ENTRIES, "团队条目": Verb.ENTRIES,
    "settings": Verb.SETTINGS, "设置": Verb.SETTINGS, "设定": Verb.SETTINGS,
}  # fmt: skip
# Not those that begin many a question, and are told from one by what follows.
TYPO_WORDS = frozenset(word for word in WORDS if word.isascii() and len(word) >= 4) - {
    "tips", "lang", "language", "entries",
}  # fmt: skip
# Chinese is written without spaces: 搜索定价. The longest first.
GLUED = tuple(
    sorted((word for word in WORDS if not word.isascii() and word != "？"), key=len)[::-1]
)
LONGEST_VERB = max(map(len, GLUED))

FIRST = re.compile(r"([^\s:：,，、]+)[\s:：,，、]*(.*)", re.DOTALL)
NUMBERED = re.compile(
    r"(?:章节?|目录)?[\s:]*第\s*([0-9一二三四五六七八九十]{1,3}(?:\.[0-9]{1,2}){0,2})\s*[章节]"
    r"|(?:章节?|目录)[\s:]*([0-9一二三四五六七八九十]{1,3}(?:\.[0-9]{1,2}){0,2})"
    r"|(?:chapter|chap|ch|section|sec)\.?\s*#?\s*([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})"
)
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>")
# With the words before and behind it, where it is read past.
PASSED = re.compile(
    r"(?:\b(?:in|into|for|to|at|from|on|of)\s+|[在到从于]\s*)?<#[CG][A-Z0-9]+(?:\|[^<>]*)?>"
    r"(?:\s*(?:里面|里|中|频道))?",
    re.IGNORECASE,
)
CHANNEL_NAME = re.compile(r"(?<!\S)#[^\W\d][\w-]*(?!\S)")  # not made a link by Slack
MAX_RAW = 16_000  # characters; Slack sends no longer command
OF_CHANNELS = frozenset({Verb.TIPS, Verb.CHECKLIST})


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """`channels` are ids, or names such as "#sales" where Slack made no link of them.

    `glued` is the other reading of a question whose first characters are a Chinese verb: 搜索定价
    is a search for 定价, 语言模型 a term. The handbook tells which is meant: see readings.py.
    """

    verb: Verb
    text: str
    whole: str = field(default="", compare=False)  # with the verb, as a question
    channels: tuple[str, ...] = field(default=(), compare=False)
    glued: ParsedLine | None = field(default=None, compare=False)


def parse(raw: str) -> ParsedLine:
    """The first word may be a verb, also misspelt; all else is a question. Never raises."""
    if len(raw) <= MAX_QUERY_CHARS and PLAIN.fullmatch(raw):  # the short way for most lines
        return _with_channels(_read(raw), ())
    raw = html.unescape(raw[:MAX_RAW])
    channels = tuple(dict.fromkeys(CHANNEL.findall(raw)))
    text = clean_line(clean_query(raw))
    if not text:
        emoji = SLACK_MENTION.sub(" ", raw).strip()
        return ParsedLine(Verb.ANSWER, emoji) if clean_line(emoji) else ParsedLine(Verb.HELP, "")
    line = _read(text)
    if channels and line.verb is not Verb.TIPS:  # which reads such words itself
        line = _read(clean_line(clean_query(PASSED.sub(" ", raw))) or text)
    return _with_channels(line, channels)


def _read(text: str) -> ParsedLine:
    if numbered := NUMBERED.fullmatch(clean_word(fold(text))):
        return ParsedLine(Verb.CHAPTER, numbered[numbered.lastindex or 0], text)
    found = FIRST.match(text)
    first, rest = (found[1], found[2]) if found else (text, "")
    word = clean_word(fold(first))
    verb = WORDS.get(word) or WORDS.get(first)
    if verb is None and (meant := closest(word, TYPO_WORDS)):
        verb = WORDS[meant]
    if verb is None:
        return ParsedLine(Verb.ANSWER, text, text, glued=_read_glued(text))
    rest = clean_argument(rest)
    if verb is Verb.HELP and rest:
        return ParsedLine(Verb.ANSWER, text)
    return ParsedLine(verb, rest, text)


def _read_glued(text: str) -> ParsedLine | None:
    """The reading with a Chinese verb and no space behind it."""
    start = fold(text[:LONGEST_VERB])
    if not start.startswith(GLUED):
        return None
    for word in GLUED:
        if start.startswith(word) and WORDS[word] is not Verb.HELP:
            rest = clean_argument(text[len(word) :])
            return ParsedLine(WORDS[word], rest, text) if rest else None
    return None


def _with_channels(line: ParsedLine, channels: tuple[str, ...]) -> ParsedLine:
    """A channel that is named without a link counts only where a verb takes one."""
    if line.glued:
        line = replace(line, glued=_with_channels(line.glued, channels))
    if line.verb in OF_CHANNELS and (names := CHANNEL_NAME.findall(line.text)):
        channels, text = (*channels, *names), clean_argument(CHANNEL_NAME.sub(" ", line.text))
        if text or line.verb is Verb.TIPS:
            return replace(line, text=text, channels=channels)
    return replace(line, channels=channels) if channels else line

"""What a person typed -> a verb and its text. The grammar is in README, "Using it"."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.search.closest import closest
from bot.search.normalize import clean_query, fold


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


WORDS: dict[str, Verb] = {
    "help": Verb.HELP, "帮助": Verb.HELP, "?": Verb.HELP, "？": Verb.HELP,
    "define": Verb.DEFINE, "definition": Verb.DEFINE, "定义": Verb.DEFINE, "术语": Verb.DEFINE,
    "checklist": Verb.CHECKLIST, "checklists": Verb.CHECKLIST, "清单": Verb.CHECKLIST,
    "case": Verb.CASE, "cases": Verb.CASE, "案例": Verb.CASE,
    "chapter": Verb.CHAPTER, "chapters": Verb.CHAPTER, "章节": Verb.CHAPTER, "目录": Verb.CHAPTER,
    "search": Verb.SEARCH, "find": Verb.SEARCH, "搜索": Verb.SEARCH, "搜": Verb.SEARCH,
    "tip": Verb.TIP, "贴士": Verb.TIP, "tips": Verb.TIPS, "周报": Verb.TIPS,
    "每周贴士": Verb.TIPS, "lang": Verb.LANG, "language": Verb.LANG, "语言": Verb.LANG,
}  # fmt: skip
# Not those that begin many a question, and are told from one by what follows.
TYPO_WORDS = frozenset(word for word in WORDS if word.isascii() and len(word) >= 4) - {
    "tips", "lang", "language",
}  # fmt: skip
PUNCTUATION = " :：,，"


@dataclass(frozen=True, slots=True)
class ParsedLine:
    verb: Verb
    text: str
    whole: str = field(default="", compare=False)  # with the verb, as a question


def parse(raw: str) -> ParsedLine:
    """The first word may be a verb, also misspelt; all else is a question. Never raises."""
    text = clean_query(raw)
    if not text:
        return ParsedLine(Verb.HELP, "")
    first, _, rest = text.replace("：", " ", 1).partition(" ")
    word = fold(first).strip(PUNCTUATION)
    verb = WORDS.get(word) or WORDS.get(first)
    if verb is None and (meant := closest(word, TYPO_WORDS)):
        verb = WORDS[meant]
    if verb is None or (verb is Verb.HELP and rest):
        return ParsedLine(Verb.ANSWER, text)
    return ParsedLine(verb, rest.strip(PUNCTUATION), text)

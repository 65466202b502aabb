"""What a question is about among several names, and which kind of entry it asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from bot.handbook.models import Kind
from bot.search.normalize import HAN, Unit, split_units
from bot.search.spans import Span
from bot.search.words import DATA

CONTEXT = 0.8  # factor on a name that only says where: "RAG in healthcare", "RAG 里"
PART = 0.80  # factor on "fine-tuning" where "supervsied fine tuning" is a name but for a slip
COMPOUND = 0.7
COMPOUND_UNITS = 4  # units beside the name
COMPOUND_SHARE = 0.8  # the name explains less of the content than this
LONGER_SIM = 0.72
LATER = 0.004  # lost with each unit before a name: the first one is mostly the subject
BEFORE_CONTEXT = frozenset({"in", "for", "with", "of", "on", "within", "during", "对", "在"})
AFTER_CONTEXT = frozenset({"中", "里", "上", "时"})

# Words that ask for a kind; matched as letters or as a run of Han characters.
KIND_WORDS: Mapping[Kind, frozenset[str]] = {
    Kind.CHECKLIST: frozenset(
        "checklist checklists list check checks steps prepare 清单 检查表 检查项 检查一遍 自查 "
        "要查 要检查 几步 步骤 哪些点 要做哪些 逐项 逐条 一条条 准备哪些 准备什么 过一遍".split()
    ),
    Kind.CASE: frozenset(
        "cases ruling lawsuit settlement 案例 案子 故事 那家 后来怎么样 怎么倒的 破产的".split()
    ),
    Kind.TIP: frozenset({"tip", "tips", "贴士"}),
    Kind.SECTION: frozenset({"chapter", "section", "章节"}),
}
EXPLAINS = (
    "what", "whats", "explain", "define", "definition", "meaning", "means", "mean", "understand",
    "introduction", "overview",
    "什么", "啥", "意思", "含义", "定义", "解释", "理解", "介绍", "讲讲", "科普",
)  # fmt: skip
LONGEST_ASKING = 6  # characters
LONG = 60  # units of a text that is read whole
CHARS = 300  # of a question longer than that: its end
SENTENCE = re.compile(r"(?<=[.!?。！？；;\n])\s*")
QUESTION_MARK = re.compile(r"[?？]")
ASKS = re.compile(
    r"\b(?:why|how|what|which|who)\b|^(?:should|can|could|do|does|is|are)\b|吗|呢|怎|什么|为何|如何|哪"
    r"|要不要|能不能|是不是"
)


def focus_factor(units: Sequence[Unit], span: Span) -> float:
    """Less than 1 for a name that stands as context or late in the query."""
    before = units[span.start - 1].text if span.start else ""
    after = units[span.end].text if span.end < len(units) else ""
    context = before in BEFORE_CONTEXT or after in AFTER_CONTEXT
    return (CONTEXT if context else 1.0) * (1 - LATER * min(span.start, 20))


def compound_factor(weights: Sequence[float], span: Span, share: float) -> float:
    """Less than 1 where a name stands in a short phrase with other content and no frame.

    "transfer pricing documentation" is no question about pricing but another thing's name.
    """
    no_frame = all(weights)
    short = len(weights) - (span.end - span.start) <= COMPOUND_UNITS
    return COMPOUND if no_frame and short and share < COMPOUND_SHARE else 1.0


def part_factor(span: Span, others: Sequence[Span]) -> float:
    """Less than 1 for a name that is part of a longer, nearly as well matching one."""
    inside = any(
        other.start <= span.start
        and span.end <= other.end
        and other.end - other.start > span.end - span.start
        and other.sim >= LONGER_SIM
        for other in others
    )
    return PART if inside else 1.0


def asked_kinds(units: Sequence[Unit]) -> frozenset[Kind]:
    """The kinds of entry that the query's words ask for: "list", 案例."""
    words = {unit.text for unit in units}
    text = "".join(unit.text for unit in units if unit.is_han)
    return frozenset(
        kind
        for kind, kind_words in KIND_WORDS.items()
        if any((w in words) if w.isascii() else (w in text) for w in kind_words)
    )


@cache
def asking_words() -> frozenset[str]:
    """Words that ask about a name and say nothing else: "what is a prompt" asks for the term,
    "please be prompt" does not."""
    return frozenset((DATA / "asking.txt").read_text("utf-8").split())


@cache
def aspect_words() -> frozenset[str]:
    """Asking words, and what is asked about any name: "how do we reduce …", … 的成本."""
    return asking_words() | frozenset((DATA / "aspects.txt").read_text("utf-8").split())


@cache
def polite_words() -> frozenset[str]:
    """Words that wrap a question in manners: "can you please …", 麻烦帮我…"""
    return frozenset((DATA / "polite.txt").read_text("utf-8").split())


def asks_about(units: Sequence[Unit], places: Collection[int]) -> bool:
    """Whether all units but those at `places` ask about what stands there, also with manners:
    "can you explain RAG", though not "can you be prompt"."""
    if only_asks(units, places):
        return True
    rest = [unit for i, unit in enumerate(units) if i not in places]
    text = "".join(unit.text if unit.is_han else f" {unit.text} " for unit in rest)
    explains = any((f" {w} " if w.isascii() else w) in text for w in EXPLAINS)
    return explains and only_asks(units, places, asking_words() | polite_words())


def only_asks(
    units: Sequence[Unit], places: Collection[int], asking: frozenset[str] | None = None
) -> bool:
    """Whether all units but those at `places` are asking words: for a definition or a comparison,
    unless `asking` holds others."""
    asking = asking or asking_words()
    rest = "".join(
        ("\0" if i in places else unit.text if unit.is_han else f" {unit.text} ")
        for i, unit in enumerate(units)
    )
    for part in re.findall(f"[{HAN}]+|[^\\s\\0{HAN}]+", rest):
        text = part
        while text:
            size = next((n for n in range(LONGEST_ASKING, 0, -1) if text[:n] in asking), 0)
            if part.isascii():
                size = len(part) if part in asking else 0
            if not size:
                return False
            text = text[size:]
    return True


def asking_part(text: str) -> str:
    """The part of a long text that asks: its last two questions, else its end. A short one is it.

    People tell a story first; what they want stands where they ask.
    """
    if len(split_units(text)) <= LONG:
        return text
    sentences = [part for part in SENTENCE.split(text) if part.strip()]
    asking = (
        [part for part in sentences if QUESTION_MARK.search(part)]
        or [part for part in sentences if ASKS.search(part.casefold())]
        or sentences[-1:]
    )
    units = " ".join(asking[-2:])
    return units if len(split_units(units)) <= LONG else units[-CHARS:]

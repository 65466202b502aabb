"""Figures and the digest as messages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.handbook.models import Entry
from bot.i18n import Lang, Text
from bot.insights import words
from bot.insights.figures import Figures, Period, rate
from bot.insights.models import Question
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    bullets,
    clip,
    context,
    header,
    paragraph,
    rich,
    run,
)
from bot.slack.entries import open_buttons, short_title
from bot.slack.mrkdwn import escape
from bot.slack.words import COMMAND

MOST_QUESTIONS, QUESTION_CHARS = 5, 150
MOST_DUE = 10
BETWEEN = " · "


def build_stats(figures: Figures, entries: Mapping[str, Entry], lang: Lang) -> Reply:
    """One line a figure, with its value for each period."""
    title = words.STATS_TITLE.get(lang)
    ever = any(p.questions or p.finished or p.delivered for p in figures.periods)
    if not (ever or figures.open_questions or figures.running):
        none = words.STATS_NONE.get(lang)
        return Reply(f"{title}\n{none}", (header(title), context(none)), private=True)
    days = BETWEEN.join(words.STATS_PERIODS.get(lang).format(days=p.days) for p in figures.periods)
    lines = [(name, BETWEEN.join(map(of, figures.periods))) for name, of in LINES]
    now_lines = [
        (words.OPEN_QUESTIONS, str(figures.open_questions)),
        (words.RUNNING, str(figures.running)),
    ]
    blocks: list[Block] = [header(title), context(days), rich(_list(lines, lang))]
    blocks += [context(words.NOW.get(lang)), rich(_list(now_lines, lang))]
    most = [(entries[name], number) for name, number in figures.most if name in entries]
    said = [f"{name.get(lang)}: {value}" for name, value in (*lines, *now_lines)]
    if most:
        counted = BETWEEN.join(_times(short_title(e, lang), n, lang) for e, n in most)
        blocks += [context(words.MOST_ASKED.get(lang)), rich(paragraph(run(counted))),
                   actions(open_buttons([entry for entry, _ in most], lang))]  # fmt: skip
        said.append(f"{words.MOST_ASKED.get(lang)}: {counted}")
    blocks.append(context(words.NOTHING_PERSONAL.get(lang)))
    return Reply(escape("\n".join((title, days, *said))), tuple(blocks), private=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFacts:
    """What a digest tells. `unhelpful`: an entry's title, and why it did not help how often."""

    period: Period
    questions: Sequence[Question]
    open_count: int
    unhelpful: Sequence[tuple[Text, Mapping[str, int]]]
    due: Sequence[Text]
    most: Sequence[tuple[Entry, int]]
    reason_names: Mapping[str, Text]


def build_digest(facts: DigestFacts, lang: Lang) -> Reply:
    title = words.DIGEST_TITLE.get(lang).format(days=facts.period.days)
    period = facts.period
    found = words.DIGEST_FOUND if period.questions else words.DIGEST_QUIET
    first = found.get(lang).format(
        questions=period.questions, rate=rate(period.answered, period.questions)
    )
    parts: list[tuple[str, list[str]]] = []
    if facts.questions:
        open_title = words.DIGEST_OPEN.get(lang).format(count=facts.open_count)
        shown = facts.questions[:MOST_QUESTIONS]
        lines = [_times(clip(q.text.replace("\n", " "), QUESTION_CHARS), q.times, lang)
                 for q in shown]  # fmt: skip
        parts.append((open_title, _cut(lines, facts.open_count, lang)))
    if facts.unhelpful:
        lines = [f"{name.get(lang)}: {_reasons(facts, why, lang)}" for name, why in facts.unhelpful]
        parts.append((words.DIGEST_UNHELPFUL.get(lang), lines[:MOST_DUE]))
    if facts.due:
        lines = [name.get(lang) for name in facts.due[:MOST_DUE]]
        parts.append((words.DIGEST_DUE.get(lang), _cut(lines, len(facts.due), lang)))
    if facts.most:
        lines = [_times(short_title(entry, lang), number, lang) for entry, number in facts.most]
        parts.append((words.DIGEST_MOST.get(lang), lines))
    elements: list[Element] = [paragraph(run(f"{first}\n"))]
    for name, lines in parts:
        elements += [paragraph(run(name, bold=True)), bullets([[run(line)] for line in lines])]
    end = words.DIGEST_END.get(lang).format(command=COMMAND).replace("`", "")
    said = [title, first, *(f"{name}: {BETWEEN.join(lines)}" for name, lines in parts)]
    return Reply(escape("\n".join(said)), (header(title), rich(*elements), context(end)))


def _rated(period: Period) -> str:
    return rate(period.helpful, period.helpful + period.unhelpful)


LINES: tuple[tuple[Text, Callable[[Period], str]], ...] = (
    (words.QUESTIONS, lambda p: str(p.questions)),
    (words.ANSWERED, lambda p: f"{p.answered} ({rate(p.answered, p.questions)})"),
    (words.OFFERED, lambda p: str(p.offered)),
    (words.NOTHING, lambda p: str(p.nothing)),
    (words.HELPFUL, _rated),
    (words.FINISHED, lambda p: str(p.finished)),
    (words.DELIVERED, lambda p: str(p.delivered)),
)


def _list(lines: Sequence[tuple[Text, str]], lang: Lang) -> Element:
    return bullets([[run(f"{name.get(lang)}  ", bold=True), run(value)] for name, value in lines])


def _times(title: str, count: int, lang: Lang) -> str:
    return words.TIMES.get(lang).format(title=title, count=count)


def _cut(lines: Sequence[str], count: int, lang: Lang) -> list[str]:
    rest = count - len(lines)
    return [*lines, *([words.AND_MORE.get(lang).format(count=rest)] if rest > 0 else [])]


def _reasons(facts: DigestFacts, why: Mapping[str, int], lang: Lang) -> str:
    names = facts.reason_names
    said = [
        _times(names[reason].get(lang), count, lang)
        for reason, count in sorted(why.items(), key=lambda pair: -pair[1])
        if reason in names
    ]
    return BETWEEN.join(said) or str(sum(why.values()))

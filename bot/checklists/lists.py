"""What runs in a channel, and the log of a run: for the one who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checklists import ids, words
from bot.checklists.blocks import stop_button
from bot.checklists.models import ChangeKind, LogLine, Run
from bot.checklists.progress import count_progress
from bot.checklists.series import Series
from bot.checklists.texts import (
    date_text,
    mention,
    moment_text,
    name_of,
    progress_text,
    series_text,
    started_text,
    title_of,
)
from bot.i18n import Lang
from bot.slack.action_ids import numbered
from bot.slack.blocks import (
    SECTION_CHARS,
    Block,
    Reply,
    actions,
    button,
    clip,
    plain_section,
    section,
)
from bot.slack.mrkdwn import escape, literal
from bot.slack.notes import explain_error as end_reason
from bot.slack.words import COMMAND, MORE

MAX_RUNS = 15
MAX_SERIES = 15
LOG_LINES = 25
LOG_TEXT = 60  # characters of a note in the log
OTHERS = 5  # runs whose logs are offered beside one
EMPTY = {
    ChangeKind.ASSIGNED: "unassigned", ChangeKind.DUE: "undue", ChangeKind.NOTED: "unnoted",
    ChangeKind.UNREACHABLE: "reachable",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A run and the address of its message, or ""."""

    run: Run
    link: str = ""


def build_running(
    listed: Sequence[Listed], series: Sequence[Series], lang: Lang, now: datetime
) -> Reply:
    """Each run with its progress, its log, and, where its message is gone, a way to have it; then
    what will start by itself."""
    if not listed and not series:
        text = words.NONE.get(lang).format(command=COMMAND)
        return Reply(text, (section(text),), private=True)
    title = (words.RUNNING if listed else words.SERIES).get(lang)
    blocks: list[Block] = [plain_section(title)] if listed else []
    for one in listed[:MAX_RUNS]:
        run = one.run
        value = str(ids.RunTarget(run.id))
        blocks.append(section("\n".join(_run_lines(one, lang, now))))
        row = [button(words.LOG.get(lang), ids.LOG, value)]
        if not run.message_ts:
            row.insert(0, button(words.POST_AGAIN.get(lang), ids.POST_AGAIN, value))
        blocks.append(actions(row))
    if len(listed) > MAX_RUNS:
        blocks.append(plain_section(MORE.get(lang).format(count=len(listed) - MAX_RUNS)))
    blocks += build_series(series, lang)
    names = [escape(name_of(one.run, lang)) for one in listed[:MAX_RUNS]]
    names += [series_text(one, lang) for one in series[:MAX_SERIES]]
    return Reply("\n".join((title, *names)), tuple(blocks), private=True)


def build_series(series: Sequence[Series], lang: Lang) -> list[Block]:
    """What will start by itself, each with a button to stop it."""
    if not series:
        return []
    blocks: list[Block] = [plain_section(words.SERIES.get(lang))]
    for one in series[:MAX_SERIES]:
        stop = stop_button(one.id, title_of(one, lang), lang)
        blocks.append(section(series_text(one, lang), stop))
    if len(series) > MAX_SERIES:
        blocks.append(plain_section(MORE.get(lang).format(count=len(series) - MAX_SERIES)))
    return blocks


def build_log(run: Run, lines: Sequence[LogLine], others: Sequence[Run], lang: Lang) -> Reply:
    """Its newest lines, the newest first; `others` are runs of the channel whose logs are offered
    too."""
    title = words.LOG_TITLE.get(lang).format(title=name_of(run, lang))
    texts = [log_text(run, line, lang) for line in lines]
    if earlier := run.changes - len(lines):
        texts.append(words.LOG_EARLIER.get(lang).format(count=earlier))
    blocks: list[Block] = [plain_section(title), *map(section, _chunks(texts))]
    if others:
        buttons = [
            button(_dated(r, lang), numbered(ids.LOG, n), str(ids.RunTarget(r.id)))
            for n, r in enumerate(others[:OTHERS])
        ]
        blocks.append(actions(buttons))
    return Reply(escape(title), tuple(blocks), private=True)


def log_text(run: Run, line: LogLine, lang: Lang) -> str:
    """One line of the log as mrkdwn."""
    change = line.change
    empty = not (change.text or change.day or change.user_id)
    if change.what is ChangeKind.UNREACHABLE:  # its person is always named
        empty = not change.text
    name = EMPTY.get(change.what, str(change.what)) if empty else str(change.what)
    if change.what is ChangeKind.STARTED and run.series_id not in ("", run.id):
        name = "began"
    reason = words.PROBLEMS.get(change.text) if change.what is ChangeKind.UNREACHABLE else None
    said_text = reason.get(lang) if reason else change.text
    if change.what is ChangeKind.UNREPEATED and change.text:
        name, said_text = "ended", end_reason(change.text, lang)
    item = run.find_item(change.item)
    said = (
        words.LOG_LINES[name]
        .get(lang)
        .format(
            user=mention(line.by),
            owner=mention(change.user_id),
            item=f"“{item.no}. {literal(clip(item.text.get(lang), 40))}”" if item else "",
            text=literal(clip(said_text, LOG_TEXT)).replace("\n", " "),
            zone=literal(change.zone),
            date=date_text(change.day, lang, line.at) if change.day else "",
        )
    )
    return f"{moment_text(line.at)}  {said}"


def problem_text(run: Run, lang: Lang) -> str:
    """Why the run's message is not there, or not up to date; "" if all is well."""
    if run.problem:
        known = words.PROBLEMS.get(run.problem)
        reason = known.get(lang) if known else end_reason(run.problem, lang)
        if run.message_ts:
            return words.PROBLEM.get(lang).format(reason=reason)
        return f"{words.NO_MESSAGE.get(lang)}: {reason}"
    return "" if run.message_ts else words.NO_MESSAGE.get(lang)


def _dated(run: Run, lang: Lang) -> str:
    """Two runs of one checklist may have the same name."""
    return (
        f"{clip(name_of(run, lang), 50)} {date_text(run.started_at.date(), lang, run.started_at)}"
    )


def _run_lines(one: Listed, lang: Lang, now: datetime) -> list[str]:
    run = one.run
    name = literal(name_of(run, lang))
    lines = [
        f"<{one.link}|{name}>" if one.link else f"*{name}*",
        progress_text(count_progress(run, now), lang),
        started_text(run, mention(run.started_by), moment_text(run.started_at), lang),
    ]
    if problem := problem_text(run, lang):
        lines.append(f"⚠️ {problem}")
    return lines


def _chunks(texts: Sequence[str]) -> list[str]:
    """Lines together, as many as fit into a section."""
    chunks: list[str] = []
    for text in texts:
        if chunks and len(chunks[-1]) + len(text) < SECTION_CHARS:
            chunks[-1] += f"\n{text}"
        else:
            chunks.append(text)
    return chunks

"""A run as Markdown and as CSV, to be taken out of Slack."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.checklists import words
from bot.checklists.models import Item, ItemState, Run
from bot.checklists.progress import count_progress
from bot.checklists.texts import name_of, started_text
from bot.slack.spreadsheets import BOM, make_safe

HANDBOOKS = "cl-"  # the ids of the handbook's checklists begin so
NAME_CHARS = 60
UNSAFE = re.compile(r"\W+")  # in a file's name
MARKDOWN = re.compile(r"([\\`*_\[\]<>~#|!])")

Names = Mapping[str, str]  # by user id


def build_markdown(run: Run, names: Names, now: datetime) -> str:
    """A task list as GitHub and Notion read it. Times are UTC."""
    lang, progress = run.lang, count_progress(run, now)
    starter = _escape(names.get(run.started_by, run.started_by))
    started = started_text(run, starter, _time(run.started_at), lang)
    lines = [f"# {_escape(name_of(run, lang))}", "", started, "",
             f"**{progress.done} / {progress.total}**", ""]  # fmt: skip
    for item in run.items:
        lines += _markdown_lines(run, item, names)
    return "\n".join(lines) + "\n"


def build_csv(run: Run, names: Names) -> str:
    """With a header row; no cell begins like a formula."""
    lang = run.lang
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.get(lang) for column in words.COLUMNS])
    for item in run.items:
        cells = (
            item.text.get(lang), words.STATES[item.state].get(lang),
            names.get(item.changed_by, item.changed_by), _time(item.changed_at),
            names.get(item.owner, item.owner), item.due.isoformat() if item.due else "",
            item.note, item.reason, item.why.get(lang),
        )  # fmt: skip
        writer.writerow([item.no, *map(make_safe, cells)])
    return BOM + out.getvalue()


def file_name(run: Run, ending: str) -> str:
    """`cl-agent-launch-2026-11-24.csv`: safe on every system. A team's own checklist has an id
    that says nothing: its file goes by the title."""
    name = run.checklist_id
    if not name.startswith(HANDBOOKS):
        title = run.title.get(run.lang).lower()
        name = UNSAFE.sub("-", title).strip("-")[:NAME_CHARS] or name
    return f"{name}-{run.started_at:%Y-%m-%d}.{ending}"


def people_of(run: Run) -> list[str]:
    """Everybody whose name an export shows, each once."""
    people = [run.started_by]
    for item in run.items:
        people += [item.changed_by, item.owner]
    return list(dict.fromkeys(filter(None, people)))


def _markdown_lines(run: Run, item: Item, names: Names) -> list[str]:
    lang = run.lang
    mark = " " if item.is_open else "x"
    text = f"{item.no}. {_escape(item.text.get(lang))}"
    facts = []
    if item.changed_at is not None:
        facts.append(f"{_escape(names.get(item.changed_by, item.changed_by))}, "
                     f"{_time(item.changed_at)}")  # fmt: skip
    if item.owner:
        facts.append(f"👤 {_escape(names.get(item.owner, item.owner))}")
    if item.due:
        facts.append(words.DUE.get(lang).format(date=item.due.isoformat()))
    if item.state is ItemState.NOT_APPLICABLE:
        text = f"~~{text}~~"
        facts.append(words.REASON.get(lang).format(reason=_escape(item.reason)))
    lines = [f"- [{mark}] {text}" + "".join(f" — {fact}" for fact in facts)]
    if item.note:
        lines.append("  " + _escape(item.note).replace("\n", "\n  "))
    return lines


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def _escape(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", text)

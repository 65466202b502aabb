"""A run as Markdown and as CSV, to be taken out of Slack."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.checklists import words
from bot.checklists.models import Item, ItemState, Run
from bot.checklists.progress import count_progress
from bot.checklists.texts import name_of
from bot.slack.blocks import Reply, context, rich
from bot.slack.mrkdwn import escape
from bot.slack.spreadsheets import BOM, make_safe

MARKDOWN = re.compile(r"([\\`*_\[\]<>~#|!])")
PART_CHARS = 3_000  # of a text in one message

Names = Mapping[str, str]  # by user id


def build_markdown(run: Run, names: Names, now: datetime) -> str:
    """A task list as GitHub and Notion read it. Times are UTC."""
    lang, progress = run.lang, count_progress(run, now)
    started = words.BY.get(lang).format(
        user=_escape(names.get(run.started_by, run.started_by)), when=_time(run.started_at)
    )
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


def build_text_parts(name: str, content: str) -> Iterable[Reply]:
    """A file as messages, where no file can be uploaded."""
    parts = _split(content)
    for number, part in enumerate(parts, 1):
        title = name if len(parts) == 1 else f"{name} ({number}/{len(parts)})"
        text = {"type": "text", "text": part}
        shown = rich({"type": "rich_text_preformatted", "elements": [text]})
        yield Reply(escape(title), (context(title), shown))


def file_name(run: Run, ending: str) -> str:
    """`agent-launch-2026-11-24.csv`: safe on every system."""
    return f"{run.checklist_id}-{run.started_at:%Y-%m-%d}.{ending}"


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


def _split(content: str) -> list[str]:
    """At ends of lines; a longer line is cut."""
    parts = [""]
    for line in content.removeprefix(BOM).splitlines(keepends=True):
        for start in range(0, len(line), PART_CHARS):
            piece = line[start : start + PART_CHARS]
            if len(parts[-1]) + len(piece) > PART_CHARS:
                parts.append("")
            parts[-1] += piece
    return parts

"""A run in words: its name, how far it is, one item as a line. All of it is mrkdwn of ours, with
what people typed escaped."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.checklists import words
from bot.checklists.models import Item, ItemState, Run
from bot.checklists.progress import Progress, is_overdue
from bot.checklists.series import Series, next_start
from bot.i18n import Lang, Text
from bot.slack.blocks import clip
from bot.slack.dates import day_text
from bot.slack.mrkdwn import literal

MARKS = {ItemState.OPEN: "⬜", ItemState.DONE: "✅", ItemState.NOT_APPLICABLE: "➖"}
BAR_CELLS = 10
ITEM_SHOWN, NOTE_SHOWN = 400, 250  # characters in the message: 15 items stay well within limits
DOT = " · "


def name_of(run: Run, lang: Lang) -> str:
    """The title and what it is for; plain text."""
    return _name(run.title, run.label, lang)


def title_of(series: Series, lang: Lang) -> str:
    return _name(series.title, series.label, lang)


def place_text(run: Run, lang: Lang) -> str:
    """Its name and its channel, as mrkdwn; a direct message has no name to show."""
    title = literal(name_of(run, lang))
    if run.channel_id.startswith("D"):
        return title
    return words.WHERE.get(lang).format(title=title, channel=f"<#{run.channel_id}>")


def series_text(series: Series, lang: Lang) -> str:
    """A series as mrkdwn: its name, how often, where, when next, and what was left out."""
    facts = [f"🔁 {words.REPEATING[series.rhythm].get(lang)}"]
    if not series.channel_id.startswith("D"):
        facts.append(f"<#{series.channel_id}>")
    facts.append(words.NEXT_ROUND.get(lang).format(when=moment_text(next_start(series))))
    lines = [f"*{literal(title_of(series, lang))}*", DOT.join(facts)]
    if series.skipped:
        day = day_text(series.skipped, lang)
        lines.append(f"⚠️ {words.SKIPPED.get(lang).format(date=day)}")
    return "\n".join(lines)


def started_text(run: Run, who: str, when: str, lang: Lang) -> str:
    """Who started it, or that it began by itself as the next round of a series."""
    by_itself = run.series_id not in ("", run.id)
    started = words.BY_ITSELF if by_itself else words.BY
    return started.get(lang).format(user=who, when=when)


def _name(title: Text, label: str, lang: Lang) -> str:
    return DOT.join(filter(None, (clip(title.get(lang), 100), label)))


def mention(user_id: str) -> str:
    return f"<@{user_id}>"


def moment_text(moment: datetime) -> str:
    """A moment that Slack shows in each reader's own zone and language.

    Source: https://docs.slack.dev/messaging/formatting-message-text (date formatting).
    """
    fallback = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def progress_text(progress: Progress, lang: Lang) -> str:
    """A bar, "5 / 11", and what is beside it."""
    filled = BAR_CELLS * progress.done // progress.total if progress.total else BAR_CELLS
    filled = max(filled, min(progress.done, 1))  # the first tick shows
    parts = [f"{'▰' * filled}{'▱' * (BAR_CELLS - filled)}  {progress.done} / {progress.total}"]
    if progress.excluded:
        parts.append(words.EXCLUDED.get(lang).format(count=progress.excluded))
    if progress.overdue:
        parts.append(f"⚠️ {words.OVERDUE_COUNT.get(lang).format(count=progress.overdue)}")
    return DOT.join(parts)


def item_text(run: Run, item: Item, lang: Lang, now: datetime, *, stands_out: bool = False) -> str:
    """The item and, below it, who, by when, and what was noted. `stands_out`: in bold."""
    text = f"{item.no}. {literal(clip(item.text.get(lang), ITEM_SHOWN))}"
    head = text if item.is_open else f"~{text}~"
    lines = [f"{MARKS[item.state]} {f'*{head}*' if stands_out else head}"]
    if details := _details(run, item, lang, now):
        lines.append(DOT.join(details))
    if item.state is ItemState.NOT_APPLICABLE:
        reason = literal(clip(item.reason, NOTE_SHOWN))
        lines.append(words.REASON.get(lang).format(reason=reason))
    if item.note:
        lines.append(f"📝 {literal(clip(item.note, NOTE_SHOWN))}")
    return "\n".join(lines)


def spoken_item(run: Run, item: Item, lang: Lang, now: datetime) -> str:
    """An open item as it is read out: its text, who, by when."""
    facts = [f"{item.no}. {literal(clip(item.text.get(lang), ITEM_SHOWN))}"]
    facts += [mention(item.owner)] if item.owner else []
    if item.due:
        word = words.OVERDUE if is_overdue(run, item, now) else words.DUE
        facts.append(word.get(lang).format(date=date_text(item.due, lang, now)))
    return DOT.join(facts)


def due_text(run: Run, item: Item, lang: Lang, now: datetime) -> str:
    """By when, and whether that is over; "" without a due day."""
    if item.due is None:
        return ""
    late = is_overdue(run, item, now)
    word = words.OVERDUE if late else words.DUE
    return f"{'⚠️' if late else '📅'} {word.get(lang).format(date=date_text(item.due, lang, now))}"


def date_text(day: date, lang: Lang, now: datetime) -> str:
    """A day, with its year where that is another than this one."""
    text = day_text(day, lang)
    if day.year == now.year:
        return text
    return f"{day.year}年{text}" if lang == "zh" else f"{text} {day.year}"


def _details(run: Run, item: Item, lang: Lang, now: datetime) -> list[str]:
    parts = []
    if item.changed_at is not None:
        parts.append(f"{mention(item.changed_by)} {moment_text(item.changed_at)}")
    if item.is_open and item.owner:
        parts.append(f"👤 {mention(item.owner)}")
        if item.unreachable:
            parts.append(f"🔕 {words.UNREACHABLE.get(lang)}")
    if item.is_open and item.due:
        parts.append(due_text(run, item, lang, now))
    return parts

"""What is said about a run beside its message: its summary, to owners, in weekly tips."""

from __future__ import annotations

from datetime import datetime

from bot.checklists import ids, words
from bot.checklists.blocks import tick_button
from bot.checklists.models import Item, Run
from bot.checklists.progress import Summary, count_progress, summarise
from bot.checklists.texts import DOT, due_text, mention, name_of, place_text
from bot.i18n import Lang
from bot.slack.blocks import Reply, actions, button, section
from bot.slack.mrkdwn import literal
from bot.slack.notes import explain_error


def build_summary(run: Run, now: datetime) -> Reply:
    """For the thread of the list: how it ended, who did what, how long it took."""
    lang, summary = run.lang, summarise(run, now)
    name = f"*{literal(name_of(run, lang))}*"
    if run.finished_at is not None:
        head = words.ALL_DONE.get(lang).format(title=name)
    else:
        head = words.ENDED.get(lang).format(title=name, user=mention(run.closed_by))
    progress = summary.progress
    facts = [words.SCORE.get(lang).format(done=progress.done, total=progress.total)]
    if progress.excluded:
        facts.append(words.EXCLUDED.get(lang).format(count=progress.excluded))
    lines = [head, DOT.join((*facts, _days(summary.days, lang))), *_shares(summary, lang)]
    text = "\n".join(lines)
    return Reply(text, (section(text),))


def build_stopped(run: Run, error: str, lang: Lang) -> Reply:
    """To whoever set up a series whose channel went, directly."""
    title = place_text(run, lang)
    text = words.ENDED_SERIES.get(lang).format(title=title, reason=explain_error(error, lang))
    return Reply(text, (section(text),))


def build_assigned(run: Run, item: Item, by: str, lang: Lang, now: datetime) -> Reply:
    """To an owner, directly."""
    return _about(run, item, words.ASSIGNED_TO_YOU.get(lang).format(user=mention(by)), lang, now)


def build_due_today(run: Run, item: Item, lang: Lang, now: datetime) -> Reply:
    """To an owner, directly, on the day."""
    return _about(run, item, words.DUE_TODAY.get(lang), lang, now)


def build_progress_line(run: Run, lang: Lang, now: datetime) -> str:
    """For a weekly tip whose checklist runs in the channel, as mrkdwn."""
    progress = count_progress(run, now)
    return words.HERE.get(lang).format(
        title=literal(name_of(run, lang)), done=progress.done, total=progress.total
    )


def _about(run: Run, item: Item, head: str, lang: Lang, now: datetime) -> Reply:
    where = place_text(run, lang)
    facts = DOT.join(filter(None, (where, due_text(run, item, lang, now))))
    text = literal(f"{item.no}. {item.text.get(lang)}")
    body = f"{head}\n*{text}*\n{facts}"
    mute = button(words.MUTE.get(lang), ids.MUTE, lang)
    return Reply(body, (section(body), actions([tick_button(run, item, lang), mute])))


def _days(count: int, lang: Lang) -> str:
    if count < 1:
        return words.SAME_DAY.get(lang)
    return words.ONE_DAY.get(lang) if count == 1 else words.DAYS.get(lang).format(count=count)


def _shares(summary: Summary, lang: Lang) -> list[str]:
    comma = "、" if lang == "zh" else ", "
    lines = [
        f"{mention(user)}: {comma.join(map(str, numbers))}"
        for user, numbers in summary.done_by.items()
    ]
    if summary.left:
        lines.append(words.LEFT.get(lang).format(items=comma.join(map(str, summary.left))))
    return lines

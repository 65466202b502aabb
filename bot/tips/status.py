"""A channel's weekly tips in words: what is set, what comes next, what came, who changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.handbook.models import Handbook, Tip
from bot.i18n import Lang
from bot.slack.action_ids import TIP_SETTINGS
from bot.slack.blocks import Block, Reply, actions, button, clip, section
from bot.slack.dates import day_text
from bot.slack.entries import action_on
from bot.slack.mrkdwn import escape, literal
from bot.slack.words import COMMAND, WEEKDAYS
from bot.tips import words
from bot.tips.blocks import build_weekly_tip

TIP_CHARS = 200  # of the next tip, as previewed in a line


@dataclass(frozen=True, slots=True)
class PastTip:
    """One delivery. `state` and `error` are a delivery's; `link` is its message, or ""."""

    day: date
    state: str
    error: str = ""
    link: str = ""
    tip: Tip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTips:
    """What the replies about a channel's tips show. `next_day` is None while off or paused."""

    channel_id: str
    on: bool = False
    paused: bool = False
    paused_until: date | None = None
    weekday: int = 0
    at: time = time(9, 30)
    zone: str = "UTC"
    lang: Lang = "en"
    sections: tuple[str, ...] = ()
    created_by: str = ""
    next_day: date | None = None
    next_tip: Tip | None = None
    number: int = 0
    total: int = 0
    progress: str = ""  # of a checklist that the next tip links and the channel runs, as mrkdwn
    past: tuple[PastTip, ...] = ()
    restricted: bool = False
    stopped: str = ""  # why nothing is sent in the workspace: Slack's error


def build_status(tips: ChannelTips, lang: Lang) -> Reply:
    """All there is to know in a message, where no modal can be opened."""
    lines = [*state_lines(tips, lang), *past_lines(tips, lang)]
    blocks: list[Block] = [section("\n".join(lines))]
    label = words.SETTINGS.get(lang)
    blocks.append(actions([button(label, TIP_SETTINGS, tips.channel_id)]))
    return Reply("\n".join(lines), tuple(blocks), private=True)


def build_preview(handbook: Handbook, tips: ChannelTips, lang: Lang) -> Reply:
    """Exactly what will come next, and when."""
    lines = state_lines(tips, lang, tip=False)
    head = section("\n".join(lines))
    if tips.next_tip is None or tips.next_day is None:
        return Reply("\n".join(lines), (head,), private=True)
    message = build_weekly_tip(
        handbook,
        tips.next_tip,
        tips.lang,
        day=tips.next_day,
        number=tips.number,
        total=tips.total,
        progress=tips.progress,
    )
    shown = message.blocks[1:-1]  # without the header and the channel's own buttons
    return Reply("\n".join((*lines, message.text)), (head, *shown), private=True)


def build_changed(tips: ChannelTips, what: str, user_id: str, lang: Lang) -> Reply:
    """What the channel is told, in one line: who did what (a key of words.CHANGED), and when the
    next tip comes."""
    user = f"<@{user_id}>"
    change = words.CHANGED[what].get(lang).format(user=user, every=every(tips, lang))
    sentences = (change, *(next_lines(tips, lang, tip=False) if tips.on else ()))
    line = (" " if lang == "en" else "").join(sentences)
    return Reply(line, (section(line),))


def build_mistake(problem: str, word: str, example: str, lang: Lang) -> Reply:
    """What was not understood, and the form as it would be right."""
    said = words.MISTAKES[problem].get(lang).format(word=literal(clip(word, 60)))
    better = words.TRY.get(lang).format(command=COMMAND, example=escape(example))
    return Reply(f"{said} {better}", (section(f"{said}\n{better}"),), private=True)


def state_lines(tips: ChannelTips, lang: Lang, *, tip: bool = True) -> list[str]:
    """What is set and what comes next, as mrkdwn."""
    if not tips.on:
        return [words.OFF.get(lang)]
    lines = [*stopped_lines(tips, lang), every(tips, lang), *next_lines(tips, lang, tip=tip)]
    if tips.created_by:
        lines.append(words.SUBSCRIBER.get(lang).format(user=f"<@{tips.created_by}>"))
    return lines


def stopped_lines(tips: ChannelTips, lang: Lang) -> list[str]:
    """A line that says that nothing is sent in the workspace at all, and why; none if it is."""
    return [words.STOPPED.get(lang).format(error=escape(tips.stopped))] if tips.stopped else []


def next_lines(tips: ChannelTips, lang: Lang, *, tip: bool = True) -> list[str]:
    """Until when they pause, when the next one comes and, with `tip`, which it is."""
    lines = []
    if tips.paused:
        until = tips.paused_until
        lines.append(
            words.PAUSED_UNTIL.get(lang).format(date=day_text(until, lang))
            if until
            else words.PAUSED.get(lang)
        )
    if tips.next_day:
        date_text, clock = day_text(tips.next_day, lang), f"{tips.at:%H:%M}"
        lines.append(words.NEXT.get(lang).format(date=date_text, time=clock, zone=tips.zone))
        if tips.next_tip is None:
            lines.append(words.NONE_LEFT.get(lang))
        elif tip:
            heart = clip(action_on(tips.next_tip, tips.next_day).get(lang), TIP_CHARS)
            lines.append(words.NEXT_TIP.get(lang).format(tip=literal(heart)))
    return lines


def past_lines(tips: ChannelTips, lang: Lang) -> list[str]:
    """The last deliveries, each with a link to its message where there is one."""
    if not tips.past:
        return []
    return [f"*{words.LAST.get(lang)}*", *(_past_line(past, lang) for past in tips.past)]


def _past_line(past: PastTip, lang: Lang) -> str:
    state = words.STATES[past.state].get(lang).format(error=escape(past.error))
    title = literal(clip(past.tip.title.get(lang), 40)) if past.tip else ""
    linked = f"<{past.link}|{state}>" if past.link else state
    return " · ".join(filter(None, (f"• {day_text(past.day, lang)}", linked, title)))


def every(tips: ChannelTips, lang: Lang) -> str:
    """The schedule in words."""
    weekday = WEEKDAYS[tips.weekday].get(lang)
    return words.EVERY.get(lang).format(weekday=weekday, time=f"{tips.at:%H:%M}", zone=tips.zone)

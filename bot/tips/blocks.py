"""Weekly tips: the message of a channel, and what a subscriber is told when tips end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.handbook.models import Checklist, Handbook, Section, Tip
from bot.i18n import Lang, other_lang
from bot.slack.action_ids import OPEN, START_CHECKLIST, TIP_SETTINGS, Target, with_day
from bot.slack.blocks import Block, Element, Reply, actions, button, context, header, rich, section
from bot.slack.entries import action_on, build_tip, entry_menu, notes_of, short_title
from bot.slack.mrkdwn import escape
from bot.slack.notes import explain_error
from bot.slack.words import COMMAND
from bot.tips import words


def build_weekly_tip(
    handbook: Handbook,
    tip: Tip,
    lang: Lang,
    *,
    day: date,
    number: int,
    total: int,
    progress: str = "",
) -> Reply:
    """The message for a channel; `day` chooses between a dated tip's texts. `progress`, as mrkdwn,
    is of a linked checklist that runs there."""
    blocks: list[Block] = [
        header(words.WEEKLY_TIP.get(lang)),
        rich(*build_tip(tip, lang, day)),
    ]
    if progress:
        blocks.append(context(f"📋 {progress}"))
    place = words.TIP_NUMBER.get(lang).format(number=number, total=total)
    grey = " · ".join(filter(None, (place, section_title(handbook, tip, lang))))
    blocks.append(context(grey, *notes_of(tip, lang)))
    blocks.append(actions(_own_controls(handbook, tip, lang, day, runs=bool(progress))))
    heart = "\n".join((action_on(tip, day).get(lang), tip.why.get(lang)))
    return Reply(escape(f"{words.WEEKLY_TIP.get(lang)}\n{heart}"), tuple(blocks))


def build_end_text(ended: Sequence[tuple[str, str]], lang: Lang) -> Reply:
    """`ended`: (channel_id, error) of each subscription that ended by itself."""
    channels = "、" if lang == "zh" else ", "
    text = words.END_NOTICE.get(lang).format(
        channels=channels.join(f"<#{channel_id}>" for channel_id, _ in ended),
        reasons=channels.join(dict.fromkeys(explain_error(error, lang) for _, error in ended)),
        command=COMMAND,
    )
    return Reply(text, (section(text),))


def section_title(handbook: Handbook, tip: Tip, lang: Lang) -> str:
    """The title of the section that a tip belongs to, or "" if the handbook has no page for it."""
    pages = handbook.by_section.get(tip.sections[0], ())
    return next((page.title.get(lang) for page in pages if isinstance(page, Section)), "")


def _own_controls(
    handbook: Handbook, tip: Tip, lang: Lang, day: date, *, runs: bool
) -> list[Element]:
    """Its checklist to start, unless that runs here already (`runs`); the rest is seldom needed."""
    value = str(Target(tip.id, lang))
    other = str(Target(tip.id, other_lang(lang)))
    start = [] if runs else _start(handbook, tip, lang, day)
    # The other language opens privately: the channel keeps the message it has.
    return [
        *start,
        button(words.SHOW_IN.get(lang), OPEN, other),
        button(words.SETTINGS.get(lang), TIP_SETTINGS, value),
        entry_menu(tip, lang),
    ]


def _last_day(tip: Tip, day: date) -> date | None:
    """The last day on which a dated tip's action holds, if that is still to come."""
    last = tip.fallback.date - timedelta(days=1) if tip.fallback else None
    return last if last and last > day else None


def _start(handbook: Handbook, tip: Tip, lang: Lang, day: date) -> list[Element]:
    """A button for the first checklist that the tip points to."""
    for entry in handbook.related_to(tip):
        if isinstance(entry, Checklist):
            label = words.START.get(lang).format(title=short_title(entry, lang))
            value = with_day(Target(entry.id, lang), _last_day(tip, day))
            return [button(label, START_CHECKLIST, value, style="primary")]
    return []

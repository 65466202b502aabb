"""Weekly tips: the message of a channel, and what a subscriber is told when tips end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.handbook.models import Handbook, Section, Tip
from bot.i18n import Lang, other_lang
from bot.slack.action_ids import OPEN, TIP_SETTINGS, Target
from bot.slack.blocks import Block, Element, Reply, actions, button, context, header, rich, section
from bot.slack.entries import (
    MAX_RELATED,
    action_on,
    build_tip,
    notes_of,
    open_buttons,
    rating_buttons,
)
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
    place = words.TIP_NUMBER.get(lang).format(number=number, total=total)
    title = section_title(handbook, tip, lang)
    blocks: list[Block] = [
        header(words.WEEKLY_TIP.get(lang)),
        context(" · ".join(filter(None, (place, tip.sections[0], title)))),
        rich(*build_tip(tip, lang, day)),
    ]
    notes = notes_of(tip, lang)
    if notes:
        blocks.append(context(*notes))
    related = handbook.related_to(tip)[:MAX_RELATED]
    if related:
        blocks.append(context(words.TIP_LINKS.get(lang)))
        blocks.append(actions(open_buttons(related, lang)))
    if progress:
        blocks.append(context(f"📋 {progress}"))
    blocks.append(actions(_own_buttons(tip, lang)))
    heart = action_on(tip, day).get(lang)
    return Reply(escape(f"{words.WEEKLY_TIP.get(lang)}\n{heart}"), tuple(blocks))


def build_farewell(ended: Sequence[tuple[str, str]], lang: Lang) -> Reply:
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


def _own_buttons(tip: Tip, lang: Lang) -> list[Element]:
    value = str(Target(tip.id, lang))
    other = str(Target(tip.id, other_lang(lang)))
    # The other language opens privately: the channel keeps the message it has.
    return [
        button(words.SHOW_IN.get(lang), OPEN, other),
        *rating_buttons(value, lang),
        button(words.SETTINGS.get(lang), TIP_SETTINGS, value),
    ]

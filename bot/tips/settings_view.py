"""The modal with a channel's settings of weekly tips, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial

from bot.handbook.models import Handbook, Section
from bot.i18n import LANGS, Lang
from bot.slack.blocks import Element, option, section
from bot.slack.fields import (
    View,
    entered,
    entered_text,
    field,
    line_input,
    modal,
    picked,
    ticked,
)
from bot.slack.words import LANG_NAMES, LANGUAGE_FIELD, SAVE, WEEKDAYS
from bot.tips import words
from bot.tips.status import ChannelTips, past_lines, state_lines

CALLBACK = "tips_settings"
ON, WEEKDAY, TIME, ZONE, LANG, SECTIONS, RESTRICTED = (
    "tips_on", "tips_weekday", "tips_time", "tips_zone", "tips_lang", "tips_sections",
    "tips_restricted",
)  # fmt: skip
ZONE_CHARS = 60
MAX_SECTIONS = 10  # options of one checkboxes element

needed = partial(field, optional=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was submitted; `zone` as it was typed. `restricted` is None where it was not asked."""

    channel_id: str
    on: bool
    weekday: int
    at: time
    zone: str
    lang: Lang
    sections: tuple[str, ...]
    restricted: bool | None


def build_tips_modal(
    handbook: Handbook, tips: ChannelTips, tip_sections: tuple[str, ...], lang: Lang, *, admin: bool
) -> Element:
    """`tip_sections` are those that have tips; an `admin` may also restrict who changes them."""
    lines = [*state_lines(tips, lang), *past_lines(tips, lang)]
    switch = {"on": words.IS_ON.get(lang), "off": words.IS_OFF.get(lang)}
    days = {str(number): word.get(lang) for number, word in enumerate(WEEKDAYS)}
    langs: dict[str, str] = {code: LANG_NAMES[code].get(lang) for code in LANGS}
    days_field = _choice("static_select", days, str(tips.weekday))
    time_field = {"type": "timepicker", "initial_time": f"{tips.at:%H:%M}"}
    zone_field = line_input(tips.zone, ZONE_CHARS)
    lang_field = _choice("radio_buttons", langs, tips.lang)
    blocks = [
        section("\n".join(lines)),
        needed(ON, words.FIELD_ON, _choice("radio_buttons", switch, _on(tips)), lang),
        needed(WEEKDAY, words.FIELD_WEEKDAY, days_field, lang),
        needed(TIME, words.FIELD_TIME, time_field, lang),
        needed(ZONE, words.FIELD_ZONE, zone_field, lang, hint=words.ZONE_HINT),
        needed(LANG, LANGUAGE_FIELD, lang_field, lang),
    ]
    names = {no: _section_name(handbook, no, lang) for no in tip_sections[:MAX_SECTIONS]}
    if names:
        blocks.append(field(SECTIONS, words.FIELD_SECTIONS, _boxes(names, tips.sections), lang))
    if admin:
        box = _boxes({"yes": words.RESTRICTED.get(lang)}, ("yes",) if tips.restricted else ())
        blocks.append(field(RESTRICTED, words.FIELD_RESTRICTED, box, lang))
    return modal(CALLBACK, words.TITLE, SAVE, blocks, lang, tips.channel_id)


def read_tips_modal(view: View) -> Chosen:
    """The values of a submitted view that `build_tips_modal` made. Raises KeyError or ValueError
    for another."""
    asked = bool(entered(view, RESTRICTED))
    return Chosen(
        channel_id=str(view["private_metadata"]),
        on=picked(view, ON) == "on",
        weekday=int(picked(view, WEEKDAY)),
        at=time.fromisoformat(entered(view, TIME)["selected_time"]),
        zone=entered_text(view, ZONE),
        lang="zh" if picked(view, LANG) == "zh" else "en",
        sections=tuple(ticked(view, SECTIONS)),
        restricted=bool(ticked(view, RESTRICTED)) if asked else None,
    )


def _on(tips: ChannelTips) -> str:
    """A channel without tips is shown as on: whoever opens this wants them, and Save is the yes."""
    return "off" if tips.created_by and not tips.on else "on"


def _choice(kind: str, names: Mapping[str, str], chosen: str) -> Element:
    options = [option(name, value) for value, name in names.items()]
    initial = next(o for o in options if o["value"] == chosen)
    return {"type": kind, "options": options, "initial_option": initial}


def _boxes(names: Mapping[str, str], chosen: tuple[str, ...]) -> Element:
    options = [option(name, value) for value, name in names.items()]
    initial = [o for o in options if o["value"] in chosen]
    element: Element = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": initial} if initial else {})


def _section_name(handbook: Handbook, no: str, lang: Lang) -> str:
    pages = handbook.by_section.get(no, ())
    title = next((page.title.get(lang) for page in pages if isinstance(page, Section)), "")
    return title or no

"""The modal with a channel's settings of weekly tips, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.handbook.models import Handbook, Section
from bot.i18n import LANGS, Lang, Text
from bot.slack.blocks import TITLE_CHARS, Block, Element, option, plain, section
from bot.slack.words import CANCEL, LANG_NAMES, LANGUAGE_FIELD, SAVE, WEEKDAYS
from bot.tips import words
from bot.tips.status import ChannelTips, past_lines, state_lines

CALLBACK = "tips_settings"
ON, WEEKDAY, TIME, ZONE, LANG, SECTIONS, RESTRICTED = (
    "tips_on", "tips_weekday", "tips_time", "tips_zone", "tips_lang", "tips_sections",
    "tips_restricted",
)  # fmt: skip
ZONE_CHARS = 60
MAX_SECTIONS = 10  # options of one checkboxes element


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
    blocks = [
        section("\n".join(lines)),
        _input(ON, words.FIELD_ON, _choice("radio_buttons", switch, _on(tips)), lang),
        _input(
            WEEKDAY, words.FIELD_WEEKDAY,
            _choice("static_select", days, str(tips.weekday)), lang,
        ),
        _input(
            TIME, words.FIELD_TIME,
            {"type": "timepicker", "initial_time": f"{tips.at:%H:%M}"}, lang,
        ),
        _input(ZONE, words.FIELD_ZONE, _zone(tips), lang, hint=words.ZONE_HINT),
        _input(LANG, LANGUAGE_FIELD, _choice("radio_buttons", langs, tips.lang), lang),
    ]  # fmt: skip
    names = {no: _section_name(handbook, no, lang) for no in tip_sections[:MAX_SECTIONS]}
    if names:
        field = words.FIELD_SECTIONS
        blocks.append(_input(SECTIONS, field, _boxes(names, tips.sections), lang, optional=True))
    if admin:
        box = {"yes": words.RESTRICTED.get(lang)}
        element = _boxes(box, ("yes",) if tips.restricted else ())
        field = words.FIELD_RESTRICTED
        blocks.append(_input(RESTRICTED, field, element, lang, optional=True))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": tips.channel_id,
        "title": plain(words.TITLE.get(lang), TITLE_CHARS),
        "submit": plain(SAVE.get(lang), TITLE_CHARS),
        "close": plain(CANCEL.get(lang), TITLE_CHARS),
        "blocks": blocks,
    }


def read_tips_modal(view: Mapping[str, Any]) -> Chosen:
    """The values of a submitted view that `build_tips_modal` made. Raises KeyError for another."""
    state = {
        block_id: next(iter(actions.values()))
        for block_id, actions in view["state"]["values"].items()
    }
    restricted = state.get(RESTRICTED)
    return Chosen(
        channel_id=str(view["private_metadata"]),
        on=_picked(state[ON]) == "on",
        weekday=int(_picked(state[WEEKDAY])),
        at=time.fromisoformat(state[TIME]["selected_time"]),
        zone=str(state[ZONE].get("value") or ""),
        lang="zh" if _picked(state[LANG]) == "zh" else "en",
        sections=_ticked(state.get(SECTIONS) or {}),
        restricted=None if restricted is None else bool(_ticked(restricted)),
    )


def _on(tips: ChannelTips) -> str:
    """A channel without tips is shown as on: whoever opens this wants them, and Save is the yes."""
    return "off" if tips.created_by and not tips.on else "on"


def _picked(field: Mapping[str, Any]) -> str:
    return str(field["selected_option"]["value"])


def _ticked(field: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(chosen["value"]) for chosen in field.get("selected_options") or ())


def _input(
    name: str,
    label: Text,
    element: Element,
    lang: Lang,
    *,
    hint: Text | None = None,
    optional: bool = False,
) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label.get(lang)),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    return block | ({"hint": plain(hint.get(lang))} if hint else {})


def _choice(kind: str, names: Mapping[str, str], chosen: str) -> Element:
    options = [option(name, value) for value, name in names.items()]
    initial = next(o for o in options if o["value"] == chosen)
    return {"type": kind, "options": options, "initial_option": initial}


def _boxes(names: Mapping[str, str], ticked: tuple[str, ...]) -> Element:
    options = [option(name, value) for value, name in names.items()]
    initial = [o for o in options if o["value"] in ticked]
    element: Element = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": initial} if initial else {})


def _zone(tips: ChannelTips) -> Element:
    return {"type": "plain_text_input", "initial_value": tips.zone, "max_length": ZONE_CHARS}


def _section_name(handbook: Handbook, no: str, lang: Lang) -> str:
    pages = handbook.by_section.get(no, ())
    title = next((page.title.get(lang) for page in pages if isinstance(page, Section)), "")
    return f"{no} {title}".strip()

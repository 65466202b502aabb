"""The modal that starts a run: for what, which items, which language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.checklists import ids, words
from bot.checklists.models import ITEM_CHARS, LABEL_CHARS, MAX_ITEMS, Run
from bot.checklists.rhythm import Rhythm
from bot.handbook.models import Checklist, Entry
from bot.i18n import LANGS, Lang, Text
from bot.slack.action_ids import START_CHECKLIST, Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    clip,
    divider,
    header,
    option,
    plain,
    plain_section,
)
from bot.slack.fields import (
    View,
    channel_select,
    chosen_channel,
    chosen_day,
    entered_text,
    field,
    line_input,
    modal,
    picked,
    ticked,
)
from bot.slack.mrkdwn import literal
from bot.slack.typed import clean_line
from bot.slack.words import LANG_NAMES, LANGUAGE_FIELD

WHERE, FOR, TARGET, REPEATS, ITEMS, ADD, LANG = (
    "run_where", "run_for", "run_target", "run_repeats", "run_items", "run_add", "run_lang",
)  # fmt: skip
BOXES = 10  # options of one checkboxes element
ADDED_CHARS = 3_000
OPTIONS = 100
ONCE = "once"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the modal was opened ("" on the Home tab), and by whose clock; travels in its
    metadata."""

    checklist_id: str
    channel_id: str
    zone: str

    def __str__(self) -> str:
        return json.dumps([self.checklist_id, self.channel_id, self.zone])

    @classmethod
    def parse(cls, metadata: str) -> Origin:
        """Raises ValueError for metadata of another modal."""
        checklist_id, channel_id, zone = json.loads(metadata)
        return cls(str(checklist_id), str(channel_id), str(zone))


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the form holds at first: of a run that is done again, of a tip with a date, or as it
    was typed."""

    label: str = ""
    target: date | None = None
    kept: frozenset[int] | None = None  # places of the handbook's items; None is all
    added: tuple[str, ...] = ()
    lang: Lang | None = None
    rhythm: Rhythm = Rhythm.ONCE

    @classmethod
    def of(cls, run: Run, checklist: Checklist) -> Prefill:
        """The same items once more, as far as the handbook still has them; the day is new."""
        texts = {item.text for item in run.items}
        kept = frozenset(n for n, item in enumerate(checklist.items) if item.text in texts)
        own = {item.text for item in checklist.items}
        added = tuple(item.text.get(run.lang) for item in run.items if item.text not in own)
        return cls(label=run.label, kept=kept, added=added, lang=run.lang)


NO_PREFILL = Prefill()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was submitted: `kept` are places of the handbook's items."""

    origin: Origin
    label: str
    kept: frozenset[int]
    added: tuple[str, ...]
    lang: Lang
    target: date | None = None
    rhythm: Rhythm = Rhythm.ONCE

    @property
    def count(self) -> int:
        return len(self.kept) + len(self.added)


def build_start(
    checklist: Checklist,
    origin: Origin,
    lang: Lang,
    *,
    zone_known: bool = True,
    prefill: Prefill = NO_PREFILL,
) -> Element:
    """With a line about the time zone where Slack did not tell that of the person. Opened in no
    channel, it asks for one."""
    said = words.ZONE_ASSUMED.get(lang).format(zone=origin.zone)
    blocks: list[Block] = [
        plain_section(checklist.title.get(lang)),
        *([] if zone_known else [plain_section(said)]),
        *([] if origin.channel_id else [_where(lang)]),
        field(FOR, words.FOR, line_input(prefill.label, LABEL_CHARS), lang, hint=words.FOR_HINT),
        *_target(checklist, prefill.target, lang),
        _repeats(prefill.rhythm, lang),
    ]
    options = [
        option(f"{number}. {item.text.get(lang)}", str(number - 1))
        for number, item in enumerate(checklist.items[:MAX_ITEMS], 1)
    ]
    for start in range(0, len(options), BOXES):
        part = options[start : start + BOXES]
        kept = [o for o in part if prefill.kept is None or int(o["value"]) in prefill.kept]
        boxes: Element = {"type": "checkboxes", "options": part}
        boxes |= {"initial_options": kept} if kept else {}
        blocks.append(field(numbered(ITEMS, start), words.ITEMS, boxes, lang))
    own = clip("\n".join(prefill.added), ADDED_CHARS)
    added = line_input(own, ADDED_CHARS, multiline=True)
    hint = Text(*(words.ADD_HINT.get(code).format(chars=ITEM_CHARS) for code in LANGS))
    blocks.append(field(ADD, words.ADD, added, lang, hint=hint))
    langs = [option(LANG_NAMES[code].get(lang), code) for code in LANGS]
    choice = {
        "type": "radio_buttons",
        "options": langs,
        "initial_option": langs[LANGS.index(prefill.lang or lang)],
    }
    blocks.append(field(LANG, LANGUAGE_FIELD, choice, lang, optional=False))
    return modal(ids.START_VIEW, words.START_TITLE, words.BEGIN, blocks, lang, str(origin))


def read_start(view: View) -> Wanted:
    """Raises ValueError for a view that `build_start` did not make."""
    places = [
        int(value) for start in range(0, MAX_ITEMS, BOXES)
        for value in ticked(view, numbered(ITEMS, start))
    ]  # fmt: skip
    origin = Origin.parse(str(view.get("private_metadata")))
    channel_id = origin.channel_id or chosen_channel(view, WHERE)
    return Wanted(
        origin=replace(origin, channel_id=channel_id),
        label=entered_text(view, FOR),
        kept=frozenset(places),
        added=tuple(filter(None, map(clean_line, entered_text(view, ADD).splitlines()))),
        lang="zh" if picked(view, LANG) == "zh" else "en",
        target=date.fromisoformat(day) if (day := chosen_day(view, TARGET)) else None,
        rhythm=_rhythm_of(picked(view, REPEATS)),
    )


def find_errors(wanted: Wanted, lang: Lang) -> dict[str, str]:
    """The modal's errors: no items, too many, or one that is too long; {} if all is well."""
    if not wanted.origin.channel_id:
        return {WHERE: words.WHERE_FIELD.get(lang)}
    if not 1 <= wanted.count <= MAX_ITEMS:
        return {ADD: words.ITEM_COUNT.get(lang).format(count=wanted.count, most=MAX_ITEMS)}
    for line in wanted.added:
        if len(line) > ITEM_CHARS:
            said = words.LONG_LINE.get(lang)
            return {ADD: said.format(count=len(line), most=ITEM_CHARS, line=clip(line, 40))}
    return {}


def build_which(entries: Sequence[Entry], lang: Lang, rhythm: Rhythm = Rhythm.ONCE) -> Reply:
    """A choice of checklists: a few as buttons, all of them in a select."""
    title = words.WHICH.get(lang)
    blocks: list[Block] = [header(title)]
    if len(entries) <= 5:
        blocks.append(actions(start_button(e, lang, n, rhythm) for n, e in enumerate(entries)))
    else:
        blocks.append(actions([_select(entries, lang, rhythm)]))
    return Reply(literal(title), tuple(blocks), private=True)


def build_offer(entries: Sequence[Entry], lang: Lang) -> list[Block]:
    """For the Home tab: any checklist that the person may see, to start it in a channel."""
    if not entries:
        return []
    return [divider(), plain_section(words.OFFER.get(lang), _select(entries, lang))]


def _select(entries: Sequence[Entry], lang: Lang, rhythm: Rhythm = Rhythm.ONCE) -> Element:
    """The team's own stand in a group above the handbook's."""

    def build_options(shown: Sequence[Entry]) -> list[Element]:
        return [
            option(e.title.get(lang), ids.with_rhythm(Target(e.id, lang), rhythm))
            for e in shown[:OPTIONS]
        ]

    own = [e for e in entries if e.team]
    groups = (words.OWN, own), (words.OF_HANDBOOK, [e for e in entries if not e.team])
    select: Element = {
        "type": "static_select",
        "action_id": ids.PICK_START,
        "placeholder": plain(words.PICK.get(lang), 150),
    }
    if not own:
        return select | {"options": build_options(entries)}
    return select | {
        "option_groups": [
            {"label": plain(label.get(lang)), "options": build_options(shown)}
            for label, shown in groups
            if shown
        ]
    }


def _target(checklist: Checklist, day: date | None, lang: Lang) -> list[Block]:
    """The day that it is for, where the checklist says how long before it items should be done."""
    if all(item.lead_days is None for item in checklist.items):
        return []
    picker: Element = {"type": "datepicker"}
    picker |= {"initial_date": day.isoformat()} if day else {}
    return [field(TARGET, words.TARGET, picker, lang, hint=words.TARGET_HINT)]


def _repeats(rhythm: Rhythm, lang: Lang) -> Block:
    options = [option(name.get(lang), one or ONCE) for one, name in words.RHYTHMS.items()]
    element = {
        "type": "static_select",
        "options": options,
        "initial_option": options[list(words.RHYTHMS).index(rhythm)],
    }
    hint = words.REPEATS_HINT
    return field(REPEATS, words.REPEATS, element, lang, hint=hint, optional=False)


def _rhythm_of(value: str) -> Rhythm:
    """A form that was opened before there were rhythms has none."""
    return Rhythm(value) if value in frozenset(Rhythm) else Rhythm.ONCE


def _where(lang: Lang) -> Block:
    return field(WHERE, words.WHERE_FIELD, channel_select(), lang, optional=False)


def start_button(entry: Entry, lang: Lang, number: int, rhythm: Rhythm = Rhythm.ONCE) -> Element:
    """For a choice: named by the checklist."""
    value = ids.with_rhythm(Target(entry.id, lang), rhythm)
    return button(entry.title.get(lang), numbered(START_CHECKLIST, number), value)

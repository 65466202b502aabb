"""The form of an entry: in the reader's language first, one language is enough."""

from __future__ import annotations

from collections.abc import Sequence

from bot.entries import ids, words
from bot.entries.form import (
    ALIAS_CHARS,
    BODY_CHARS,
    FIELD_CHARS,
    ITEM_CHARS,
    JOINT,
    MOST_ALIASES,
    MOST_ITEMS,
    MOST_LINKS,
    SHORT_CHARS,
    TITLE_CHARS,
    Filled,
    Origin,
)
from bot.handbook.models import Kind
from bot.i18n import LANGS, Lang, Text, other_lang
from bot.slack.blocks import (
    Block,
    Element,
    actions,
    button,
    clip,
    option,
    plain,
    plain_section,
)
from bot.slack.fields import field, line_input, modal
from bot.slack.words import CANCEL


def build_form(
    origin: Origin,
    filled: Filled,
    lang: Lang,
    *,
    is_curator: bool,
    notes: Sequence[Block] = (),
    replaced: Text | None = None,
) -> Element:
    """`notes` stand above the fields. `replaced`: the title of the handbook's entry that may be
    replaced."""
    draft, other = filled.draft, other_lang(lang)
    intro = words.INTRO_CURATOR if is_curator else words.INTRO_MEMBER
    blocks: list[Block] = [plain_section(intro.get(lang)), *notes]
    if not origin.entry_id and not origin.proposal_id:
        blocks.append(_switch(draft.kind, lang))
    is_list = draft.kind is Kind.CHECKLIST
    for one in (lang, other):
        blocks.append(_title(draft.title, one, lang))
        if is_list:
            blocks.append(_items(draft.items, one, lang))
        blocks.append(_short(draft.short, one, lang))
    blocks.append(_aliases(draft.aliases, lang))
    if replaced:
        blocks.append(_replaces(replaced, bool(draft.replaces), lang))
    blocks += [_body(draft.body, one, lang) for one in (lang, other)]
    links = line_input("\n".join(draft.links), FIELD_CHARS, multiline=True)
    blocks.append(_field(ids.LINKS, words.LINKS, links, lang, words.LINKS_HINT, count=MOST_LINKS))
    if is_curator:
        blocks += _upkeep(filled, lang)
    if origin.entry_id:
        blocks.append(_controls(origin, lang, is_curator=is_curator))
    title = words.ADD_TITLE if not origin.entry_id else words.CHANGE_TITLE
    if origin.proposal_id:
        title = words.REVIEW_TITLE
    submit = words.PUBLISH if is_curator else words.PROPOSE
    return modal(ids.FORM_VIEW, title, submit, blocks, lang, str(origin))


def confirm(question: Text, yes: Text, lang: Lang) -> Element:
    return {
        "title": plain(yes.get(lang), 100),
        "text": plain(question.get(lang), 300),
        "confirm": plain(yes.get(lang), 30),
        "deny": plain(CANCEL.get(lang), 30),
        "style": "danger",
    }


def build_there(title: str, value: str, lang: Lang) -> Block:
    """A note that an entry of this name exists, with a button that opens it for a change."""
    said = words.IS_THERE.get(lang).format(title=clip(title, 100))
    return plain_section(said, button(words.CHANGE_IT.get(lang), ids.CHANGE, value))


def _switch(kind: Kind, lang: Lang) -> Block:
    is_list = kind is Kind.CHECKLIST
    said = words.IS_CHECKLIST if is_list else words.IS_TERM
    other = words.MAKE_TERM if is_list else words.MAKE_CHECKLIST
    value = Kind.TERM if is_list else Kind.CHECKLIST
    return plain_section(said.get(lang), button(other.get(lang), ids.SWITCH, value))


def _title(title: Text, one: Lang, lang: Lang) -> Block:
    element = line_input(_half(title, one), TITLE_CHARS)
    return _field(ids.TITLES[one], words.TITLE_FIELDS[one], element, lang, words.TITLE_HINT,
                  limit=TITLE_CHARS)  # fmt: skip


def _short(short: Text, one: Lang, lang: Lang) -> Block:
    element = line_input(clip(_half(short, one), SHORT_CHARS), SHORT_CHARS, multiline=True)
    return _field(ids.SHORTS[one], words.SHORT_FIELDS[one], element, lang, words.SHORT_HINT,
                  limit=SHORT_CHARS)  # fmt: skip


def _body(body: Text, one: Lang, lang: Lang) -> Block:
    element = line_input(clip(_half(body, one), BODY_CHARS), BODY_CHARS, multiline=True)
    return _field(ids.BODIES[one], words.BODY_FIELDS[one], element, lang, words.BODY_HINT,
                  limit=BODY_CHARS)  # fmt: skip


def _items(items: Sequence[Text], one: Lang, lang: Lang) -> Block:
    lines = "\n".join(_half(item, one) for item in items).strip("\n")
    element = line_input(clip(lines, FIELD_CHARS), FIELD_CHARS, multiline=True)
    return _field(ids.ITEMS[one], words.ITEM_FIELDS[one], element, lang, words.ITEM_HINT,
                  count=MOST_ITEMS, limit=ITEM_CHARS)  # fmt: skip


def _aliases(aliases: Sequence[str], lang: Lang) -> Block:
    joined = JOINT.join(aliases)
    element = line_input(clip(joined, FIELD_CHARS), FIELD_CHARS)
    return _field(ids.ALIASES, words.ALIASES, element, lang, words.ALIASES_HINT,
                  count=MOST_ALIASES, limit=ALIAS_CHARS)  # fmt: skip


def _replaces(replaced: Text, is_ticked: bool, lang: Lang) -> Block:
    box = option(words.REPLACES_BOX.get(lang).format(title=replaced.get(lang)), ids.REPLACES)
    element: Element = {"type": "checkboxes", "options": [box]}
    if is_ticked:
        element["initial_options"] = [box]
    return _field(ids.REPLACES, words.REPLACES, element, lang, words.REPLACES_HINT)


def _upkeep(filled: Filled, lang: Lang) -> list[Block]:
    owner: Element = {"type": "users_select"}
    if filled.owner:
        owner["initial_user"] = filled.owner
    day: Element = {"type": "datepicker"}
    if filled.review_by:
        day["initial_date"] = filled.review_by.isoformat()
    return [
        _field(ids.OWNER, words.OWNER, owner, lang, words.OWNER_HINT),
        _field(ids.REVIEW, words.REVIEW, day, lang, words.REVIEW_HINT),
    ]


def _controls(origin: Origin, lang: Lang, *, is_curator: bool) -> Block:
    value = str(ids.EntryTarget(origin.entry_id, origin.based_on))
    buttons = [button(words.HISTORY.get(lang), ids.HISTORY, value)]
    if is_curator:
        ask = confirm(words.RETIRE_ASK, words.RETIRE, lang)
        retire = button(words.RETIRE.get(lang), ids.RETIRE, value, style="danger")
        buttons.append(retire | {"confirm": ask})
    return actions(buttons)


def _field(
    name: str, label: Text, element: Element, lang: Lang, hint: Text, **values: int
) -> Block:
    said = Text(*(hint.get(one).format(**values) for one in LANGS))
    return field(name, label, element, lang, hint=said)


def _half(text: Text, lang: Lang) -> str:
    return text.zh if lang == "zh" else text.en

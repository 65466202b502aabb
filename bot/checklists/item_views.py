"""The modals of an item's menu, and the change that each one's submission is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from bot.checklists import ids, words
from bot.checklists.models import NOTE_CHARS, REASON_CHARS, Change, ChangeKind, Item, Run
from bot.checklists.texts import item_text
from bot.handbook.models import Entry
from bot.i18n import Lang, Text
from bot.slack.blocks import Block, Element, Reply, actions, context, plain_section, section
from bot.slack.entries import open_buttons
from bot.slack.fields import View, entered, entered_text, field, line_input, modal
from bot.slack.mrkdwn import escape
from bot.slack.typed import clean_line, clean_text
from bot.slack.words import RELATED, SAVE, WHY

FIELDS: dict[str, tuple[str, Text]] = {
    ids.ASSIGN: ("run_owner", words.FIELD_OWNER),
    ids.DUE: ("run_due", words.FIELD_DUE),
    ids.NOTE: ("run_note", words.FIELD_NOTE),
    ids.EXCLUDE: ("run_reason", words.FIELD_REASON),
}
MAX_LINKED = 5


def build_item_view(choice: ids.MenuChoice, item: Item, lang: Lang) -> Element:
    """The one field that a menu's choice asks for, with what is set now."""
    name, label = FIELDS[choice.verb]
    needed = choice.verb == ids.EXCLUDE
    blocks = [
        plain_section(f"{item.no}. {item.text.get(lang)}"),
        field(name, label, _element(choice.verb, item), lang, optional=not needed),
    ]
    title = words.MENU[choice.verb]
    metadata = f"{choice}\n{_seen(choice.verb, item)}"
    return modal(ids.ITEM_VIEW, title, SAVE, blocks, lang, metadata)


def build_again(
    run: Run, item: Item, change: Change, choice: ids.MenuChoice, lang: Lang, now: datetime
) -> Element:
    """The modal once more, after somebody else's change: with how the item stands now, and with
    what was entered."""
    typed = replace(
        item, owner=change.user_id, due=change.day, note=change.text, reason=change.text
    )
    view = build_item_view(choice, typed, lang)
    note = plain_section(words.CHANGED_MEANWHILE.get(lang))
    blocks = [section(item_text(run, item, lang, now)), note, *view["blocks"][1:]]
    metadata = f"{choice}\n{_seen(choice.verb, item)}"
    return view | {"blocks": blocks, "private_metadata": metadata}


def is_outdated(view: View, item: Item) -> bool:
    """Whether what the modal is about was changed after it was opened."""
    metadata = str(view.get("private_metadata") or "")
    choice = ids.MenuChoice.parse(metadata.partition("\n")[0])
    return metadata.partition("\n")[2] != _seen(choice.verb, item)


def _seen(verb: str, item: Item) -> str:
    """A mark of what a modal replaces."""
    replaced = {
        ids.ASSIGN: item.owner,
        ids.DUE: str(item.due),
        ids.NOTE: item.note,
        ids.EXCLUDE: f"{item.state} {item.changed_by} {item.reason}",
    }[verb]
    return sha256(replaced.encode()).hexdigest()[:16]


def read_item_view(view: View) -> tuple[ids.MenuChoice, Change]:
    """Whose modal it was and the change it asks for; an owner comes without a zone. Raises KeyError
    or ValueError for a view that `build_item_view` did not make."""
    metadata = str(view.get("private_metadata") or "")
    choice = ids.MenuChoice.parse(metadata.partition("\n")[0])
    name, _ = FIELDS[choice.verb]
    no = choice.target.number
    match choice.verb:
        case ids.ASSIGN:
            owner = str(entered(view, name).get("selected_user") or "")
            return choice, Change(what=ChangeKind.ASSIGNED, item=no, user_id=owner)
        case ids.DUE:
            day = entered(view, name).get("selected_date")
            due = date.fromisoformat(day) if day else None
            return choice, Change(what=ChangeKind.DUE, item=no, day=due)
        case ids.NOTE:
            note = clean_text(entered_text(view, name), NOTE_CHARS)
            return choice, Change(what=ChangeKind.NOTED, item=no, text=note)
        case _:
            reason = clean_line(entered_text(view, name))[:REASON_CHARS]
            return choice, Change(what=ChangeKind.EXCLUDED, item=no, text=reason)


def owner_error(problem: str, lang: Lang) -> dict[str, str]:
    """The modal's errors for an owner who can be none: `problem` is a key of words.BAD_OWNER."""
    return field_error(ids.ASSIGN, words.BAD_OWNER[problem].get(lang))


def field_error(verb: str, said: str) -> dict[str, str]:
    """The modal's errors: one at its field."""
    name, _ = FIELDS[verb]
    return {name: said}


def build_why(item: Item, linked: list[Entry], lang: Lang) -> Reply:
    """An item's reason and the terms in it, for one person."""
    text = f"{item.no}. {item.text.get(lang)}"
    why = item.why.get(lang)
    blocks: list[Block] = [plain_section(text)]
    if why:
        blocks.append(plain_section(f"{WHY.get(lang)}  {why}"))
    if linked:
        blocks.append(context(RELATED.get(lang)))
        blocks.append(actions(open_buttons(linked[:MAX_LINKED], lang)))
    return Reply(escape("\n".join(filter(None, (text, why)))), tuple(blocks), private=True)


def _element(verb: str, item: Item) -> Element:
    match verb:
        case ids.ASSIGN:
            chosen = {"initial_user": item.owner} if item.owner else {}
            return {"type": "users_select", **chosen}
        case ids.DUE:
            day = {"initial_date": item.due.isoformat()} if item.due else {}
            return {"type": "datepicker", **day}
        case ids.NOTE:
            return line_input(item.note, NOTE_CHARS, multiline=True)
        case _:
            return line_input(item.reason, REASON_CHARS)

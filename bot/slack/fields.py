"""Inputs of a modal, and reading back what was entered in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import Lang, Text
from bot.slack.blocks import TITLE_CHARS, Block, Element, plain
from bot.slack.words import CANCEL

View = Mapping[str, Any]


def field(
    name: str, label: Text, element: Element, lang: Lang, *, hint: Text | None = None,
    optional: bool = True,
) -> Block:  # fmt: skip
    """`name` is the id of the block and of its action."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label.get(lang), 2000),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    return block | ({"hint": plain(hint.get(lang), 2000)} if hint else {})


def line_input(value: str, limit: int, *, multiline: bool = False) -> Element:
    element: Element = {"type": "plain_text_input", "max_length": limit, "multiline": multiline}
    return element | ({"initial_value": value} if value else {})


def channel_select(placeholder: str = "", initial: str = "") -> Element:
    """Channels that a person is in; none that other companies share, no direct messages."""
    element: Element = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element | ({"initial_conversation": initial} if initial else {})


def modal(
    callback_id: str, title: Text, submit: Text, blocks: Sequence[Block], lang: Lang, metadata: str
) -> Element:
    """`metadata` comes back with what is submitted."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": plain(title.get(lang), TITLE_CHARS),
        "submit": plain(submit.get(lang), TITLE_CHARS),
        "close": plain(CANCEL.get(lang), TITLE_CHARS),
        "blocks": list(blocks),
    }


def entered(view: View, name: str) -> Mapping[str, Any]:
    """The state of one field; {} where the view has none of that name."""
    values = (view.get("state") or {}).get("values") or {}
    return (values.get(name) or {}).get(name) or {}


def entered_text(view: View, name: str) -> str:
    return str(entered(view, name).get("value") or "")


def chosen_channel(view: View, name: str) -> str:
    return str(entered(view, name).get("selected_conversation") or "")


def chosen_day(view: View, name: str) -> str:
    """The day as YYYY-MM-DD, "" where none was chosen."""
    return str(entered(view, name).get("selected_date") or "")


def ticked(view: View, name: str) -> list[str]:
    return [str(chosen["value"]) for chosen in entered(view, name).get("selected_options") or ()]


def picked(view: View, name: str) -> str:
    return str((entered(view, name).get("selected_option") or {}).get("value") or "")

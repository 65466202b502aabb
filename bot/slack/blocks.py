"""Block Kit in short: plain dicts, cut to Slack's limits (docs.slack.dev/reference/block-kit).

Text is `plain_text` or `rich_text` wherever it can be, since neither parses mentions or links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.answered import Outcome

Block = dict[str, Any]
Element = dict[str, Any]

HEADER_CHARS = 150
SECTION_CHARS = 3_000
CONTEXT_CHARS = 2_000
BUTTON_CHARS = 75
OPTION_CHARS = 75
FALLBACK_CHARS = 3_900  # of the top-level text; chat.update refuses more than 4,000
VIEW_BLOCKS = 100
TITLE_CHARS = 24  # of a modal


@dataclass(frozen=True, slots=True)
class Reply:
    """A message: `text` for notifications and screen readers, `blocks` for the eye.

    `private`: it answers nothing (a choice, a miss, an error), so it is never shown in public.
    """

    text: str
    blocks: tuple[Block, ...]
    private: bool = False
    entry_id: str = ""  # of the one entry that it shows
    outcome: Outcome | None = None  # of the question that it answers, if it answers one

    def after(self, outcome: Outcome) -> Reply:
        """The same, as what came of a question."""
        return Reply(self.text, self.blocks, self.private, self.entry_id, outcome)

    def as_message(self) -> dict[str, Any]:
        """Arguments for chat.postMessage and the like: links are not unfurled."""
        return {
            "text": clip(self.text, FALLBACK_CHARS),
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where text was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = SECTION_CHARS) -> Element:
    """Slack draws an emoji code in it, such as :tada:, where it is told to."""
    element: Element = {"type": "plain_text", "text": clip(text, limit) or " "}
    return element | {"emoji": True} if ":" in text else element


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_CHARS)}


def section(mrkdwn: str, accessory: Element | None = None) -> Block:
    """A paragraph of mrkdwn of our own; user text in it must have been escaped."""
    text = {"type": "mrkdwn", "text": clip(mrkdwn, SECTION_CHARS), "verbatim": True}
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def plain_section(text: str, accessory: Element | None = None) -> Block:
    block: Block = {"type": "section", "text": plain(text)}
    return block | ({"accessory": accessory} if accessory else {})


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [plain(t, CONTEXT_CHARS) for t in texts if t]}


def divider() -> Block:
    return {"type": "divider"}


def actions(buttons: Iterable[Element]) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def button(text: str, action_id: str, value: str, *, style: str = "", label: str = "") -> Element:
    """`label` is what a screen reader says instead of the text."""
    element = {
        "type": "button",
        "text": plain(text, BUTTON_CHARS),
        "action_id": action_id,
        "value": value,
    }
    if style:
        element["style"] = style
    if label:
        element["accessibility_label"] = clip(label, BUTTON_CHARS)
    return element


def option(text: str, value: str) -> Element:
    return {"text": plain(text, OPTION_CHARS), "value": value}


def rich(*elements: Element) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def link(text: str, url: str) -> Element:
    return {"type": "link", "url": url, "text": text}


def paragraph(*runs: Element) -> Element:
    return {"type": "rich_text_section", "elements": list(runs)}


def bullets(
    items: Sequence[Sequence[Element]], *, ordered: bool = False, offset: int = 0
) -> Element:
    """A list of lines of runs; an ordered one may go on from number `offset` + 1."""
    element: Element = {
        "type": "rich_text_list",
        "style": "ordered" if ordered else "bullet",
        "elements": [paragraph(*runs) for runs in items],
    }
    return element | ({"offset": offset} if offset else {})


def labelled(label: str, text: str) -> Element:
    """A paragraph that starts with a bold label."""
    return paragraph(run(f"{label}  ", bold=True), run(f"{text}\n"))

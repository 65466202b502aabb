"""A reply as plain text, for the terminal: the same words without Slack."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bot.answers import ids
from bot.slack.action_ids import OPEN, action_of
from bot.slack.blocks import Block, Element, Reply
from bot.slack.mrkdwn import BREAK

NAMING = frozenset({OPEN, ids.CHAPTER, ids.ASK})
LINK = re.compile(r"<(https?:[^|>]+)\|([^>]*)>")
# A sign beside a word joiner is shown as it is: see bot/slack/mrkdwn.
MARKED = re.compile(
    rf"(?<![\w{BREAK}])([*_~`])(?![\s{BREAK}])(.+?)(?<![\s{BREAK}])\1(?![\w{BREAK}])"
)


def render_plain(reply: Reply) -> str:
    """Headers, texts and lists as lines; of buttons those that name an entry, a chapter or a
    question to ask next. The others do nothing here."""
    lines = (line for block in reply.blocks for line in _block(block))
    return "\n".join(lines).strip() + "\n"


def _block(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield _strip_marks(block["text"])
        case "context":
            yield "  ".join(_strip_marks(element) for element in block["elements"])
        case "rich_text":
            yield ""
            for element in block["elements"]:
                yield from _rich(element)
            yield ""
        case "actions":
            for element in block["elements"]:
                yield from _named(element)
        case "divider":
            yield "---"


def _rich(element: Element) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for number, line in enumerate(element["elements"], 1 + element.get("offset", 0)):
            mark = f"{number}." if element["style"] == "ordered" else "-"
            yield f"{mark} {_runs(line)}"
    else:
        yield _runs(element)


def _runs(element: Element) -> str:
    return "".join(
        f"{part['text']} ({part['url']})" if part["type"] == "link" else part["text"]
        for part in element["elements"]
    ).rstrip("\n")


def _named(element: Element) -> Iterator[str]:
    """What a control names, a line each."""
    if element["type"] == "static_select":
        for group in element["option_groups"]:
            yield group["label"]["text"]
            yield from (f"- {option['text']['text']}" for option in group["options"])
    elif action_of(element["action_id"]) in NAMING:
        yield f"- {element['text']['text']}"


def _strip_marks(text: Element) -> str:
    """A text object's words; mrkdwn without its marks, a link as its label and address."""
    if text["type"] != "mrkdwn":
        return str(text["text"])
    plain = LINK.sub(r"\2 (\1)", text["text"])
    marked = ""
    while plain != marked:  # bold within italics
        marked, plain = plain, MARKED.sub(r"\2", plain)
    return html.unescape(plain.replace(BREAK, ""))

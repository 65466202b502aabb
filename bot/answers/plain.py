"""A reply as plain text, for the terminal: the same words without Slack, its signs and buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers import ids
from bot.slack.action_ids import OPEN, action_of
from bot.slack.blocks import Block, Element, Reply
from bot.slack.mrkdwn import BREAK

# Buttons that lead to an entry are part of what is said; those that do something are Slack's.
LEADING = (OPEN, ids.CHAPTER, ids.ASK)

LITERAL = re.compile(f"{BREAK}([*_~`]){BREAK}")
HIDDEN = {sign: chr(0xE000 + number) for number, sign in enumerate("*_~`")}  # private characters
SHOWN = {ord(hidden): sign for sign, hidden in HIDDEN.items()}
FORMATTED = re.compile(r"(?<!\w)([*_~`])(?=\S)([^\n]*?\S)\1(?!\w)")
LINK = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")
BARE_LINK = re.compile(r"<(https?://[^|>]+)>")


def render_plain(reply: Reply) -> str:
    """Headers, texts and lists as lines; what buttons lead to as a list."""
    lines = [line for block in reply.blocks for line in _block(block)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def strip_mrkdwn(text: str) -> str:
    """mrkdwn without its signs; those that were escaped as literal stay."""
    text = LITERAL.sub(lambda sign: HIDDEN[sign[1]], text)
    while (stripped := FORMATTED.sub(r"\2", text)) != text:
        text = stripped
    text = BARE_LINK.sub(r"\1", LINK.sub(r"\2 (\1)", text))
    text = text.translate(SHOWN).replace(BREAK, "").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")


def _block(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            if "text" in block:
                yield from _text(block["text"]).splitlines()
            for field in block.get("fields", ()):
                yield f"- {': '.join(_text(field).splitlines())}"
            if "accessory" in block or "fields" in block:
                yield ""
        case "context":
            yield "  ".join(_text(element) for element in block["elements"])
        case "rich_text":
            yield ""
            for element in block["elements"]:
                yield from _rich(element)
            yield ""
        case "actions":
            for element in block["elements"]:
                yield from _leads(element)
        case "divider":
            yield "---"


def _text(element: Element) -> str:
    text = str(element["text"])
    return strip_mrkdwn(text) if element["type"] == "mrkdwn" else text


def _leads(element: Element) -> Iterator[str]:
    if element["type"] == "button" and action_of(element["action_id"]) in LEADING:
        yield f"- {element['text']['text']}"
    for group in element.get("option_groups", ()):
        yield f"\n{group['label']['text']}"
        yield from (f"- {option['text']['text']}" for option in group["options"])


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

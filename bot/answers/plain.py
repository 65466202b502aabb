"""A reply as plain text, for the terminal: the same words without Slack."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.blocks import Block, Element, Reply
from bot.slack.mrkdwn import BREAK


def render_plain(reply: Reply) -> str:
    """Headers, texts and lists as lines; buttons in brackets."""
    lines = (line for block in reply.blocks for line in _block(block))
    return "\n".join(lines).strip() + "\n"


def _block(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield _unescape(block["text"]["text"])
            if "accessory" in block:
                yield f"  [{block['accessory']['text']['text']}]"
        case "context":
            yield "  ".join(element["text"] for element in block["elements"])
        case "rich_text":
            yield ""
            for element in block["elements"]:
                yield from _rich(element)
            yield ""
        case "actions":
            yield "  ".join(f"[{_label(element)}]" for element in block["elements"])
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


def _label(element: Element) -> str:
    return str((element.get("text") or element["placeholder"])["text"])


def _unescape(text: str) -> str:
    text = text.replace(BREAK, "").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")

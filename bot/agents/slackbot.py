"""Answers as Slackbot shows them: our blocks, whose controls call our tools again.

Slackbot takes a part of Block Kit. A control acts only if its `action_id` is `tool:` and a tool's
name, which may stand once in a block, with the tool's arguments as JSON in its value; addresses are
https; one fault and all blocks are dropped. Source:
https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from bot.answers import ids
from bot.answers.dialogue import Audience, answer_entry
from bot.answers.outcomes import build_nothing, build_suggestions
from bot.handbook import Entry
from bot.i18n import Lang
from bot.search import Answer, Result, Suggestions
from bot.search.library import Library
from bot.slack.action_ids import OPEN, Target, action_of
from bot.slack.blocks import Block, Element, actions, option, plain, run
from bot.slack.words import RELATED

EXTENSION = "io.slack/block-kit"
TOOL_META = {"slack": {"supportsBlockKit": True}}
READ_ENTRY = "read_entry"
LEADING = (OPEN, ids.LANGUAGE_WHOLE)  # controls whose value is a Target
VALUE_CHARS = 150  # of an option


def show_result(library: Library, audience: Audience, query: str, result: Result) -> list[Block]:
    """What a search found, as the bot itself would say it."""
    if isinstance(result, Answer):
        return show_entry(library, audience, result.match.entry)
    if isinstance(result, Suggestions):
        return list(adapt(build_suggestions(result.matches, audience.lang).blocks, audience.lang))
    near = [match.entry for match in result.matches]
    return list(adapt(build_nothing(query, near, audience.lang).blocks, audience.lang))


def show_entry(library: Library, audience: Audience, entry: Entry) -> list[Block]:
    """An entry with what leads on from it; what needs the bot itself (sharing, rating) is gone."""
    blocks = answer_entry(library, entry, audience, whole=True).blocks
    return list(adapt(blocks, audience.lang))


def adapt(blocks: Iterable[Block], lang: Lang) -> Iterator[Block]:
    """The blocks with what Slackbot takes, and nothing else."""
    for block in blocks:
        match block:
            case {"type": "actions", "elements": elements}:
                if leading := [e for e in elements if _leads(e)]:
                    yield actions([_control(leading, lang)])
            case {"type": "section", "accessory": accessory}:
                rest = {key: value for key, value in block.items() if key != "accessory"}
                control = {"accessory": _control([accessory], lang)}
                yield rest | (control if _leads(accessory) else {})
            case {"type": "rich_text"}:
                yield _only_https(block)
            case _:
                yield block


def _leads(element: Element) -> bool:
    return (
        element["type"] == "button"
        and action_of(element["action_id"]) in LEADING
        and len(_arguments(element)) <= VALUE_CHARS
    )


def _control(buttons: Sequence[Element], lang: Lang) -> Element:
    """One button, or a menu of several: their `action_id` would be the same."""
    tool = f"tool:{READ_ENTRY}"
    if len(buttons) == 1:
        return buttons[0] | {"action_id": tool, "value": _arguments(buttons[0])}
    return {
        "type": "static_select",
        "action_id": tool,
        "placeholder": plain(RELATED.get(lang)),
        "options": [option(e["text"]["text"], _arguments(e)) for e in buttons],
    }


def _arguments(element: Element) -> str:
    target = Target.parse(element["value"])
    return json.dumps({"id": target.entry_id, "lang": target.lang})


def _only_https(element: Element) -> Element:
    """The same with other addresses as text."""
    if element["type"] == "link" and not element["url"].startswith("https://"):
        return run(f"{element['text']} ({element['url']})")
    if "elements" not in element:
        return element
    return element | {"elements": [_only_https(inner) for inner in element["elements"]]}

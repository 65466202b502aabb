"""Answers for Slackbot: within its part of Block Kit, with controls that call our tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from mcp.client import advertise

from bot.agents import slackbot
from bot.answers.dialogue import Audience
from bot.handbook import Handbook, Kind
from bot.i18n import LANGS, Lang
from bot.playground.limits import find_problems
from bot.search.library import Library
from bot.slack.blocks import Block
from tests.support.agents import TODAY, call, serve

# docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses: any other drops all blocks
ALLOWED = {"actions", "context", "divider", "header", "rich_text", "section"}
CLIENT = [advertise("io.slack/block-kit", {"mimeTypes": ["application/vnd.slack.blocks+json"]})]


def dicts_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from dicts_in(part)


def problems_of(blocks: list[Block], handbook: Handbook) -> list[str]:
    """What Slack or Slackbot would refuse."""
    found = find_problems({"text": "x", "blocks": blocks}, "message")
    found += [block["type"] for block in blocks if block["type"] not in ALLOWED]
    for part in dicts_in(blocks):
        if not part.get("url", "https://").startswith("https://"):
            found.append(part["url"])
        if "action_id" in part:
            values = [option["value"] for option in part.get("options", ())] or [part["value"]]
            for value in values:
                arguments = json.loads(value)
                known = arguments.pop("id") in handbook.entries and arguments.pop("lang") in LANGS
                if part["action_id"] != "tool:read_entry" or not known or arguments:
                    found.append(f"{part['action_id']}: {value}")
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_entry_fits(library: Library, kind: Kind, lang: Lang) -> None:
    for entry in library.handbook.by_kind[kind]:
        blocks = slackbot.show_entry(library, Audience(lang, TODAY), entry)
        assert problems_of(blocks, library.handbook) == [], entry.id


@pytest.mark.parametrize(
    "query", ["微调是什么", "users stop coming", "how do I bake bread", "<!channel> *x*", "你好"]
)
def test_what_is_found_is_shown_as_the_bot_says_it(library: Library, query: str) -> None:
    arguments = {"query": query}
    result = call(serve(library), "search_handbook", arguments, extensions=CLIENT)
    assert result.meta
    blocks = result.meta["slack"]["blocks"]
    assert blocks
    assert problems_of(blocks, library.handbook) == []


@pytest.mark.parametrize("tool", ["read_entry", "read_checklist"])
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_only_a_client_that_shows_blocks_gets_them(library: Library, tool: str, mode: str) -> None:
    arguments = {"id": "cl-agent-launch"}
    plain = call(serve(library), tool, arguments, mode=mode)
    assert "slack" not in (plain.meta or {})
    shown = call(serve(library), tool, arguments, mode=mode, extensions=CLIENT)
    assert shown.meta
    assert shown.meta["slack"]["blocks"][0]["type"] == "header"
    assert shown.structured_content == plain.structured_content


def test_an_address_without_https_is_text() -> None:
    link = {"type": "link", "url": "http://a.example/x", "text": "A page"}
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}
    (adapted,) = slackbot.adapt([block], "en")
    assert adapted["elements"][0]["elements"] == [
        {"type": "text", "text": "A page (http://a.example/x)"}
    ]

"""Slack's limits for a message or view: a JSON Schema, and rules that a schema cannot express."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).with_name("blocks.schema.json")
VIEW_BYTES = 250_000


def find_problems(payload: dict[str, Any], surface: str) -> list[str]:
    """What Slack would refuse in a `message`, `modal` or `home`, as path: reason."""
    problems = [
        f"{error.json_path}: {error.validator}: {error.message[:200]}"
        for error in _validator(surface).iter_errors(payload)
    ]
    if problems:
        return problems  # the rest is only asked of what has the right shape
    for number, block in enumerate(payload.get("blocks", ())):
        ids = [element["action_id"] for element in _elements(block)]
        if len(ids) != len(set(ids)):
            problems.append(f"$.blocks[{number}]: an action_id stands twice in one block")
    block_ids = [b["block_id"] for b in payload.get("blocks", ()) if "block_id" in b]
    if len(block_ids) != len(set(block_ids)):
        problems.append("$.blocks: a block_id stands twice")
    has_input = any(block["type"] == "input" for block in payload.get("blocks", ()))
    if surface == "modal" and has_input and "submit" not in payload:
        problems.append("$.submit: needed where there is an input")
    if surface != "message" and len(json.dumps(payload).encode()) > VIEW_BYTES:
        problems.append("$: view_too_large")
    return problems


def are_blocks(value: object) -> bool:
    """Whether it has the shape of blocks at all: a list of objects."""
    return isinstance(value, list) and all(isinstance(block, dict) for block in value)


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return (element for element in found if element and "action_id" in element)


@cache
def _validator(surface: str) -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    del schema["oneOf"]
    return Draft202012Validator(schema | {"$ref": f"#/$defs/{surface}"})

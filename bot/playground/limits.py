"""Slack's limits for a message or view: a JSON Schema, and rules that a schema cannot express."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

SCHEMA = Path(__file__).with_name("blocks.schema.json")
VIEW_BYTES = 250_000
KEPT = 200  # payloads, of about 10 kB
BY_TYPE = "byType"  # a keyword of ours: type -> schema


def find_problems(payload: dict[str, Any], surface: str) -> list[str]:
    """What Slack would refuse in a `message`, `modal` or `home`, as path: reason."""
    return list(_find_problems(json.dumps(payload), surface))


@lru_cache(maxsize=KEPT)
def _find_problems(text: str, surface: str) -> list[str]:
    """As text: what was sent once is often sent again, or updated to what it was."""
    payload = json.loads(text)
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
    if surface != "message" and len(text) > VIEW_BYTES:
        problems.append("$: view_too_large")
    return problems


def are_blocks(value: object) -> bool:
    """Whether it has the shape of blocks at all: a list of objects."""
    return isinstance(value, list) and all(isinstance(block, dict) for block in value)


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return (element for element in found if element and "action_id" in element)


@cache
def _validator(surface: str) -> Validator:
    defs = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    named = _by_type(defs[surface], defs, {})
    checks: type[Validator] = extend(Draft202012Validator, {BY_TYPE: _check_by_type})  # type: ignore[no-untyped-call]  # the stubs leave it open
    return checks(named)


def _by_type(part: Any, defs: dict[str, Any], known: dict[str, Any]) -> Any:
    """The schema with each choice between things of different types as a table by type: in a
    quarter of the time, and a fault is then that of the thing that was meant. Each name in it is
    replaced by what it stands for, once in `known`."""
    if isinstance(part, list):
        return [_by_type(one, defs, known) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        if name not in known:
            known[name] = {}  # there, should it name itself
            known[name].update(_by_type(defs[name], defs, known))
        return known[name]
    same = {key: _by_type(value, defs, known) for key, value in part.items()}
    branches = part.get("oneOf", ())
    types = [_type_of(branch, defs) for branch in branches]
    if types and all(types):
        same[BY_TYPE] = dict(zip(types, same.pop("oneOf"), strict=True))
    return same


def _type_of(branch: dict[str, Any], defs: dict[str, Any]) -> str:
    """What a branch says that its "type" is, or ""."""
    name = branch.get("$ref", "").removeprefix("#/$defs/")
    properties = (defs[name] if name else branch).get("properties", {})
    return str(properties.get("type", {}).get("const", ""))


def _check_by_type(
    validator: Validator, branches: dict[str, Any], instance: Any, _schema: object
) -> Iterator[ValidationError]:
    found = instance.get("type") if isinstance(instance, dict) else None
    if isinstance(found, str) and found in branches:
        yield from validator.evolve(schema=branches[found]).iter_errors(instance)
    else:
        yield ValidationError(f"{instance!r} is none of {', '.join(branches)}")

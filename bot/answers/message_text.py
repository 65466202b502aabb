"""All that can be read in a message: its text, blocks, attachments, and the titles of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

READ = ("pretext", "title", "text", "value", "label", "alt_text", "fallback", "name")
WITHIN = (
    "message", "blocks", "attachments", "files", "fields", "elements", "element", "accessory",
    "rows", "options",
)  # fmt: skip
ONE_LINE = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})
MAX_DEPTH = 12


def read_message(message: Mapping[str, Any]) -> str:
    """One part a line. Anything that is odd is passed over."""
    return "\n".join(dict.fromkeys(_read(message, MAX_DEPTH)))


def _read(part: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(part, list):
        for one in part:
            yield from _read(one, depth - 1)
    elif isinstance(part, Mapping):
        if str(part.get("type")) in ONE_LINE:  # words of one line, parted only by their style
            yield "".join(_read(part.get("elements"), depth - 1))
            return
        for key in READ:
            found = part.get(key)
            if isinstance(found, str):
                if found.strip():
                    yield found
            else:
                yield from _read(found, depth - 1)
        for key in WITHIN:
            yield from _read(part.get(key), depth - 1)

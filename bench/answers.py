"""How much an answer shows: words, things to press, blocks, over all entries by kind.

python -m bench.answers
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import Any

from bot.answers.dialogue import Audience, answer_entry
from bot.handbook import Kind
from bot.handbook.measure import length
from bot.i18n import LANGS, Lang
from bot.search.library import Library
from bot.settings import CACHE_DIR, read_content_dir
from bot.slack.blocks import Reply

TODAY = date(2026, 11, 29)
PRESSED = frozenset({"actions", "button", "overflow", "static_select"})


def main() -> None:
    library = Library.load(read_content_dir(), CACHE_DIR)
    print("kind        lang  entries  words: median, most  controls: most  blocks: most")
    for lang in LANGS:
        rows = {str(kind): _figures(library, kind, lang) for kind in Kind}
        rows["all"] = [figure for row in rows.values() for figure in row]
        for name, row in rows.items():
            if row:
                print(_line(name, lang, row))


def _figures(library: Library, kind: Kind, lang: Lang) -> list[tuple[int, int, int]]:
    audience = Audience(lang, TODAY)
    entries = library.handbook.by_kind[kind]
    return [_measure(answer_entry(library, entry, audience), lang) for entry in entries]


def _measure(reply: Reply, lang: Lang) -> tuple[int, int, int]:
    words = sum(length(text, lang) for text in read_texts(reply.blocks))
    rows = [len(b["elements"]) for b in reply.blocks if b["type"] == "actions"]
    accessories = sum("accessory" in block for block in reply.blocks)
    return words, sum(rows) + accessories, len(reply.blocks)


def read_texts(part: Any) -> Iterable[str]:
    """The texts in blocks, without those of what is pressed."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from read_texts(one)
    elif isinstance(part, dict) and part.get("type") not in PRESSED:
        if isinstance(part.get("text"), str):
            yield part["text"]
        for key in ("text", "elements", "fields"):
            if not isinstance(part.get(key), str):
                yield from read_texts(part.get(key))


def _line(name: str, lang: Lang, row: list[tuple[int, int, int]]) -> str:
    words, controls, blocks = zip(*row, strict=True)
    return (
        f"{name:11} {lang:5} {len(row):7}  {median(words):13.0f}, {max(words):4}  "
        f"{max(controls):14}  {max(blocks):12}"
    )


if __name__ == "__main__":
    main()

"""Source lines: a title, and a link where the line holds a stable address."""

from __future__ import annotations

import re

from bot.slack.blocks import Element, link, run

URL = re.compile(r"https?://[^\s，。；）]+")
ARXIV = re.compile(r"arXiv:(\d{4}\.\d{4,5})", re.IGNORECASE)
DOI = re.compile(r"\bdoi:(10\.\d{4,9}/\S+)", re.IGNORECASE)


def source_runs(source: str) -> list[Element]:
    """The line as rich text; the whole title is the link."""
    address = address_of(source)
    if not address:
        return [run(source)]
    title = URL.sub("", source).strip(" ,，;；") or address
    return [link(title, address)]


def address_of(source: str) -> str:
    """The address in a source line, or "" if it has none."""
    if found := URL.search(source):
        return found[0].rstrip(".,;)")
    if found := ARXIV.search(source):
        return f"https://arxiv.org/abs/{found[1]}"
    if found := DOI.search(source):
        return f"https://doi.org/{found[1].rstrip('.,;)')}"
    return ""

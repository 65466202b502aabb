"""The command's answers as ready JSON: the same text, language and day give the same answer."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bot.answers.dialogue import Reader, reply_to
from bot.answers.grammar import Typed, Verb, parse
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.blocks import Reply

KEPT = 1_024  # answers, about 8 KB each
LONGEST_KEPT = 200  # characters of a typed text
CHANGING = frozenset({Verb.TIP})  # another answer each time


class CommandBody(NamedTuple):
    json: str
    entry_id: str  # of the one entry that it shows, or ""


class CommandBodies:
    """Builds and keeps the bodies of one library's answers."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._keep = lru_cache(maxsize=KEPT)(self._build)
        self._parse = lru_cache(maxsize=KEPT)(parse)

    def typed(self, text: str) -> Typed:
        """The line as the grammar reads it, kept as the answers are."""
        return parse(text) if len(text) > LONGEST_KEPT else self._parse(text)

    def get(self, text: str, reader: Reader) -> CommandBody:
        """The ack's body for a typed text: a private message."""
        if len(text) > LONGEST_KEPT or self._parse(text).verb in CHANGING:
            return self._build(text, reader.lang, reader.today)
        return self._keep(text, reader.lang, reader.today)

    def _build(self, text: str, lang: Lang, today: date) -> CommandBody:
        reply = reply_to(self._library, Reader(lang, today), parse(text))
        body = json.dumps(private_body(reply), ensure_ascii=False)
        return CommandBody(body, reply.entry_id)


def private_body(reply: Reply) -> dict[str, Any]:
    """The body of an ack that only the person sees."""
    return {"response_type": "ephemeral", **reply.as_message()}

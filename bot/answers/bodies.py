"""The command's answers as ready JSON: the same line, language and day give the same answer."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.answers.dialogue import Audience, reply_to
from bot.answers.grammar import ParsedLine, Verb, parse
from bot.answers.misses import NO_OFFER, MissOffer
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.answered import Outcome
from bot.slack.send import build_private_body

AS_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
KEPT = 1_024  # answers, about 8 KB each
LONGEST_KEPT = 200  # characters of a typed text
CHANGING = frozenset({Verb.TIP})  # another answer each time


class CommandBody(NamedTuple):
    json: str
    entry_id: str  # of the one entry that it shows, or ""
    outcome: Outcome | None = None


class CommandBodies:
    """Builds and keeps the bodies of answers, by library."""

    def __init__(self, offer: MissOffer = NO_OFFER) -> None:
        self._offer = offer
        self._keep = lru_cache(maxsize=KEPT)(self._build)
        self._parse = lru_cache(maxsize=KEPT)(parse)

    def parse(self, text: str) -> ParsedLine:
        """The line as the grammar reads it, kept as the answers are."""
        return parse(text) if len(text) > LONGEST_KEPT else self._parse(text)

    def get(
        self, library: Library, line: ParsedLine, audience: Audience, *, offers: bool = False
    ) -> CommandBody:
        """The ack's body for a line: a private message. `offers`: with what is offered under a
        miss."""
        key = (line.whole, bool(line.channels))
        if len(line.text) > LONGEST_KEPT or line.verb in CHANGING:
            return self._build(library, line, key, audience.lang, audience.today, offers)
        return self._keep(library, line, key, audience.lang, audience.today, offers)

    def forget(self) -> None:
        """Let go of what was built from content that has changed; its libraries go with it."""
        self._keep.cache_clear()

    def _build(
        self,
        library: Library,
        line: ParsedLine,
        key: tuple[str, bool],
        lang: Lang,
        today: date,
        offers: bool,
    ) -> CommandBody:
        """`library` and `key` are part of what is kept by: content changes, and lines are equal
        whatever their verb was written like, and with a channel or without."""
        reply = reply_to(library, Audience(lang, today), line)
        if offers:
            reply = self._offer.add(reply, line.text, lang)
        body = AS_JSON.encode(build_private_body(reply))
        return CommandBody(body, reply.entry_id, reply.outcome)

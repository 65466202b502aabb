"""What is offered under a miss and under suggestions, by a feature that the answers do not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.i18n import Lang
from bot.slack.answered import Answered, Outcome
from bot.slack.blocks import Element, Reply, actions
from bot.slack.request import Request

MISSES = frozenset({Outcome.OFFERED, Outcome.NOTHING})
MAX_BLOCKS = 50  # of a message

BuildButtons = Callable[[str, Lang], list[Element]]  # of the question, and the language
Hear = Callable[[Answered], object]


@dataclass(frozen=True, slots=True)
class MissOffer:
    """`is_for` says from memory whether somebody is offered something, `build` draws it."""

    is_for: Callable[[Request], bool] = lambda request: False
    build: BuildButtons = lambda text, lang: []

    def add(self, reply: Reply, text: str, lang: Lang) -> Reply:
        """The reply with the buttons, if it is a miss."""
        if reply.outcome not in MISSES or len(reply.blocks) >= MAX_BLOCKS:
            return reply
        buttons = self.build(text, lang)
        return replace(reply, blocks=(*reply.blocks, actions(buttons))) if buttons else reply


NO_OFFER = MissOffer()

"""What the answers' listeners work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.bodies import CommandBodies
from bot.answers.dialogue import Audience
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.lookups import Lookups
from bot.answers.repository import FeedbackRepository
from bot.handbook import Content
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.edge import Edge
from bot.slack.feature import FoundLine, HomeSection, LineHandler


@dataclass(frozen=True, slots=True)
class AnswerServices:
    """`verbs` are those that need more than the handbook: they store, or call Slack. The Home tab
    shows `home_first` above what is the same every day, `home_last` below it."""

    edge: Edge
    content: Content[Library]
    bodies: CommandBodies
    lookups: Lookups
    feedback: FeedbackRepository
    verbs: Mapping[Verb, LineHandler[Any]]
    home_first: Sequence[HomeSection] = ()
    home_last: Sequence[HomeSection] = ()

    @property
    def library(self) -> Library:
        """The current one: taken once for a request, whose answer then is of one piece."""
        return self.content.current

    def audience(self, lang: Lang) -> Audience:
        """The audience of an answer given now."""
        return Audience(lang, self.edge.clock().date())

    def find_handler(self, line: ParsedLine) -> FoundLine | None:
        """The handler of a typed line that is not answered from the handbook."""
        verb = self.verbs.get(line.verb)
        return verb.find(line.text) if verb else None

"""What the answers' listeners work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.bodies import CommandBodies
from bot.answers.dialogue import Audience
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.lookups import Lookups
from bot.answers.place import Place
from bot.answers.readings import choose_reading
from bot.answers.repository import FeedbackRepository, WelcomedRepository
from bot.handbook import Content
from bot.i18n import Lang
from bot.search import Nothing
from bot.search.library import Library
from bot.slack.channels import run_in_channel
from bot.slack.edge import Edge
from bot.slack.feature import FoundLine, HomeSection, LineHandler, Task
from bot.slack.promises import promise
from bot.slack.request import Request

# From this score on an offered entry is what a doubtful line asks for: "tips on pricing" has 0.34,
# "tips are useless" and "tips of the trade" 0.12.
SURE_ENOUGH = 0.25


@dataclass(frozen=True, slots=True)
class AnswerServices:
    """`verbs` are those that need more than the handbook: they store, or call Slack. The Home tab
    shows `home_first` above what is the same every day, `home_last` below it."""

    edge: Edge
    content: Content[Library]
    bodies: CommandBodies
    lookups: Lookups
    feedback: FeedbackRepository
    welcomed: WelcomedRepository
    verbs: Mapping[Verb, LineHandler[Any]]
    home_first: Sequence[HomeSection] = ()
    home_last: Sequence[HomeSection] = ()

    @property
    def library(self) -> Library:
        """The current one: taken once for a request, whose answer then is of one piece."""
        return self.content.current

    def audience(self, lang: Lang, place: Place = Place.PRIVATE) -> Audience:
        """The audience of an answer given now."""
        return Audience(lang, self.edge.clock().date(), place)

    def read(self, text: str) -> tuple[ParsedLine, FoundLine | None]:
        """What was typed, parsed once, with its handler if it is no question to the handbook."""
        line = self.bodies.parse(text)
        glued = line.glued
        if glued and (found := self._find(glued)) and not found.doubtful:
            return glued, self._in_channel(glued, found)
        line = choose_reading(self.library.matcher, line)
        found = self._find(line)
        if found is None or (found.doubtful and self._has_answer(line)):
            return line, None
        return line, self._in_channel(line, found)

    def _find(self, line: ParsedLine) -> FoundLine | None:
        verb = self.verbs.get(line.verb)
        return verb.find(line.text) if verb else None

    def _has_answer(self, line: ParsedLine) -> bool:
        result = self.library.matcher.find(line.whole)
        return not isinstance(result, Nothing) and result.matches[0].score >= SURE_ENOUGH

    def _in_channel(self, line: ParsedLine, found: FoundLine) -> FoundLine:
        """The same in the channel that the line names: all of it after the ack, since it may be
        refused there."""
        if not line.channels:
            return found

        def begin(request: Request) -> Task:
            def act() -> None:
                run_in_channel(self.edge, request, line.channels, lambda r: found.begin(r)())

            if not found.changes:
                return act
            channel_id = next((c for c in line.channels if not c.startswith("#")), "")
            return promise(self.edge, request.in_channel(channel_id), line.whole, act)

        return found._replace(begin=begin)

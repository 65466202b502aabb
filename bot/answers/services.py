"""What the answers' listeners work with, built once by bot/app.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.bodies import CommandBodies
from bot.answers.dialogue import Audience
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.lookups import Lookups
from bot.answers.readings import choose_reading
from bot.answers.repository import FeedbackRepository, PreferenceRepository
from bot.i18n import Lang
from bot.search import Nothing
from bot.search.library import Library
from bot.slack.channels import run_in_channel
from bot.slack.edge import Edge
from bot.slack.feature import FoundLine, Handler, HomeSection, LineHandler
from bot.slack.recent import RecentKeys

# From this score on an offered entry is what a doubtful line asks for: "tips on pricing" has 0.34,
# "tips are useless" and "tips of the trade" 0.12.
SURE_ENOUGH = 0.25


@dataclass(frozen=True, slots=True)
class AnswerServices:
    """`verbs` are those that need more than the handbook: they store, or call Slack. The Home tab
    shows `home_first` above what is the same every day, `home_last` below it."""

    edge: Edge
    library: Library
    bodies: CommandBodies
    preferences: PreferenceRepository
    lookups: Lookups
    feedback: FeedbackRepository
    shared: RecentKeys  # answers that were shared already
    verbs: Mapping[Verb, LineHandler[Any]]
    home_first: Sequence[HomeSection] = ()
    home_last: Sequence[HomeSection] = ()

    def audience(self, lang: Lang) -> Audience:
        """The audience of an answer given now."""
        return Audience(lang, self.edge.clock().date())

    def read(self, text: str) -> tuple[ParsedLine, Handler | None]:
        """What was typed, parsed once, with its handler if it is no question to the handbook."""
        line = self.bodies.parse(text)
        glued = line.glued
        if glued and (found := self._find(glued)) and not found.doubtful:
            return glued, self._in_channel(glued, found.handle)
        line = choose_reading(self.library.matcher, line)
        found = self._find(line)
        if found is None or (found.doubtful and self._has_answer(line)):
            return line, None
        return line, self._in_channel(line, found.handle)

    def _find(self, line: ParsedLine) -> FoundLine | None:
        verb = self.verbs.get(line.verb)
        return verb.find(line.text) if verb else None

    def _has_answer(self, line: ParsedLine) -> bool:
        result = self.library.matcher.find(line.whole)
        return not isinstance(result, Nothing) and result.matches[0].score >= SURE_ENOUGH

    def _in_channel(self, line: ParsedLine, handle: Handler) -> Handler:
        if not line.channels:
            return handle
        return lambda request: run_in_channel(self.edge, request, line.channels, handle)

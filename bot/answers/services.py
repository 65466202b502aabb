"""What the answers' listeners work with, built once by bot/wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.answers.bodies import CommandBodies
from bot.answers.dialogue import Audience
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.lookups import Lookups
from bot.answers.misses import NO_OFFER, Hear, MissOffer
from bot.answers.place import Place
from bot.answers.readings import choose_reading
from bot.answers.repository import FeedbackRepository, WelcomedRepository
from bot.i18n import Lang
from bot.search import Nothing
from bot.search.library import Library
from bot.slack.action_ids import Target
from bot.slack.answered import Answered, Outcome
from bot.slack.blocks import Reply
from bot.slack.channels import run_in_channel
from bot.slack.edge import Edge
from bot.slack.feature import FoundLine, HomeSection, LineHandler, Task, do_nothing
from bot.slack.promises import promise
from bot.slack.request import Request

# From this score on an offered entry is what a doubtful line asks for: "tips on pricing" has 0.34,
# "tips are useless" and "tips of the trade" 0.12.
SURE_ENOUGH = 0.25


class Libraries(Protocol):
    """The handbook, and for some more: a workspace's own entries."""

    def visible_to(self, request: Request, /) -> Library:
        """For who asks, from memory."""

    def visible_in(self, request: Request, /) -> Library:
        """For all of the channel where something is to be shown; Slack is asked."""

    def look_up(self, request: Request, /) -> None:
        """Learn what `visible_to` has to know; for work after the ack."""

    def is_known(self, request: Request, /) -> bool:
        """Whether there is nothing to learn."""


@dataclass(frozen=True, slots=True)
class AnswerServices:
    """`verbs` are those that need more than the handbook: they store, or call Slack. The Home tab
    shows `home_first` above what is the same every day, `home_last` below it."""

    edge: Edge
    libraries: Libraries
    bodies: CommandBodies
    lookups: Lookups
    feedback: FeedbackRepository
    welcomed: WelcomedRepository
    verbs: Mapping[Verb, LineHandler[Any]]
    home_first: Sequence[HomeSection] = ()
    home_last: Sequence[HomeSection] = ()
    offer: MissOffer = NO_OFFER
    hear: Hear = do_nothing  # what came of each question
    suggest_change: Callable[[Request, Target], object] = do_nothing

    def library_for(self, request: Request) -> Library:
        """The current one for who asks: taken once for a request, whose answer then is of one
        piece."""
        return self.libraries.visible_to(request)

    def with_offer(self, request: Request, reply: Reply, line: ParsedLine, lang: Lang) -> Reply:
        """A reply to what somebody typed, with what is offered to them under a miss."""
        if not self.offer.is_for(request):
            return reply
        return self.offer.add(reply, line.text, lang)

    def count(
        self, request: Request, line: ParsedLine, outcome: Outcome | None, entry_id: str
    ) -> None:
        """Tell what came of a line, if it was a question."""
        if outcome:
            self.hear(Answered(request.team_id, str(line.verb), outcome, entry_id))

    def audience(self, lang: Lang, place: Place = Place.PRIVATE) -> Audience:
        """The audience of an answer given now."""
        return Audience(lang, self.edge.clock().date(), place)

    def read(self, library: Library, text: str) -> tuple[ParsedLine, FoundLine | None]:
        """What was typed, parsed once, with its handler if it is no question to the handbook."""
        line = self.bodies.parse(text)
        glued = line.glued
        if glued and (found := self._find(glued)) and not found.doubtful:
            return glued, self._in_channel(glued, found)
        line = choose_reading(library.matcher, line)
        found = self._find(line)
        if found is None or (found.doubtful and _has_answer(library, line)):
            return line, None
        return line, self._in_channel(line, found)

    def _find(self, line: ParsedLine) -> FoundLine | None:
        verb = self.verbs.get(line.verb)
        return verb.find(line.text) if verb else None

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


def _has_answer(library: Library, line: ParsedLine) -> bool:
    result = library.matcher.find(line.whole)
    return not isinstance(result, Nothing) and result.matches[0].score >= SURE_ENOUGH

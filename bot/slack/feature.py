"""What a feature hands to the app: which requests it handles, and what it does when a channel or a
workspace goes. The features know nothing of each other; bot/app.py puts them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from bot.i18n import Lang
from bot.slack.blocks import Block
from bot.slack.request import Request

Task = Callable[[], object]
Handler = Callable[[Request], object]
StoringHandler = Callable[[Request], Task]
EventFilter = Callable[[Request], bool]
HomeSection = Callable[[Request, Lang], list[Block]]  # for whoever opened their Home tab

Command = TypeVar("Command")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a form, and what is left to do after it.

    `ack` are the arguments of Bolt's ack, such as errors at fields. `channel_id`: the channel that
    the form is about, which its payload does not name; `task` gets the request in that channel.
    """

    ack: Mapping[str, Any] = field(default_factory=dict)
    task: Handler | None = None
    channel_id: str = ""


ViewHandler = Callable[[Request], Submitted]


def do_nothing(*args: object) -> None:
    """For a feature that keeps nothing of a channel or a workspace, and for what needs no more."""


class FoundLine(NamedTuple):
    """What a typed line asks for. One that `changes` something is begun before the ack: stored, or
    promised where Slack has to be asked first (promises.py); the task is what is left. Any other
    is handled after it. `doubtful`: only if the handbook has nothing to say to it."""

    begin: StoringHandler
    changes: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class LineHandler(Generic[Command]):
    """A verb of typed lines. `parse` reads what stands behind the verb; None for a question that
    only begins like one ("checklist running costs"). Where that is not sure ("tips on pricing" or a
    mistyped time), `is_doubtful` says so of what was parsed."""

    parse: Callable[[str], Command | None]
    handle: Callable[[Request, Command], object]
    begin: Callable[[Request, Command], Task] | None = None  # of those that change something
    changes: Callable[[Command], bool] = lambda command: False
    is_doubtful: Callable[[Command], bool] = lambda command: False

    def find(self, text: str) -> FoundLine | None:
        """What to do with a line, parsed now; None for a question."""
        parsed = self.parse(text)
        if parsed is None:
            return None
        command: Command = parsed
        begin, changes = self.begin, self.changes(command)

        def start(request: Request) -> Task:
            if begin is not None and changes:
                return begin(request, command)
            return lambda: self.handle(request, command)

        return FoundLine(start, changes, self.is_doubtful(command))


def build_no_section(request: Request, lang: Lang) -> list[Block]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Handlers run after the ack, by the name of an action, view, shortcut or event.

    `stored_actions` are done before the ack, and return what is left to do after it: a process that
    dies a moment later has lost nothing. `home_actions`: after these, a Home tab that they were
    pressed on is shown anew. `event_filters`: by an event's name, which of that name are for the
    feature; all, without one. What is for no feature is not remembered as handled.
    `promised_events`: what an event asks to be changed, as typed, or ""; the user is told if the
    process dies before that is done.
    """

    actions: Mapping[str, Handler] = field(default_factory=dict)
    stored_actions: Mapping[str, StoringHandler] = field(default_factory=dict)
    home_actions: frozenset[str] = frozenset()
    views: Mapping[str, ViewHandler] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    events: Mapping[str, Handler] = field(default_factory=dict)
    event_filters: Mapping[str, EventFilter] = field(default_factory=dict)
    promised_events: Mapping[str, Callable[[Request], str]] = field(default_factory=dict)
    home_section: HomeSection = build_no_section  # of what is this person's
    home_offer: HomeSection = build_no_section  # of what it can do
    # What happens to the feature's data; the arguments are ids.
    end_channel: Callable[[str, str, str], object] = do_nothing  # team, channel, Slack's reason
    resume_channel: Callable[[str, str], object] = do_nothing  # team, channel
    move_channel: Callable[[str, str, str], object] = do_nothing  # team, old channel, new channel
    remove_member: Callable[[str, str, str], object] = do_nothing  # team, private channel, user
    forget_team: Callable[[str], object] = do_nothing  # what is kept in memory of a team

"""What each workspace's people find: the handbook, and beside it the workspace's own entries.

A workspace without entries has the handbook's library itself. Those of the others are built when
first asked for, kept current by `refresh`, and let go when nobody has asked for a while.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic

from bot.entries.readers import Readers
from bot.entries.repository.reading import EntryReader
from bot.entries.shelves import TeamShelves
from bot.search.library import Library
from bot.slack.request import Request

IDLE_SECONDS = 3600.0
MOST_KEPT = 15_000  # entries of all workspaces in memory, about 14 KB each
LARGE = 2_000  # entries; fewer are indexed anew while a question waits
PATIENCE = 1.5  # seconds that a question waits for an index; Slack waits three

log = logging.getLogger("bot.entries")


@dataclass(slots=True, eq=False)
class _Team:
    shelves: TeamShelves
    used_at: float
    lock: Lock = field(default_factory=Lock)  # held by who builds


class TeamLibraries:
    """Thread-safe. `find_base` gives the handbook's library; `readers` says who sees more."""

    def __init__(
        self,
        reader: EntryReader,
        find_base: Callable[[], Library],
        readers: Readers,
        clock: Callable[[], float] = monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._reader = reader
        self._find_base = find_base
        self._readers = readers
        self._clock = clock
        self._patience = patience
        self._counters: dict[str, int] = {}  # the last change of each workspace that has entries
        self._teams: dict[str, _Team] = {}
        self._loading: dict[str, Event] = {}
        self._lock = Lock()
        self._change = -1  # the last change of any workspace that is in `_counters`
        self._noticing = Lock()
        self.listeners: list[Callable[[], object]] = []  # a library was swapped or let go

    def visible_to(self, request: Request) -> Library:
        """The handbook alone for whom the workspace's entries are not. No query and no call."""
        if request.team_id not in self._counters or not self._readers.may_see(request):
            return self._find_base()
        return self.of(request.team_id)

    def visible_in(self, request: Request) -> Library:
        """What may be shown to all of the request's channel. Slack is asked."""
        if request.team_id not in self._counters or not self._readers.may_all_see(request):
            return self._find_base()
        return self.of(request.team_id)

    def look_up(self, request: Request) -> None:
        """Learn what `visible_to` has to know; for work after the ack."""
        if request.team_id in self._counters:
            self._readers.look_up(request)

    def is_known(self, request: Request) -> bool:
        """Whether there is nothing to learn."""
        return request.team_id not in self._counters or self._readers.is_known(request)

    def of(self, team_id: str) -> Library:
        """The handbook's library where the workspace has no entries, and as long as its own is
        being built for longer than a question can wait."""
        base = self._find_base()
        if team_id not in self._counters:
            return base
        team = self._teams.get(team_id)
        if team is not None:
            team.used_at = self._clock()
            # Of a changed handbook a large workspace hears from `refresh`, a moment later.
            if team.shelves.base is base or len(team.shelves) > LARGE:
                return team.shelves.library
        self._load(team_id).wait(self._patience)
        team = self._teams.get(team_id)
        return team.shelves.library if team else base

    def refresh(self) -> None:
        """Take over what was published since, at this process or another one. Raises
        StorageError."""
        with self._noticing:
            change = self._reader.last_change()
            if change != self._change:
                self._counters = self._reader.counters()
                self._change = change
            counters = self._counters
        swapped = False
        for team_id, team in list(self._teams.items()):
            if team_id not in counters:
                self._teams.pop(team_id, None)
                swapped = True
            else:
                swapped |= self._update(team_id, team)
        if self.evict() or swapped:
            for hear in self.listeners:
                hear()

    def warm(self) -> None:
        """Begin to build what no question could wait for, as far as it may be kept. Raises
        StorageError."""
        room = MOST_KEPT
        for team_id, number in self._reader.list_large(LARGE).items():
            if number <= room:
                room -= number
                self._load(team_id)

    def evict(self) -> bool:
        """Let go of what nobody asked for in an hour, and of what was asked for longest ago where
        it is too much; whether there was any."""
        now = self._clock()
        by_age = sorted(self._teams.items(), key=lambda item: item[1].used_at, reverse=True)
        kept, gone = 0, []
        for number, (team_id, team) in enumerate(by_age):
            kept += len(team.shelves)
            if now - team.used_at > IDLE_SECONDS or (number and kept > MOST_KEPT):
                kept -= len(team.shelves)
                gone.append(team_id)
        for team_id in gone:
            self._teams.pop(team_id, None)
        return bool(gone)

    def _load(self, team_id: str) -> Event:
        """Build a library in a thread of its own, once for all who wait for it."""
        with self._lock:
            done = self._loading.get(team_id)
            if done is None:
                done = self._loading[team_id] = Event()
                Thread(target=self._build, args=(team_id, done), daemon=True).start()
        return done

    def _build(self, team_id: str, done: Event) -> None:
        try:
            team = self._teams.get(team_id) or _Team(TeamShelves(self._find_base()), self._clock())
            self._update(team_id, team)
            if team_id in self._counters:
                self._teams[team_id] = team
        except Exception as error:  # the handbook answers; the next question tries again
            log.warning("team=%s has no index of its entries: %s", team_id, error or repr(error))
        finally:
            with self._lock:
                self._loading.pop(team_id, None)
            done.set()

    def _update(self, team_id: str, team: _Team) -> bool:
        """Whether anything had changed: entries or the handbook."""
        with team.lock:
            base, shelves = self._find_base(), team.shelves
            if shelves.base is base and 0 < shelves.change == self._counters.get(team_id):
                return False
            shelves.apply(self._reader.changes(team_id, shelves.change), base)
            return True

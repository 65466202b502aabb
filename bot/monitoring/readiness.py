"""Whether the bot can do its work now, and if not, why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from bot import __version__
from bot.database.deadline import within
from bot.database.errors import StorageError
from bot.handbook.version import version_of
from bot.monitoring.contact import SlackContact
from bot.outbox.worker import LONGEST_REST

PING_SECONDS = 2.0  # for the database
STUCK_SECONDS = 3 * LONGEST_REST  # since the worker's last round began

log = logging.getLogger("bot.readiness")


@dataclass(slots=True)
class ContentState:
    """What is answered from. `faults`: of a newer state of the files, which is not used."""

    folder: Path
    count: Callable[[], int]
    faults: int = 0
    _version: str = ""

    def learn(self, faults: Sequence[str]) -> None:
        """The files have been read, with these faults."""
        self.faults = len(faults)
        if not faults:
            self._version = ""

    @property
    def version(self) -> str:
        """Computed when somebody asks; "" while the files are not those that were read."""
        if not self._version and not self.faults:
            self._version = version_of(self.folder)
        return self._version


@dataclass(slots=True)
class Readiness:
    """`ping` raises StorageError where the database does not answer; `last_round` is the worker's,
    by `clock`."""

    ping: Callable[[], None]
    last_round: Callable[[], float]
    contact: SlackContact
    content: ContentState
    clock: Callable[[], float] = monotonic
    _said: list[str] = field(default_factory=list)

    def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether it is ready, and what was found. No text of an error: anybody may ask."""
        why: list[str] = []
        database = self._ask_database()
        if database != "ok":
            why.append("the database does not answer")
        age = self.clock() - self.last_round()
        if age > STUCK_SECONDS:
            why.append("the worker that sends what is due does not run")
        if self.contact.is_lost():
            why.append("Slack does not answer")
        if why != self._said:
            self._said = why
            log.warning("not ready: %s", "; ".join(why)) if why else log.info("ready")
        return not why, {
            "why": why,
            "version": __version__,
            "database": database,
            "worker_age_seconds": round(age, 1) if age < 1e9 else None,
            "slack_last_success": self.contact.heard_at.isoformat(timespec="seconds"),
            "content": {
                "entries": self.content.count(),
                "version": self.content.version,
                "faults": self.content.faults,
            },
        }

    def _ask_database(self) -> str:
        try:
            with within(PING_SECONDS):
                self.ping()
        except StorageError:
            return "unreachable"
        return "ok"

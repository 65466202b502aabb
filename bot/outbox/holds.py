"""What the outcome of one message means for others that this process has already claimed: they are
held back, as sending them would fail too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from threading import Lock

from bot.outbox.models import LEASE, Kind, OutboundMessage
from bot.outbox.outcomes import Effect, Outcome

HELD_BACK = Outcome(Effect.NOT_POSTED, error="held back")


class Holds:
    """The holds of one process. Thread-safe."""

    def __init__(self) -> None:
        self._limited: dict[tuple[str, Kind], datetime] = {}  # until when Slack wants nothing
        self._dead: set[str] = set()  # workspaces that refused the token since the last claim
        self._lock = Lock()

    def note(self, message: OutboundMessage, outcome: Outcome, now: datetime) -> None:
        """What came of `message`."""
        with self._lock:
            if outcome.effect is Effect.LIMITED:
                self._limited[message.team_id, message.kind] = now + outcome.wait
            elif outcome.effect is Effect.WORKSPACE_DEAD:
                self._dead.add(message.team_id)

    def forget_dead(self, team_ids: Collection[str]) -> None:
        """These workspaces have just been claimed for, so they are no longer stopped."""
        with self._lock:
            self._dead.difference_update(team_ids)

    def until(self, message: OutboundMessage, now: datetime) -> datetime | None:
        """When a claimed message may be tried instead of now; None if it may be sent now."""
        with self._lock:
            limited = self._limited.get((message.team_id, message.kind), now)
            dead = message.team_id in self._dead
        age = now - (message.claimed_at or now)
        stale = message.kind is Kind.POST and age > LEASE / 2  # others may soon take it over
        return max(limited, now) if limited > now or dead or stale else None

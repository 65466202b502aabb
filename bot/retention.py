"""How long is kept what nobody deletes: docs/operating.md has the same as a table. Lookups go as
each workspace's settings say, and with questions and counts (bot/insights/upkeep.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.answers.interrupted import FEATURE as INTERRUPTED
from bot.entries.posts import FEATURE as ENTRIES
from bot.insights.posts import ASKERS, DIGESTS, NAMES, QUESTIONS
from bot.storage import Storage
from bot.tips.deliveries import FEATURE as TIPS
from bot.tips.end_notices import FEATURE as END_NOTICES

FEEDBACK = timedelta(days=730)
DELIVERIES = timedelta(days=400)  # of weekly tips: a year, and what was said about its last week
INTERRUPTIONS = timedelta(days=1)  # notices that quote what somebody asked for
# What was posted for good. A running checklist's messages go with it.
POSTED = (TIPS, END_NOTICES, ENTRIES, QUESTIONS, ASKERS, NAMES, DIGESTS)

PAUSE = timedelta(hours=1)  # between two looks, once nothing old is left
BATCH = 500  # rows of each kind at a time: nobody waits long for the database


class Retention:
    """Forgets what is old, a little at each call. Any number of processes may do it."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._clock = clock
        self._next: datetime | None = None

    def forget_old(self) -> None:
        """May be called often. Raises StorageError."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return
        forgotten = (
            self._storage.feedback.forget_before(now - FEEDBACK, BATCH),
            self._storage.outbox.forget_settled(POSTED, now - DELIVERIES, BATCH),
            self._storage.outbox.forget_settled((INTERRUPTED,), now - INTERRUPTIONS, BATCH),
        )
        self._next = None if BATCH in forgotten else now + PAUSE

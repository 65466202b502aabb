"""What is old is forgotten, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.outbox.models import State
from bot.retention import BATCH, DELIVERIES, FEEDBACK, LOOKUPS, PAUSE, Retention
from bot.storage import Storage
from tests.support.outbox import build_message
from tests.support.tips import FakeClock

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_kind_is_kept_for_its_time(storage: Storage) -> None:
    clock = FakeClock(NOW)
    retention = Retention(storage, clock.now)
    for entry, age in {"old": LOOKUPS + DAY, "new": LOOKUPS - DAY}.items():
        storage.lookups.add("T1", "U1", entry, NOW - age)
    for entry, age in {"old": FEEDBACK + DAY, "new": FEEDBACK - DAY}.items():
        storage.feedback.save("T1", "U1", entry, helpful=True, now=NOW - age)
    old, new = NOW - DELIVERIES - DAY, NOW - DELIVERIES + DAY
    with storage.outbox.write() as connection:
        storage.outbox.add(connection, [
            *(build_message(f"{n}", old, feature="tips", state=State.SENT) for n in range(BATCH)),
            build_message("new", new, feature="tips", state=State.SENT),
            build_message("open", old, feature="tips", state=State.WAITING),
            build_message("list", old, feature="checklists", state=State.SENT),
            build_message("told", NOW - DAY * 2, feature="interrupted", state=State.SENT),
        ])  # fmt: skip
    retention.forget_old()
    retention.forget_old()  # there may be more
    assert storage.lookups.recent("T1", "U1") == ["new"]
    assert [storage.feedback.counts("T1", e) for e in ("old", "new")] == [(0, 0), (1, 0)]
    left = [*storage.outbox.history("T1", "tips"), *storage.outbox.history("T1", "checklists")]
    assert [message.key for message in left] == ["new", "open", "list"]
    assert storage.outbox.history("T1", "interrupted") == []
    clock.wait(PAUSE + LOOKUPS)
    retention.forget_old()
    assert storage.lookups.recent("T1", "U1") == []

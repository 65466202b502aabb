"""What is old is forgotten, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.admin.services import SettingsInMemory
from bot.insights.upkeep import Upkeep
from bot.outbox.models import State
from bot.retention import BATCH, DELIVERIES, FEEDBACK, PAUSE, POSTED, Retention
from bot.slack.languages import Languages
from bot.storage import Storage
from tests.support.outbox import build_message
from tests.support.tips import FakeClock

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_kind_is_kept_for_its_time(storage: Storage) -> None:
    clock = FakeClock(NOW)
    retention = Retention(storage, clock.now)
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
            *(build_message(name, old, feature=name, state=State.SENT) for name in POSTED),
        ])  # fmt: skip
    retention.forget_old()
    retention.forget_old()  # there may be more
    assert [storage.feedback.counts("T1", e) for e in ("old", "new")] == [(0, 0), (1, 0)]
    left = [*storage.outbox.history("T1", "tips"), *storage.outbox.history("T1", "checklists")]
    assert [message.key for message in left] == ["new", "open", "list"]
    assert not any(storage.outbox.history("T1", name) for name in ("interrupted", *POSTED[1:]))
    clock.wait(PAUSE + FEEDBACK)
    retention.forget_old()
    assert storage.feedback.counts("T1", "new") == (0, 0)


def test_lookups_are_kept_as_long_as_each_workspaces_settings_say(storage: Storage) -> None:
    storage.settings.change("T1", lambda before: replace(before, lookup_days=365), NOW)
    clock = FakeClock(NOW)
    settings = SettingsInMemory(storage.settings, Languages("en"), clock.now)
    settings.refresh()
    upkeep = Upkeep(storage.questions, storage.counts, settings, storage.lookups.forget_of,
                    storage.workspaces.list_ids, clock.now)  # fmt: skip
    for team_id in ("T1", "T2"):
        for days in (366, 364, 91, 89):
            storage.lookups.add(team_id, "U1", f"{days}", NOW - days * DAY)
    upkeep.run()
    Retention(storage, clock.now).forget_old()
    assert storage.lookups.recent("T1", "U1") == ["89", "91", "364"]
    assert storage.lookups.recent("T2", "U1") == ["89"]

"""The process killed (SIGKILL) at each step of a round's start: each round is started and posted
once, and nothing of the one before is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.checklists.posts import FEATURE, PostKind, kind_of
from bot.checklists.rhythm import Rhythm
from bot.checklists.series import start_series
from bot.outbox.models import LEASE, Kind, State
from bot.storage import Storage
from tests.kill.conftest import Tell
from tests.kill.flaky_api import FlakyApi
from tests.support.local_slack import TEAM
from tests.support.runs import NOW, build_checklist, build_run

STEPS = (
    "start_next before", "commit", "start_next after", "claim after", "post before", "post after",
    "settle after",
)  # fmt: skip
PEACE = LEASE + timedelta(seconds=30)
WEEK = timedelta(days=7)


@pytest.fixture
def slack() -> Iterator[FlakyApi]:
    slack = FlakyApi(readable=True)
    yield slack
    slack.close()


def test_killed_at_each_step_each_round_starts_once(
    database_url: str, storage: Storage, slack: FlakyApi, driver: Tell, tmp_path: Path
) -> None:
    run = build_run()
    series = start_series(run, build_checklist(), Rhythm.WEEK, None)
    storage.runs.create(replace(run, rhythm=Rhythm.WEEK, series_id=series.id), series)
    order = {"work": "runs", "url": database_url, "api_url": slack.api_url, "run": run.id,
             "by": "", "change": {}, "acks": str(tmp_path / "acks")}  # fmt: skip

    def tell(now: datetime, step: str = "") -> bool:
        slack.now = now
        return driver(**order, now=now.isoformat(), step=step, nth=1)

    assert not tell(NOW)
    for number, step in enumerate(STEPS, 1):
        now = NOW + number * WEEK
        assert tell(now, step), step
        assert not tell(now + PEACE)  # and then it runs on in peace

    found = storage.outbox.history(TEAM, FEATURE, limit=100)
    lists = [m for m in found if m.kind is Kind.POST and kind_of(m) is PostKind.LIST]
    assert len(lists) == len({m.subject for m in lists}) == len(STEPS) + 1
    assert {message.state for message in lists} == {State.SENT}
    assert set(Counter(slack.delivery_ids()).values()) == {1}
    running = storage.runs.list_running(TEAM, run.channel_id)
    assert [one.left_open for one in running] == [3]

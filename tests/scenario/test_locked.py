"""Another program locks the SQLite file: whoever asked is told within a click's time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.support import payloads
from tests.support.payloads import Response, buttons
from tests.support.runs import STARTER, RunWorld

CLICK_SECONDS, MARGIN = 2.0, 0.9  # Slack waits three


@pytest.fixture
def lock(runs: RunWorld, sqlite_url: str) -> Iterator[sqlite3.Connection]:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    yield other
    other.close()


def test_who_ticks_types_or_mentions_is_told_in_time_and_nothing_is_half_done(
    runs: RunWorld, lock: sqlite3.Connection
) -> None:
    run = runs.start()
    tick = buttons(runs.message()["blocks"], "run_tick")[0]
    lock.execute("BEGIN IMMEDIATE")
    for payload in (
        payloads.click(tick, user=STARTER, message_ts=run.message_ts, ephemeral=False),
        payloads.command("tips on mon 9:30", user=STARTER),
        payloads.mention("tips on mon 9:30", user=STARTER),
    ):
        began = monotonic()
        response = answer(runs, payload)
        assert monotonic() - began < CLICK_SECONDS + MARGIN
        assert response.status == 200
        said = response.body if "command" in payload else runs.told()
        assert "The database did not answer in time" in said
        runs.slack.calls.clear()
    lock.execute("ROLLBACK")
    assert runs.bot.storage.subscriptions.find(run.team_id, run.channel_id) is None
    assert runs.run.items[0].is_open
    runs.type("tips on mon 9:30")
    assert runs.bot.storage.subscriptions.find(run.team_id, run.channel_id)


def answer(runs: RunWorld, payload: dict[str, object]) -> Response:
    response = payloads.send(runs.wsgi, runs.slack.stamp(payload))
    runs.bot.edge.background.drain()
    return response

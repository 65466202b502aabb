"""Send weekly tips in child processes (drivers.py) that are killed on the way.

Each child does what is due at a given time, as a restarted bot would.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.outbox.sender import SlackSender
from bot.sending import build_worker
from bot.tips.planning import Plan, build_plan
from tests.kill.killer import Killer, open_watched
from tests.support.tips import FakeClock, build_pool, plain_tips

CLIENT_TIMEOUT = 0.1  # seconds
HORIZON = timedelta(seconds=50)


def run_tick(order: dict[str, Any], killer: Killer) -> None:
    storage = open_watched(order["url"], killer)
    token = f"xoxb-{os.getpid()}"
    sender = SlackSender(lambda team_id: token, order["api_url"], timeout=CLIENT_TIMEOUT)
    clock = FakeClock(datetime.fromisoformat(order["now"]))
    tips = plain_tips(storage, build_pool(), plan=_watched_plan(killer))
    watched = replace(storage, outbox=killer.around(storage.outbox, "claim", "settle", "expire"))
    worker = build_worker(
        watched,
        tips,
        killer.around(sender, "post", "find"),
        clock.now,
        threads=0,
    )
    worker.run_until(clock.now() + HORIZON, clock.wait)
    storage.close()


def _watched_plan(killer: Killer) -> Plan:
    plan = build_plan(build_pool())

    def call(*args: Any) -> Any:
        killer.passes("enqueue within")
        return plan(*args)

    return call

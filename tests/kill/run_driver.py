"""Change runs in child processes (drivers.py) that are killed on the way.

Each child makes a change, writes its line's number to a file as the ack would tell the person, and
sends what it has to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.checklists.changes import Changed
from bot.checklists.models import Change, ChangeKind
from bot.outbox.sender import SlackSender
from bot.sending import build_worker, running_checklists
from tests.kill.killer import Killer, open_watched
from tests.support.local_slack import TEAM, TOKEN


def make_change(order: dict[str, Any], killer: Killer) -> None:
    storage = open_watched(order["url"], killer)
    now = datetime.fromisoformat(order["now"])
    sender = SlackSender(lambda team_id: TOKEN, order["api_url"])
    outbox = killer.around(storage.outbox, "claim", "begin", "settle", "expire")
    series = killer.around(storage.series, "start_next")
    worker = build_worker(
        replace(storage, outbox=outbox),
        running_checklists(replace(storage, series=series), lambda *who: "en"),
        killer.around(sender, "post", "update", "find"),
        lambda: now,
        threads=0,
    )
    if order["change"]:
        runs = killer.around(storage.runs, "change")
        made = runs.change(TEAM, order["run"], _change(order["change"]), order["by"], now)
        if isinstance(made, Changed):
            with Path(order["acks"]).open("a") as acks:
                acks.write(f"{made.line.number}\n")
    worker.catch_up()
    storage.close()


def _change(fields: dict[str, Any]) -> Change:
    day = fields.pop("day", None)
    what = ChangeKind(fields.pop("what"))
    return Change(what=what, day=date.fromisoformat(day) if day else None, **fields)

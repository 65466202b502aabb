"""Change runs in child processes that are killed on the way: `python -m tests.kill.run_driver`.

As tests/kill/driver.py does for tips: each line on standard input forks a child that opens the
database anew, makes a change, writes its line's number to a file as the ack would tell the person,
and follows it up. It may kill itself (SIGKILL) at a given step.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.checklists.changes import Changed
from bot.checklists.models import Change, ChangeKind
from bot.checklists.posting import RunningChecklists
from bot.checklists.sender import RunSender
from bot.storage import Storage, open_storage
from bot.tips.repository.claiming import Pace
from tests.kill.driver import Killer
from tests.support.local_slack import TEAM, TOKEN


def make_change(order: dict[str, Any], killer: Killer) -> None:
    storage = open_storage(order["url"], Pace(rate=6000))
    event.listen(storage.database.engine, "commit", lambda connection: killer.passes("commit"))
    now = datetime.fromisoformat(order["now"])
    sender: Any = RunSender(lambda team_id: TOKEN, order["api_url"])
    for name in ("post", "update"):
        sender = killer.around(sender, name)
    wrapped = _wrapped(storage, killer)
    running = RunningChecklists(
        wrapped.for_runs, wrapped.runs, wrapped.refreshes, sender, lambda *who: "en", lambda: now
    )
    if order["change"]:
        runs = killer.around(storage.runs, "change")
        made = runs.change(TEAM, order["run"], _change(order["change"]), order["by"], now)
        if isinstance(made, Changed):
            with Path(order["acks"]).open("a") as acks:
                acks.write(f"{made.line.number}\n")
    running.catch_up()
    running.close()
    storage.close()


def _change(fields: dict[str, Any]) -> Change:
    day = fields.pop("day", None)
    what = ChangeKind(fields.pop("what"))
    return Change(what=what, day=date.fromisoformat(day) if day else None, **fields)


def _wrapped(storage: Storage, killer: Killer) -> Storage:
    posts: Any = storage.run_posts
    for name in ("claim", "claim_lookups", "settle"):
        posts = killer.around(posts, name)
    refreshes = killer.around(storage.refreshes, "claim")
    return replace(storage, run_posts=posts, refreshes=killer.around(refreshes, "settle"))


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                make_change(order, Killer(order["step"], order["nth"]))
                status = 0
            finally:
                os._exit(status)
        _, wait_status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(wait_status), flush=True)


if __name__ == "__main__":
    main()

"""Run ticks in child processes that are killed on the way: `python -m tests.kill.driver`.

Everything is imported once, here; each line on standard input forks a child that opens the
database anew, as a restarted bot would, runs one tick at a given time and may kill itself
(SIGKILL) at a given step. Its wait status is written to standard output.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.tips.claims import Take, build_take
from bot.tips.delivery import Courier
from bot.tips.ports import Store
from bot.tips.repository.claiming import Pace
from bot.tips.sender import SlackSender
from sqlalchemy import event

from bot.storage import Storage, open_storage
from tests.support.tips import PLAIN_WORDS, FakeClock, build_pool

CLIENT_TIMEOUT = 0.1  # seconds


@dataclass
class Killer:
    """Ends the process without notice the `nth` time that it comes by `step`."""

    step: str
    nth: int

    def passes(self, step: str) -> None:
        if step == self.step:
            self.nth -= 1
            if self.nth == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: object, name: str) -> Any:
        """`owner` with a step before and a step after its method `name`."""
        method: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.passes(f"{name} before")
            result = method(*args, **kwargs)
            self.passes(f"{name} after")
            return result

        return Wrapped(owner, {name: call})


class Wrapped:
    def __init__(self, owner: object, methods: dict[str, Callable[..., Any]]) -> None:
        self._owner, self._methods = owner, methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._owner, name)


def run_tick(url: str, api_url: str, now: datetime, killer: Killer) -> None:
    storage = open_storage(url, Pace(rate=6000))
    event.listen(storage.database.engine, "commit", lambda connection: killer.passes("commit"))
    token = f"xoxb-{os.getpid()}"
    sender = SlackSender(lambda team_id: token, api_url, timeout=CLIENT_TIMEOUT)
    courier = Courier(
        _wrapped(storage, killer),
        killer.around(killer.around(sender, "post"), "find"),
        FakeClock(now),
        PLAIN_WORDS,
        _wrapped_take(killer),
        workers=1,
    )
    courier.tick()
    storage.close()


def _wrapped(storage: Storage, killer: Killer) -> Store:
    store = storage.for_tips
    queue = killer.around(killer.around(store.queue, "claim"), "claim_lookups")
    return replace(store, queue=queue, deliveries=killer.around(store.deliveries, "settle"))


def _wrapped_take(killer: Killer) -> Take:
    take = build_take(build_pool())

    def call(*args: Any) -> Any:
        killer.passes("claim within")
        return take(*args)

    return call


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            killer = Killer(order["step"], order["nth"])
            status = 1
            try:
                run_tick(
                    order["url"], order["api_url"], datetime.fromisoformat(order["now"]), killer
                )
                status = 0
            finally:
                os._exit(status)
        _, wait_status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(wait_status), flush=True)


if __name__ == "__main__":
    main()

"""A process that ends itself without notice at a given step, and the loop that starts such ones."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import event

from bot.outbox.models import Pace
from bot.storage import Storage, open_storage
from tests.support.compiled import compiled_once

FAST = Pace(rate=6000)


@dataclass
class Killer:
    """Ends the process (SIGKILL) the `nth` time that it comes by `step`."""

    step: str
    nth: int

    def passes(self, step: str) -> None:
        if step == self.step:
            self.nth -= 1
            if self.nth == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: object, *names: str) -> Any:
        """`owner` with a step before and a step after each of its methods `names`."""
        return Wrapped(owner, {name: self._stepping(owner, name) for name in names})

    def _stepping(self, owner: object, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.passes(f"{name} before")
            result = method(*args, **kwargs)
            self.passes(f"{name} after")
            return result

        return call


class Wrapped:
    def __init__(self, owner: object, methods: dict[str, Callable[..., Any]]) -> None:
        self._owner, self._methods = owner, methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._owner, name)


def open_watched(url: str, killer: Killer) -> Storage:
    """The database as a restarted bot would open it; each commit is a step."""
    storage = open_storage(url, FAST)
    event.listen(storage.database.engine, "commit", lambda connection: killer.passes("commit"))
    return storage


def run_children(work: Callable[[dict[str, Any], Killer], None]) -> None:
    """Do the orders on standard input, a line of JSON each, with `step` and `nth`, and write how
    each ended to standard output. What is to be killed is done by a child: 0 or its exit code. An
    order without a step is done in peace, by the parent; what it imported and compiled, its later
    children have."""
    with compiled_once():
        for line in sys.stdin:
            order = json.loads(line)
            killer = Killer(order["step"], order["nth"])
            if killer.step:
                print(_kill(partial(work, order, killer)), flush=True)
            else:
                work(order, killer)
                print(0, flush=True)


def _kill(work: Callable[[], None]) -> int:
    """Work in a child; its exit code."""
    gc.freeze()  # the child need not look through, and copy, what the parent made
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, wait_status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(wait_status)

"""The process whose children are killed, for all tests of a worker: `python -m tests.kill.drivers`.
One, because to import the bot takes longer than most children live."""

from __future__ import annotations

from typing import Any

from tests.kill.driver import run_tick
from tests.kill.entry_driver import decide
from tests.kill.killer import Killer, run_children
from tests.kill.question_driver import ask_and_decide
from tests.kill.run_driver import make_change

WORKS = {"tips": run_tick, "runs": make_change, "entries": decide, "questions": ask_and_decide}


def work(order: dict[str, Any], killer: Killer) -> None:
    WORKS[order["work"]](order, killer)


if __name__ == "__main__":
    run_children(work)

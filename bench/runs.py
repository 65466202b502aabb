"""A running checklist under load: `python -m bench.runs [--json] [--url URL]`.

Fifty people tick and untick eleven items of one list as fast as they can, through the repository
that a click waits for, on SQLite and on a real PostgreSQL: clicks a second, and how long one
takes. The row of the list is locked by each in turn, so this is the worst case. Then what it costs
to build the message. Without --url a PostgreSQL is started from pip and removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from random import Random
from statistics import quantiles
from time import perf_counter

from bench.postgres import fresh_database, postgres_server
from bot.checklists.blocks import build_run
from bot.checklists.changes import replay
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.start import start_run
from bot.handbook.models import Checklist, Item
from bot.i18n import Text
from bot.storage import Storage, open_storage

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ITEMS = 11


@dataclass(frozen=True)
class Result:
    """`sound`: the stored state is what the log makes of the start."""

    database: str
    people: int
    clicks: int
    clicks_a_second: int
    p50_ms: float
    p95_ms: float
    longest_ms: float
    sound: bool


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--url", help="a PostgreSQL server whose databases may be made and dropped")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--clicks", type=int, default=20, help="of each")
    args = parser.parse_args(argv)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        server = stack.enter_context(postgres_server(args.url))
        urls = {
            "sqlite": f"sqlite:///{folder}/bot.db",
            "postgresql": stack.enter_context(fresh_database(server)),
        }
        results = [measure(name, url, args.people, args.clicks) for name, url in urls.items()]
    message_ms = round(time_ms(lambda: build_run(make_run(), NOW).as_message()), 3)
    if args.json:
        print(json.dumps({"runs": [asdict(r) for r in results], "message_ms": message_ms}))
    else:
        print("database     people   clicks    a second   p50 ms   p95 ms  longest  sound")
        for r in results:
            count = f"{r.database:<12} {r.people:>6} {r.clicks:>8} {r.clicks_a_second:>11}"
            sound = "yes" if r.sound else "NO"
            print(f"{count} {r.p50_ms:>8} {r.p95_ms:>8} {r.longest_ms:>8}  {sound}")
        print(f"building the message: {message_ms} ms")
    return 0 if all(result.sound for result in results) else 1


def measure(name: str, url: str, people: int, clicks: int) -> Result:
    """One list, `people` threads."""
    storage = open_storage(url)
    start = make_run()
    storage.runs.create(start)
    began = perf_counter()
    with ThreadPoolExecutor(people) as pool:
        each = list(pool.map(lambda person: click_away(storage, start, person, clicks),
                             range(people)))  # fmt: skip
    seconds = perf_counter() - began
    log = list(reversed(storage.runs.log(start.team_id, start.id)))
    run = storage.runs.find(start.team_id, start.id)
    storage.close()
    times = [moment for one in each for moment in one]
    cuts = quantiles(times, n=20)
    return Result(
        database=name,
        people=people,
        clicks=len(times),
        clicks_a_second=round(len(times) / seconds),
        p50_ms=round(cuts[9], 1),
        p95_ms=round(cuts[18], 1),
        longest_ms=round(max(times), 1),
        sound=run is not None and replay(start, log[1:]).items == run.items,
    )


def click_away(storage: Storage, run: Run, person: int, clicks: int) -> list[float]:
    """How many milliseconds each click took, also one that changed nothing."""
    random = Random(person)
    times = []
    for _ in range(clicks):
        what = random.choice((ChangeKind.TICKED, ChangeKind.UNTICKED))
        change = Change(what=what, item=random.randint(1, ITEMS))
        began = perf_counter()
        storage.runs.change(run.team_id, run.id, change, f"U{person}", NOW)
        times.append((perf_counter() - began) * 1000)
    return times


def make_run() -> Run:
    items = tuple(Item(Text(f"第{n}件事", f"Thing {n}"), Text("因为", "why")) for n in range(ITEMS))
    checklist = Checklist(id="cl", file="cl.toml", title=Text("上线", "Launch"), items=items)
    return start_run(
        checklist, run_id="r1", team_id="T1", channel_id="C1", by="U1", now=NOW, lang="en",
        zone="UTC",
    )  # fmt: skip


def time_ms(work: Callable[[], object], times: int = 200) -> float:
    began = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - began) * 1000 / times


if __name__ == "__main__":
    raise SystemExit(main())

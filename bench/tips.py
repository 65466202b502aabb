"""Weekly tips under load: `python -m bench.tips [--json] [--url URL]`.

Some processes claim and record 10,000 subscriptions of 500 workspaces, all due at one minute, on a
real PostgreSQL; then the same with a naive claim (select what is due, post, mark as done), the
control that must double. Without --url a PostgreSQL is started from pip and removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from sqlalchemy import select, text, update

from bench.postgres import fresh_database, postgres_server
from bot.database.tables import workspaces as TEAMS
from bot.handbook.models import Tip
from bot.i18n import Text
from bot.outbox.models import OutboundMessage, Pace, State
from bot.storage import Storage, open_storage
from bot.tips import tables
from bot.tips.deliveries import FEATURE
from bot.tips.models import Schedule, Subscription
from bot.tips.planning import Plan, build_plan
from bot.tips.repository.rows import subscription_row, to_subscription
from bot.tips.rotation import Pool

DAY = date(2026, 11, 30)
DUE = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
NEXT = DUE + timedelta(weeks=1)
END = DUE + timedelta(minutes=1)  # all are posted by then, and no claim is abandoned
FULL_SPEED = Pace(rate=1200, batch=500)  # all 20 channels of a workspace at once
SECTIONS = ("6.1.1", "6.1.2", "6.2.1", "6.2.2", "6.3.1", "6.3.2")
Workers = list[subprocess.Popen[str]]
MODES = ("claim", "deliver", "naive")


@dataclass(frozen=True)
class Result:
    """Of one run: how many subscriptions got no post, one, or more; `seconds` from the common
    start to the last process's end."""

    mode: str
    processes: int
    subscriptions: int
    once: int
    doubled: int
    lost: int
    seconds: float
    rows_a_second: int


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--url", help="a PostgreSQL server whose databases may be made and dropped")
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--workspaces", type=int, default=500)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.worker:
        return _serve()
    with postgres_server(args.url) as server, start_workers(args.processes) as workers:
        results = [
            measure(server, mode, args.subscriptions, args.workspaces, workers) for mode in MODES
        ]
    if args.json:
        print(json.dumps([asdict(result) for result in results]))
    else:
        _print(results)
    fair = [result for result in results if result.mode != "naive"]
    return 0 if all(r.doubled == r.lost == 0 for r in fair) and results[-1].doubled else 1


@contextmanager
def start_workers(processes: int) -> Iterator[Workers]:
    """Processes that take part in one run after the other."""
    command = [sys.executable, "-m", "bench.tips", "--worker"]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.communicate()


def measure(
    server: str, mode: str, subscriptions: int, workspaces: int, workers: Workers
) -> Result:
    """One run on a fresh database of `server`."""
    with fresh_database(server) as url:
        storage = open_storage(url)
        ids = _fill(storage, subscriptions, workspaces)
        posts, seconds = _race(mode, url, workers)
        storage.close()
    return Result(
        mode=mode,
        processes=len(workers),
        subscriptions=subscriptions,
        once=sum(posts[one] == 1 for one in ids),
        doubled=sum(posts[one] > 1 for one in ids),
        lost=sum(posts[one] == 0 for one in ids),
        seconds=round(seconds, 3),
        rows_a_second=round(posts.total() / seconds),
    )


def _fill(storage: Storage, subscriptions: int, workspaces: int) -> list[int]:
    subs = [
        Subscription(
            team_id=f"T{number % workspaces:05}",
            channel_id=f"C{number:06}",
            created_by="U1",
            schedule=Schedule(0, time(9, 30), "UTC"),
            lang="en",
            next_date=DAY,
        )
        for number in range(subscriptions)
    ]
    teams = [
        {"team_id": f"T{number:05}", "stopped": "", "restricted": False}
        for number in range(workspaces)
    ]
    with storage.database.write() as connection:
        connection.execute(TEAMS.insert(), teams)
        connection.execute(tables.subscriptions.insert(), [subscription_row(sub) for sub in subs])
        connection.execute(text("ANALYZE"))
        return list(connection.scalars(select(tables.subscriptions.c.id)))


def _race(mode: str, url: str, workers: Workers) -> tuple[Counter[int], float]:
    """All workers start at one word; each prints the subscriptions that it posted for."""
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(f"{mode} {url}\n")
        worker.stdin.flush()
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n", "a worker did not start"
    start = perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "done\n", "a worker failed"
    seconds = perf_counter() - start
    posts: Counter[int] = Counter()
    for worker in workers:
        assert worker.stdout is not None
        posts.update(json.loads(worker.stdout.readline()))
    return posts, seconds


def _serve() -> int:
    while order := sys.stdin.readline().split():
        _work(*order)
    return 0


def _work(mode: str, url: str) -> None:
    storage = open_storage(url, FULL_SPEED)
    plan = build_plan(Pool(tuple(_tips())))
    print("ready", flush=True)
    sys.stdin.readline()
    posted: list[int] = []
    if mode == "naive":
        _claim_naively(storage, posted)
    else:
        for claimed in _claims(storage, plan):
            posted += [int(message.subject) for message in claimed]
            for message in claimed if mode == "deliver" else ():
                after = replace(message, state=State.SENT, ts="1.0", next_at=None)
                storage.outbox.settle(after, lambda connection: None)
    print("done", flush=True)
    print(json.dumps(posted), flush=True)
    storage.close()


def _claims(storage: Storage, plan: Plan) -> Iterator[list[OutboundMessage]]:
    """All that is due, in the portions that the pace allows; the time between them is left out."""
    now = DUE
    while now < END:
        storage.due_tips.enqueue(DUE, plan)
        if claimed := storage.outbox.claim(now, FULL_SPEED.batch, [FEATURE]):
            yield claimed
            continue
        moments = storage.due_tips.next_moment(), storage.outbox.next_moment([FEATURE])
        now = max(now, min((m for m in moments if m and m < NEXT), default=END))


def _tips() -> Iterator[Tip]:
    for section in SECTIONS:
        for number in range(10):
            name = f"tip-{section}-{number}"
            yield Tip(id=name, file="", title=Text(name, name), sections=(section,))


def _claim_naively(storage: Storage, posted: list[int]) -> None:
    """The control: nothing stops a second process between the reading and the marking."""
    subs = tables.subscriptions
    query = select(subs).where(subs.c.next_at <= DUE).order_by(subs.c.next_at, subs.c.id).limit(100)
    while True:
        with storage.database.read() as connection:
            due = [to_subscription(row) for row in connection.execute(query).mappings()]
        if not due:
            return
        posted += [sub.id for sub in due]
        with storage.database.write() as connection:
            done = subs.c.id.in_([sub.id for sub in due])
            connection.execute(update(subs).where(done).values(next_at=NEXT))


def _print(results: list[Result]) -> None:
    names = list(asdict(results[0]))
    print("  ".join(f"{name:>13}" for name in names))
    for result in results:
        print("  ".join(f"{value!s:>13}" for value in asdict(result).values()))


if __name__ == "__main__":
    sys.exit(main())

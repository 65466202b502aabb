"""Many workspaces under load: `python -m bench.workspaces [--full] [--json] [--url URL]`.

Some processes of the bot, real but for their clock, send the weekly tips of all channels of all
workspaces, due at one minute, on PostgreSQL, to a local Slack with Slack's limits: one message a
second and channel, 300 a minute and workspace, each beyond that answered with 429. One workspace is
noisy: it has four times as many channels, and Slack lets it have no more than one message a
second. None may be posted twice, none be lost, none go out with another workspace's token.

By default 100 workspaces with 25 channels; --full has 2,000, which is 50,000 channels.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import resource
import subprocess
import sys
import tracemalloc
import urllib.request
from base64 import urlsafe_b64encode
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from time import time as epoch
from typing import Any

from sqlalchemy import func, select, text

from bench.postgres import fresh_database, postgres_server
from bot.database.deadline import within
from bot.database.tables import installations, workspaces
from bot.handbook import load_handbook
from bot.outbox.models import Pace, State
from bot.outbox.sender import SlackSender
from bot.outbox.tables import outbox
from bot.sending import build_worker, weekly_tips
from bot.settings import CONTENT_DIR
from bot.slack.oauth.store import EncryptedInstallationStore
from bot.slack.oauth.vault import Vault
from bot.slack.workspaces import Workspaces
from bot.storage import Storage, open_storage
from bot.tips import tables
from bot.tips.models import Schedule, Subscription
from bot.tips.repository.rows import subscription_row
from bot.tips.rotation import Pool

DAY = date(2026, 11, 30)
DUE = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
KEYS = (urlsafe_b64encode(bytes(32)).decode(),)
LATENCY = 0.1  # seconds, of a call to Slack
CHANNEL_GAP = 1.0  # seconds between two messages to one channel
MINUTE_LIMIT = 300  # messages a minute in one workspace
BURST = 20  # of these at once
NOISY = "T00000"
NOISY_TIMES = 4  # as many channels as another workspace
NOISY_RATE = 1.0  # messages a second that Slack lets it have
PER_WORKSPACE = Pace()  # of the bot, by default
LIMIT_SECONDS = 1800
FILL_SECONDS = 300.0


@dataclass(frozen=True)
class Result:
    """`*_s` are seconds from the due minute to the post: of the quiet workspaces' messages, and of
    the noisy one's last. `pace_s`: what the bot's pace asks of a quiet workspace."""

    workspaces: int
    channels: int
    processes: int
    posted: int
    twice: int
    lost: int
    wrong_token: int
    limited: int
    pace_s: float
    median_s: float
    p95_s: float
    last_s: float
    noisy_last_s: float
    posts_a_second: int
    cpu_ms_a_post: float
    rss_mb_a_process: int
    kb_a_workspace: float
    warm_us: float


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--full", action="store_true", help="2,000 workspaces, 50,000 channels")
    parser.add_argument("--url", help="a PostgreSQL server whose databases may be made and dropped")
    parser.add_argument("--workspaces", type=int, default=100)
    parser.add_argument("--channels", type=int, default=25, help="of one workspace")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--calm", action="store_true", help="without the noisy workspace")
    parser.add_argument("--slack", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.slack:
        asyncio.run(_LocalSlack().serve())
        return 0
    if args.worker:
        return _work(*args.worker)
    with postgres_server(args.url) as server, fresh_database(server) as url:
        teams = 2_000 if args.full else args.workspaces
        result = measure(url, teams, args.channels, args.processes, noisy=not args.calm)
    if args.json:
        print(json.dumps(asdict(result)))
    else:
        print("\n".join(f"{name:17} {value}" for name, value in asdict(result).items()))
    return 1 if result.twice or result.lost or result.wrong_token else 0


def measure(url: str, teams: int, channels: int, processes: int, *, noisy: bool) -> Result:
    storage = open_storage(url)
    total = _fill(storage, teams, channels, noisy=noisy)
    kilobytes, warm = _measure_memory(storage, teams)
    children = [_start("--slack")]
    try:
        api = _read(children[0])
        children += [_start("--worker", url, api) for _ in range(processes)]
        assert all(_read(worker) == "ready" for worker in children[1:]), "a worker did not start"
        zero = epoch() + 1  # when the minute comes
        for child in children:
            _tell(child, f"{zero}\n")
        posts = _wait(api, total)
        told = [json.loads(worker.communicate("stop\n")[0]) for worker in children[1:]]
    finally:
        for child in children:
            child.kill()
            child.wait()
    with storage.database.read() as connection:
        unsent = connection.scalar(
            select(func.count()).select_from(outbox).where(outbox.c.state != State.SENT)
        )
        sent = connection.scalar(select(func.count()).select_from(outbox)) or 0
    storage.close()
    quiet = sorted(at for team, at in posts["at"] if team != NOISY or not noisy)
    noisy_at = [at for team, at in posts["at"] if team == NOISY and noisy]
    return Result(
        workspaces=teams,
        channels=total,
        processes=processes,
        posted=len(posts["at"]),
        twice=posts["twice"],
        lost=total - sent + (unsent or 0),
        wrong_token=posts["wrong_token"],
        limited=posts["limited"],
        pace_s=round(channels * PER_WORKSPACE.interval.total_seconds(), 1),
        median_s=round(median(quiet), 1),
        p95_s=round(quantiles(quiet, n=20)[-1], 1),
        last_s=round(quiet[-1], 1),
        noisy_last_s=round(max(noisy_at, default=0), 1),
        posts_a_second=round(len(quiet) / quiet[-1]),
        cpu_ms_a_post=round(sum(one["cpu"] for one in told) / len(posts["at"]) * 1000, 2),
        rss_mb_a_process=round(max(one["rss"] for one in told) / 1024),
        kb_a_workspace=round(kilobytes, 2),
        warm_us=round(warm, 2),
    )


def _fill(storage: Storage, teams: int, channels: int, *, noisy: bool) -> int:
    """Workspaces, their tokens, and subscriptions that are due at one minute; how many."""
    vault, ids = Vault(KEYS), [f"T{number:05}" for number in range(teams)]
    subs = [
        Subscription(
            team_id=team,
            channel_id=f"C{team}X{number:04}",
            created_by="U1",
            schedule=Schedule(0, time(9, 30), "UTC"),
            lang="en",
            next_date=DAY,
        )
        for team in ids
        for number in range(channels * (NOISY_TIMES if noisy and team == NOISY else 1))
    ]
    plain = {
        "enterprise_id": "", "url": "", "app_id": "A1", "bot_id": "B1", "bot_user_id": "U0",
        "bot_name": "llm-startup", "scopes": "", "installed_by": "U1", "installed_at": DUE,
    }  # fmt: skip
    with within(FILL_SECONDS), storage.database.write() as connection:
        rows = [{"team_id": team, "stopped": "", "restricted": False} for team in ids]
        connection.execute(workspaces.insert(), rows)
        tokens = [
            {"id": team, "name": team, "token": vault.seal(f"xoxb-{team}"), **plain} for team in ids
        ]
        connection.execute(installations.insert(), tokens)
        connection.execute(tables.subscriptions.insert(), [subscription_row(sub) for sub in subs])
        connection.execute(text("ANALYZE"))
    return len(subs)


def _measure_memory(storage: Storage, teams: int) -> tuple[float, float]:
    """Kilobytes of memory a workspace that is known, and microseconds to ask for one."""
    store = EncryptedInstallationStore(storage.installations, Vault(KEYS))
    known = Workspaces(store.find_identity, storage.installations.last_change)
    ids = [f"T{number:05}" for number in range(teams)]
    known.identity(ids[0])
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for team_id in ids:
        known.identity(team_id)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    start = perf_counter()
    for team_id in ids:
        known.authorize(team_id, None)
    return (after - before) / teams / 1024, (perf_counter() - start) / teams * 1e6


def _start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.workspaces", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _read(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _tell(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line)
    child.stdin.flush()


def _wait(api: str, total: int) -> dict[str, Any]:
    """What Slack got, once that is all."""
    end = monotonic() + LIMIT_SECONDS
    while True:
        sleep(2)
        with urllib.request.urlopen(f"{api}stats") as answer:
            found: dict[str, Any] = json.load(answer)
        if found["count"] >= total or monotonic() > end:
            sleep(3)  # for what would come twice
            with urllib.request.urlopen(f"{api}all") as answer:
                return dict(json.load(answer))


def _work(url: str, api: str) -> int:
    logging.getLogger("bot.outbox").setLevel(logging.ERROR)  # a line for each 429 else
    storage = open_storage(url, PER_WORKSPACE)
    store = EncryptedInstallationStore(storage.installations, Vault(KEYS))
    known = Workspaces(store.find_identity, storage.installations.last_change)
    handbook = load_handbook(CONTENT_DIR)
    pool = Pool.of(handbook)
    clientele = weekly_tips(storage, lambda: handbook, lambda: pool)
    print("ready", flush=True)
    zero = float(sys.stdin.readline())
    worker = build_worker(
        storage,
        clientele,
        SlackSender(known.token, api),
        lambda: DUE + timedelta(seconds=epoch() - zero),
    )
    before = resource.getrusage(resource.RUSAGE_SELF)
    worker.start()
    sys.stdin.readline()
    worker.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu": cpu, "rss": used.ru_maxrss}))
    storage.close()
    return 0


class _LocalSlack:
    """chat.postMessage with its limits, and a Date header by the bench's clock."""

    def __init__(self) -> None:
        self._zero = 0.0
        self._posts: Counter[str] = Counter()
        self._at: list[tuple[str, float]] = []
        self._channels: dict[str, float] = {}
        self._room: dict[str, tuple[float, float]] = defaultdict(lambda: (float(BURST), 0.0))
        self._wrong = self._limited = 0

    async def serve(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=1024)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/", flush=True)
        self._zero = float(await asyncio.to_thread(sys.stdin.readline))
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1].rpartition("/")[2]
        lines = (line.partition(":") for line in head.split("\r\n")[1:])
        headers = {name.lower(): value.strip() for name, _, value in lines}
        body = await reader.readexactly(int(headers.get("content-length") or 0))
        status, wait, said = "200 OK", 0.0, {"ok": True}
        if path == "stats":
            said = {"count": len(self._at)}
        elif path == "all":
            twice = sum(count > 1 for count in self._posts.values())
            said = {"at": self._at, "twice": twice, "wrong_token": self._wrong,
                    "limited": self._limited}  # fmt: skip
        elif path == "chat.postMessage":
            await asyncio.sleep(LATENCY)
            token = headers["authorization"].removeprefix("Bearer ")
            said, wait = self._post(json.loads(body), token)
        more = ""
        if wait:
            status, more = "429 Too Many Requests", f"Retry-After: {max(1, round(wait))}\r\n"
        data = json.dumps(said).encode()
        date_header = format_datetime(self._now(), usegmt=True)
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nDate: {date_header}\r\n{more}"
            f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n".encode()
            + data
        )
        await writer.drain()
        writer.close()

    def _post(self, message: dict[str, Any], token: str) -> tuple[dict[str, Any], float]:
        channel, now = message["channel"], epoch() - self._zero
        team = channel[1:].partition("X")[0]
        if token != f"xoxb-{team}":
            self._wrong += 1
            return {"ok": False, "error": "channel_not_found"}, 0
        rate = NOISY_RATE if team == NOISY else MINUTE_LIMIT / 60
        room, since = self._room[team]
        room = min(BURST, room + (now - since) * rate)
        too_soon = now - self._channels.get(channel, -9e9) < CHANNEL_GAP
        self._room[team] = (room, now)
        if room < 1 or too_soon:
            self._limited += 1
            return {"ok": False, "error": "ratelimited"}, 1 / rate
        self._room[team] = (room - 1, now)
        self._channels[channel] = now
        self._posts[message["metadata"]["event_payload"]["delivery_id"]] += 1
        self._at.append((team, round(now, 2)))
        return {"ok": True, "ts": f"{now:.6f}", "channel": channel}, 0

    def _now(self) -> datetime:
        return DUE + timedelta(seconds=epoch() - self._zero)


if __name__ == "__main__":
    sys.exit(main())

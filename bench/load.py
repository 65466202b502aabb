"""3,000 people asking at once over HTTP, and what others notice of it.

    python -m bench.load [--seconds 60] [--connections 16] [--json]

The bot runs as in production, in a process of its own; a second process asks at the highest rate,
each time as another person. Meanwhile this one opens the Home tab and mentions the bot, one after
the other, and waits until Slack has been told. At the end SIGTERM comes while questions still do.
Milliseconds, megabytes, seconds.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep

from bench.request import sign
from bot.settings import ROOT
from tests.support import payloads
from tests.support.local_slack import SECRET, TOKEN, LocalSlack

PEOPLE = tuple(f"UL{number:05}" for number in range(3_000))
TEXTS = [
    json.loads(line)["q"]
    for name in ("queries", "real_seen", "real_unseen")
    for line in (ROOT / "tests" / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
]
START_SECONDS = 60
LONG = 30.0  # seconds for one call; whoever waits longer has been lost


def ask_all(port: int, seconds: float, connections: int) -> list[float]:
    """Seconds that each answer took, of `connections` clients that never pause."""
    numbers, taken = count(), []
    end = monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        while monotonic() < end:
            number = next(numbers)
            text, user = TEXTS[number % len(TEXTS)], PEOPLE[number % len(PEOPLE)]
            body, headers = sign(payloads.command(text, user=user))
            start = monotonic()
            try:
                connection.request("POST", "/slack/events", body.encode(), headers)
                answer = connection.getresponse()
                answer.read()
            except OSError:  # the bot has stopped
                return
            taken.append(monotonic() - start)
            assert answer.status == 200, answer.status

    clients = [Thread(target=ask) for _ in range(connections)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return taken


@contextmanager
def running(slack: LocalSlack, database_url: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The bot in HTTP mode on a free port, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = os.environ | {
        "SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url, "LOG_LEVEL": "WARNING", "DATABASE_URL": database_url,
        "PORT": str(port),
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "bot"], cwd=ROOT, env=environ)
    try:
        wait_for(lambda: is_well(port), START_SECONDS)
        yield process, port
    finally:
        process.kill()
        process.wait()


def is_well(port: int) -> bool:
    """The port is taken before the bot is built, so that connecting proves nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def wait_for(happened: Callable[[], bool], seconds: float = LONG) -> float:
    """Seconds until it has happened; raises TimeoutError."""
    start = monotonic()
    while not happened():
        if monotonic() - start > seconds:
            raise TimeoutError(f"not within {seconds} s")
        sleep(0.002)
    return monotonic() - start


def send(port: int, payload: dict[str, object]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    body, headers = sign(payload)
    connection.request("POST", "/slack/events", body.encode(), headers)
    assert connection.getresponse().status == 200


def time_of(slack: LocalSlack, port: int, payload: dict[str, object], method: str) -> float:
    """Seconds from a payload to the call that it leads to."""
    before = len(slack.of(method))
    start = monotonic()
    send(port, payload)
    wait_for(lambda: len(slack.of(method)) > before)
    return monotonic() - start


def resident(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of memory."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def measure(seconds: float, connections: int) -> dict[str, float]:
    slack = LocalSlack(people=PEOPLE)
    with (
        TemporaryDirectory() as folder,
        running(slack, f"sqlite:///{folder}/bot.db") as (bot, port),
    ):
        command = [sys.executable, "-m", "bench.load", "--ask", str(port),
                   "--seconds", str(seconds), "--connections", str(connections)]  # fmt: skip
        asking = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        start, homes, mentions, memory = monotonic(), [], [], []
        while monotonic() - start < seconds - 2:
            homes.append(time_of(slack, port, payloads.open_home(PEOPLE[0]), "views.publish"))
            mention = payloads.mention("what is RAG", user=PEOPLE[1])
            mentions.append(time_of(slack, port, mention, "chat.postMessage"))
            memory.append((monotonic() - start, resident(bot)))
            sleep(0.5)
        end = resident(bot)
        stopping = monotonic()
        bot.send_signal(signal.SIGTERM)
        bot.wait(LONG)
        stopped = monotonic() - stopping
        taken = sorted(json.loads(asking.communicate()[0]))
    slack.close()
    first_minute = [size for at, size in memory if at <= max(60, seconds / 6)]
    return {
        "answers": len(taken),
        "answers_per_s": len(taken) / (seconds - 2),
        "p50_ms": median(taken) * 1e3,
        "p99_ms": taken[int(len(taken) * 0.99)] * 1e3,
        "p99_per_p50": taken[int(len(taken) * 0.99)] / median(taken),
        "home_ms": median(homes) * 1e3,
        "home_worst_ms": max(homes) * 1e3,
        "mention_ms": median(mentions) * 1e3,
        "mention_worst_ms": max(mentions) * 1e3,
        "memory_first_mb": memory[0][1],
        "memory_first_minute_mb": max(first_minute),
        "memory_end_mb": end,
        "stop_s": stopped,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ask", type=int, metavar="PORT", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.ask:
        print(json.dumps(ask_all(args.ask, args.seconds, args.connections)))
        return
    figures = measure(args.seconds, args.connections)
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{key:24} {value:9.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()

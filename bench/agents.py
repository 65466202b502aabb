"""The server for AI agents: its start on stdio, and single calls of a client that waits for each.

    python -m bench.agents [--runs 5] [--rounds 10] [--json]

`start` is from the start of the process to its answer to `initialize`, with the content's snapshot
there; `first` to the answer to a first question right after. Both are also given as a ratio to
`python -c "import mcp"`, the SDK alone, in the same run. Calls put each of the forty questions of
tests/data/agent_questions.jsonl in each round; `ping` is what the protocol takes by itself, `find`
what the search takes for the same questions in this process. The figures in `cpu` are processor
time, which a busy machine does not stretch as it does the rest: of a start with its first answer,
and of a call on the average.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from bot.search.library import Library
from bot.settings import CACHE_DIR, CONTENT_DIR, ROOT
from tests.support.agents import Question, read_questions

COMMAND = [sys.executable, "-m", "bot", "mcp"]
CLIENT = {"name": "bench", "version": "1"}
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": CLIENT}


class Connection:
    """A server process, and one request at a time on its standard input."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(COMMAND, cwd=ROOT, text=True, encoding="utf-8",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        self._number = 0

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        assert self._process.stdout
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def notify(self, method: str) -> None:
        self._send({"method": method})

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self._process.stdin.flush()


def connect(question: Question) -> tuple[Connection, float, float]:
    """A connection, and the seconds until it stood and until the first answer."""
    start = perf_counter()
    connection = Connection()
    connection.request("initialize", HELLO)
    stood = perf_counter() - start
    connection.notify("notifications/initialized")
    call(connection, question)
    return connection, stood, perf_counter() - start


def call(connection: Connection, question: Question) -> float:
    """Milliseconds of the tool call that fits a question."""
    start = perf_counter()
    params = {"name": question.tool, "arguments": question.arguments}
    answer = connection.request("tools/call", params)
    assert "isError" not in answer["result"] or not answer["result"]["isError"], answer
    return (perf_counter() - start) * 1000


def spent() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def import_seconds() -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", "import mcp"], check=True)
    return perf_counter() - start


def measure(runs: int, rounds: int) -> dict[str, float]:
    questions = read_questions()
    connection, _, _ = connect(questions[0])  # makes the snapshot, if there is none
    connection.close()
    sdk, starts, firsts, cpu = [], [], [], []
    for _ in range(runs):
        sdk.append(import_seconds())
        before = spent()
        connection, stood, first = connect(questions[0])
        connection.close()
        cpu.append(spent() - before)
        starts.append(stood)
        firsts.append(first)
    before = spent()
    connection, _, _ = connect(questions[0])
    matcher = Library.load(CONTENT_DIR, CACHE_DIR).matcher
    matcher.find(questions[0].q)  # what is loaded once is not timed
    calls, pings, finds = [], [], []
    for question in questions * rounds:
        start = perf_counter()
        matcher.find(question.q)
        finds.append((perf_counter() - start) * 1000)
        calls.append(call(connection, question))
        start = perf_counter()
        connection.request("ping", {})
        pings.append((perf_counter() - start) * 1000)
    connection.close()
    base = median(sdk)
    return {
        "import_mcp_s": base,
        "start_s": median(starts),
        "start_x": median(starts) / base,
        "first_s": median(firsts),
        "first_x": median(firsts) / base,
        "start_cpu_s": median(cpu),
        "call_cpu_ms": 1000 * (spent() - before - median(cpu)) / len(calls),
        "ping_p50_ms": median(pings),
        "ping_p99_ms": quantiles(pings, n=100)[98],
        "find_p50_ms": median(finds),
        "find_p99_ms": quantiles(finds, n=100)[98],
        "call_p50_ms": median(calls),
        "call_p99_ms": quantiles(calls, n=100)[98],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures = measure(args.runs, args.rounds)
    lines = "\n".join(f"{name:14} {value:7.2f}" for name, value in figures.items())
    print(json.dumps(figures) if args.json else lines)


if __name__ == "__main__":
    main()

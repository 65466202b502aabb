"""Cold starts of whole processes, against `python -c "import slack_bolt"` in the same run.

    python -m bench.start [--runs 7] [--json]

`first` has no snapshot of the content to read; the others do. Medians of wall time; resident memory
of the library with its indexes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from statistics import median
from time import perf_counter

from bot.settings import CACHE_DIR, ROOT

BASE = ["-c", "import slack_bolt"]
QUESTION = "why is our model bill so high"
COMMANDS = {
    "ask_exact": ["-m", "bot", "ask", "--json", "微调"],
    "ask_question": ["-m", "bot", "ask", "--json", QUESTION],
    "import_bot": ["-c", "import bot"],
}
MEMORY = """
import resource
from bot.search.library import Library
from bot.settings import CACHE_DIR, CONTENT_DIR
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
library = Library.load(CONTENT_DIR, CACHE_DIR)
library.matcher.find("a question that names no term 一个问题")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def seconds(arguments: list[str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def measure(runs: int) -> dict[str, float]:
    shutil.rmtree(CACHE_DIR, ignore_errors=True)
    first = seconds(COMMANDS["ask_question"])
    base = median(seconds(BASE) for _ in range(runs))
    figures = {"slack_bolt_s": base, "ask_first_x": first / base}
    for name, arguments in COMMANDS.items():
        figures[f"{name}_x"] = median(seconds(arguments) for _ in range(runs)) / base
    memory = subprocess.run([sys.executable, "-c", MEMORY], cwd=ROOT, check=True,
                            capture_output=True, text=True)  # fmt: skip
    return figures | {"library_mb": float(memory.stdout)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures = measure(args.runs)
    lines = "\n".join(f"{name:16} {value:7.2f}" for name, value in figures.items())
    print(json.dumps(figures) if args.json else lines)


if __name__ == "__main__":
    main()

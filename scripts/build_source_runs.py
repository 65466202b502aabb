"""Hash every run of the source text into bot/handbook/source_runs.txt.

    python scripts/build_source_runs.py SOURCE.md

Section titles (Markdown headings) are left out: the handbook keeps them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.handbook.source_runs import HASHES, run_hash, runs_of


def main(source: Path) -> None:
    lines = source.read_text("utf-8").splitlines()
    titles = {run for line in lines if line.startswith("#") for run in runs_of(line)}
    prose = {run for line in lines if not line.startswith("#") for run in runs_of(line)}
    HASHES.write_text("\n".join(sorted(map(run_hash, prose - titles))) + "\n", "ascii")
    print(f"{len(prose - titles)} runs in {HASHES.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

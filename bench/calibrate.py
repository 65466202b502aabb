"""What other thresholds would cost: right answers against wrong confident ones.

    python -m bench.calibrate [QUERIES.jsonl ...] [--json]

For each ANSWER threshold: of the queries in scope, the share answered right and answered wrong;
of those out of scope, the share answered at all. Set bot/search/confidence.py by this table.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.quality import NOT_IN_SCOPE, QUERIES, read_queries
from bot.handbook import load_handbook
from bot.search import Matcher
from bot.search.confidence import ANSWER, MARGIN
from bot.settings import CONTENT_DIR

THRESHOLDS = [0.5, 0.55, 0.6, 0.62, 0.64, 0.66, 0.68, 0.7, 0.72, 0.75, 0.8, 0.85, 0.9]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("queries", nargs="*", type=Path, default=sorted(QUERIES.glob("*.jsonl")))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    matcher = Matcher(load_handbook(CONTENT_DIR))
    found = []  # (score of the best, sure of it, right, in scope)
    for query in read_queries(args.queries):
        matches = matcher.rank(str(query["q"]), limit=2)
        right = {*query["expect"], *query.get("also", [])}  # type: ignore[misc]
        best = matches[0].score if matches else 0.0
        apart = len(matches) < 2 or matches[1].score <= best - MARGIN
        hit = bool(matches) and matches[0].entry.id in right
        found.append((best, apart, hit, query["kind"] not in NOT_IN_SCOPE))
    rows = []
    for threshold in THRESHOLDS:
        answered = [
            (hit, scope) for best, apart, hit, scope in found if apart and best >= threshold
        ]
        inside = sum(scope for *_, scope in found)
        rows.append({
            "threshold": threshold,
            "right": sum(hit and scope for hit, scope in answered) / max(1, inside),
            "wrong": sum(not hit and scope for hit, scope in answered) / max(1, inside),
            "out_answered": sum(not scope for _, scope in answered) / max(1, len(found) - inside),
        })  # fmt: skip
    if args.json:
        print(json.dumps(rows))
        return
    print(f"{'threshold':>9} {'right':>7} {'wrong':>7} {'out of scope answered':>22}")
    for row in rows:
        mark = " <- ANSWER" if row["threshold"] == ANSWER else ""
        right, wrong, out = row["right"], row["wrong"], row["out_answered"]
        print(f"{row['threshold']:>9} {right:>7.1%} {wrong:>7.1%} {out:>22.1%}{mark}")


if __name__ == "__main__":
    main()

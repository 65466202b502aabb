"""Matching time, hits and memory as the list grows, against full RapidFuzz scans in the same run.

    python -m bench.matching [--sizes 500 5000 50000 100000] [--queries 60] [--json]

`x WRatio` is the median of our query over the median of `process.extract(WRatio)` on all names.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter

from rapidfuzz import fuzz, process

from bench.lists import Query, make_handbook, make_queries
from bot.search import Matcher

WARM_UP = 20
SCANS = 40  # queries of the slow baseline


def measure(names: int, count: int) -> dict[str, float]:
    handbook = make_handbook(names)
    before = _resident_mb()
    start = perf_counter()
    matcher = Matcher(handbook)
    matcher.find("warm up the topics 预热")
    built = perf_counter() - start
    memory = _resident_mb() - before
    queries = make_queries(handbook, count)
    for query in queries[:WARM_UP]:
        matcher.find(query.text)
    ours = _times(queries, matcher.find)
    choices = [text for e in handbook.entries.values() for text in (e.title.zh, e.title.en)]
    scans = queries[:SCANS]
    wratio = _times(scans, lambda text: process.extract(text, choices, scorer=fuzz.WRatio, limit=3))
    ratio = _times(
        scans,
        lambda text: process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=80, limit=3),
    )
    hits = {
        kind: _hits(matcher, [q for q in queries if q.kind == kind]) for kind in _kinds(queries)
    }
    return {
        "names": len(choices),
        "p50_ms": median(ours),
        "p99_ms": quantiles(ours, n=100)[98],
        "wratio_ms": median(wratio),
        "ratio_ms": median(ratio),
        "x_wratio": median(ours) / median(wratio),
        "built_s": built,
        "memory_mb": memory,
        **{f"hits_{kind}": value for kind, value in hits.items()},
    }


def _times(queries: Sequence[Query], find: Callable[[str], object]) -> list[float]:
    """Milliseconds of each query."""
    times = []
    for query in queries:
        start = perf_counter()
        find(query.text)
        times.append((perf_counter() - start) * 1000)
    return times


def _hits(matcher: Matcher, queries: Sequence[Query]) -> float:
    found = [matcher.find(q.text).matches[:1] for q in queries]
    return sum(
        bool(m) and m[0].entry.id == q.expect for m, q in zip(found, queries, strict=True)
    ) / len(queries)


def _kinds(queries: Sequence[Query]) -> list[str]:
    return list(dict.fromkeys(query.kind for query in queries))


def _resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[500, 5_000, 50_000, 100_000])
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = [measure(size, args.queries) for size in args.sizes]
    if args.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print("  ".join(f"{name} {value:.4g}" for name, value in row.items()))
    if len(rows) > 1:
        small = next((r for r in rows if r["names"] == 5_000), rows[0])
        growth = rows[-1]["p50_ms"] / small["p50_ms"]
        print(f"growth from {small['names']} to {rows[-1]['names']} names: x {growth:.1f}")


if __name__ == "__main__":
    main()

"""How well matching finds: first-rank and top-three hits and confident errors, kind by kind.

    python -m bench.quality [QUERIES.jsonl ...] [--content DIR] [--misses] [--json]

A line of QUERIES is {"q", "kind", "expect": [ids], "also": [ids], "lang"}. Queries whose expected
entries do not exist in the content are left out. A hit is an expected id; a confident answer is
wrong if it is neither expected nor in "also".
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.handbook import read_handbook
from bot.search import Answer, Matcher, Nothing
from bot.settings import CONTENT_DIR, ROOT

QUERIES = ROOT / "tests" / "data"
NOT_IN_SCOPE = ("out_of_scope", "near_domain")
TOPIC_KINDS = ("topic_en", "topic_zh")


@dataclass
class Score:
    """Counts over the queries of one kind."""

    queries: int = 0
    first: int = 0
    first_or_also: int = 0
    top3: int = 0
    answered: int = 0
    wrong: int = 0
    nothing: int = 0


def evaluate(
    matcher: Matcher, queries: Iterable[Mapping[str, object]], misses: bool = False
) -> dict[str, Score]:
    """Kind -> Score; prints each miss if asked."""
    scores: dict[str, Score] = defaultdict(Score)
    known = matcher.handbook.entries.keys()
    for query in queries:
        expect = [i for i in query["expect"] if i in known]  # type: ignore[attr-defined]
        if query["expect"] and not expect:
            continue
        kind, also = str(query["kind"]), list(query.get("also", ()))  # type: ignore[call-overload]
        if not expect and kind not in NOT_IN_SCOPE:
            kind = "out_of_scope"  # an adversarial text that hides no term
        score = scores[kind]
        result = matcher.find(str(query["q"]))
        ids = [match.entry.id for match in result.matches]
        confident = isinstance(result, Answer)
        score.queries += 1
        score.answered += confident
        score.nothing += isinstance(result, Nothing)
        if expect:
            score.first += ids[:1] != [] and ids[0] in expect
            score.first_or_also += ids[:1] != [] and ids[0] in expect + also
            score.top3 += any(i in expect for i in ids[:3])
        wrong = confident and ids[0] not in expect + also
        score.wrong += wrong
        if misses and (wrong or (expect and (not ids or ids[0] not in expect))):
            shown = ", ".join(
                f"{m.entry.id} {m.score:.2f} {m.how}:{m.matched[:18]}" for m in result.matches[:3]
            )
            mark, outcome = "WRONG " if wrong else "", type(result).__name__
            print(f"{mark}{kind:13} {query['q']!r} -> {outcome}: {shown} | {expect}")
    return dict(scores)


def add(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        for name, value in vars(score).items():
            setattr(total, name, getattr(total, name) + value)
    return total


def report(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Rates by kind and the totals that the goals are stated in."""
    in_scope = {k: s for k, s in scores.items() if k not in NOT_IN_SCOPE}
    rows = {kind: scores[kind] for kind in sorted(scores)}
    rows["TERM KINDS"] = add(
        s
        for k, s in in_scope.items()
        if k not in (*TOPIC_KINDS, "checklist", "case", "adversarial")
        and not k.startswith("question")
    )
    rows["QUESTIONS"] = add(s for k, s in in_scope.items() if k.startswith("question"))
    rows["TOPICS"] = add(s for k, s in in_scope.items() if k in TOPIC_KINDS)
    rows["ALL IN SCOPE"] = add(in_scope.values())
    rows["NOT IN SCOPE"] = add(s for k, s in scores.items() if k in NOT_IN_SCOPE)
    return {
        kind: {
            "queries": s.queries,
            **{
                n: round(getattr(s, n) / max(1, s.queries), 4)
                for n in ("first", "first_or_also", "top3", "answered", "wrong", "nothing")
            },
        }
        for kind, s in rows.items()
    }


def read_queries(paths: Iterable[Path]) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("queries", nargs="*", type=Path, default=sorted(QUERIES.glob("*.jsonl")))
    parser.add_argument("--content", type=Path, default=CONTENT_DIR)
    parser.add_argument("--misses", action="store_true", help="print each query that missed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    matcher = Matcher(read_handbook(args.content)[0])
    rates = report(evaluate(matcher, read_queries(args.queries), args.misses))
    if args.json:
        print(json.dumps(rates))
        return
    columns = ("first", "first_or_also", "top3", "answered", "wrong", "nothing")
    print(f"{'kind':14}{'n':>5} " + "".join(f"{column:>14}" for column in columns))
    for kind, row in rates.items():
        cells = "".join(f"{row[column]:>14.1%}" for column in columns)
        print(f"{kind:14}{row['queries']:>5} {cells}")


if __name__ == "__main__":
    main()

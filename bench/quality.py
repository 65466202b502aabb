"""How well matching finds: hits, outcomes and wrong answers, set by set and kind by kind.

    python -m bench.quality [QUERIES.jsonl ...] [--content DIR] [--misses] [--json]

A line of a set is {"q", "kind", "expect": [ids], "also": [ids], "lang"}, or, in a list of false
friends, {"q", "kind", "not": [ids]}. `first` and `top3` count an expected id that is shown, as the
answer or among the suggestions. `wrong` is an outright answer that is neither expected nor in
"also"; of a false friend, one of the ids it must not be. Queries whose expected entries do not
exist in the content are left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from bot.handbook import read_handbook
from bot.search import Answer, Match, Matcher, Nothing, Result
from bot.settings import CONTENT_DIR, ROOT

DATA = ROOT / "tests" / "data"
SETS = tuple(DATA / f"{name}.jsonl" for name in ("queries", "real_seen", "real_unseen"))
CONFUSIONS = DATA / "confusions.jsonl"
OUTSIDE = ("out_of_scope", "near_domain", "real_chatter", "real_gap_en", "real_gap_zh")
TOPICS = ("topic_en", "topic_zh")
NOT_TERMS = (*TOPICS, "checklist", "case", "adversarial")
REAL = tuple(f"real_{kind}_{lang}" for kind in ("question", "situation") for lang in ("en", "zh"))
FRIENDS = ("near_name", "number", "homograph", "antonym", "compound")
Query = Mapping[str, Any]


@dataclass
class Score:
    """Counts over the queries of one kind."""

    queries: int = 0
    first: int = 0
    top3: int = 0
    answered: int = 0
    offered: int = 0
    nothing: int = 0
    wrong: int = 0

    def count(self, query: Query, result: Result) -> bool:
        """Add one result; whether it is a miss."""
        shown = () if isinstance(result, Nothing) else result.matches
        ids = [match.entry.id for match in shown]
        answered = isinstance(result, Answer)
        right = [*query.get("expect", ()), *query.get("also", ())]
        friends = query.get("not")
        wrong = answered and (ids[0] in friends if friends else ids[0] not in right)
        first = ids[:1] != [] and ids[0] in query.get("expect", ())
        self.queries += 1
        self.first += first
        self.top3 += any(i in query.get("expect", ()) for i in ids[:3])
        self.answered += answered
        self.offered += bool(shown) and not answered
        self.nothing += isinstance(result, Nothing)
        self.wrong += wrong
        return wrong or (bool(query.get("expect")) and not first)

    def rates(self) -> dict[str, float]:
        names = [field.name for field in fields(self)][1:]
        shares = [round(count / max(1, self.queries), 4) for count in astuple(self)[1:]]
        return {"queries": self.queries, **dict(zip(names, shares, strict=True))}


def evaluate(matcher: Matcher, queries: Iterable[Query], misses: bool = False) -> dict[str, Score]:
    """Kind -> Score; prints each miss if asked."""
    scores: dict[str, Score] = {}
    known = matcher.handbook.entries.keys()
    for query in queries:
        expect = [i for i in query.get("expect", ()) if i in known]
        if query.get("expect") and not expect:
            continue
        kind = str(query["kind"])
        if not expect and "not" not in query and kind not in OUTSIDE:
            kind = "out_of_scope"  # an adversarial text that hides no term
        result = matcher.find(str(query["q"]))
        missed = scores.setdefault(kind, Score()).count({**query, "expect": expect}, result)
        if misses and missed:
            print(f"{kind:18} {query['q']!r} -> {_outcome(result)} | {expect}")
    return scores


def report(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Rates by kind, and of the groups in which the goals are stated."""
    inside = [kind for kind in scores if kind not in (*OUTSIDE, *REAL, *FRIENDS, "control")]
    groups = {
        "TERM KINDS": [k for k in inside if k not in NOT_TERMS and "question" not in k],
        "QUESTIONS": [k for k in inside if "question" in k],
        "TOPICS": [k for k in inside if k in TOPICS],
        "REAL": [k for k in scores if k in REAL],
        "OUTSIDE": [k for k in scores if k in OUTSIDE],
        "FALSE FRIENDS": [k for k in scores if k in FRIENDS],
    }
    rows = {kind: scores[kind].rates() for kind in sorted(scores)}
    for name, kinds in groups.items():
        if kinds:
            rows[name] = _total(scores[kind] for kind in kinds).rates()
    return rows


def _total(scores: Iterable[Score]) -> Score:
    return Score(*(sum(counts) for counts in zip(*map(astuple, scores), strict=True)))


def _outcome(result: Result) -> str:
    shown = ", ".join(map(_shown, result.matches[:3]))
    return f"{type(result).__name__}: {shown}"


def _shown(match: Match) -> str:
    return f"{match.entry.id} {match.score:.2f} {match.how}:{match.matched[:18]}"


def read_queries(paths: Iterable[Path]) -> list[Query]:
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def _print(name: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    columns = [field.name for field in fields(Score)][1:]
    print(f"\n{name:20}{'n':>5} " + "".join(f"{column:>10}" for column in columns))
    for kind, row in rows.items():
        cells = "".join(f"{row[column]:>10.1%}" for column in columns)
        print(f"{kind:20}{row['queries']:>5} {cells}")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("queries", nargs="*", type=Path, default=[*SETS, CONFUSIONS])
    parser.add_argument("--content", type=Path, default=CONTENT_DIR)
    parser.add_argument("--misses", action="store_true", help="print each query that missed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    matcher = Matcher(read_handbook(args.content)[0])
    tables = {
        path.stem: report(evaluate(matcher, read_queries([path]), args.misses))
        for path in args.queries
    }
    if args.json:
        print(json.dumps(tables))
        return
    for name, rows in tables.items():
        _print(name, rows)


if __name__ == "__main__":
    main()

"""What other limits would cost: answers right and wrong, lists shown and lists for chat.

    python -m bench.calibrate [--json]

For each ANSWER limit: of the queries in scope the share answered right and answered wrong, and of
the false friends the share answered. For each SUGGEST limit: of the queries in scope the share
that gets something, and of chat and what is out of scope the share that gets a list. Set
bot/search/certainty.py by this table.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from unittest.mock import patch

from bench.quality import CONFUSIONS, OUTSIDE, SETS, Score, evaluate, read_queries
from bot.handbook import load_handbook
from bot.search import Matcher, certainty, matcher
from bot.settings import CONTENT_DIR

ANSWERS = (0.7, 0.8, 0.85, 0.9, 0.93, 0.96)
SUGGESTIONS = (9.5, 10.0, 10.5, 11.0, 11.5, 12.0)


def answer_rows(found: Matcher) -> Iterator[dict[str, float]]:
    for limit in ANSWERS:
        with patch.object(certainty, "ANSWER", limit):
            scores = _scores(found)
        inside, friends = _inside(scores), _total(scores, "conf")
        yield {
            "ANSWER": limit,
            "right": (inside.answered - inside.wrong) / inside.queries,
            "wrong": inside.wrong / inside.queries,
            "false friends": friends.wrong / friends.queries,
        }


def suggest_rows(found: Matcher) -> Iterator[dict[str, float]]:
    for limit in SUGGESTIONS:
        with patch.object(matcher, "SUGGEST", limit):
            scores = _scores(found)
        inside, chat = _inside(scores), _total(scores, "outside")
        yield {
            "SUGGEST": limit,
            "shown": 1 - inside.nothing / inside.queries,
            "top3": inside.top3 / inside.queries,
            "lists outside": (chat.offered + chat.answered) / chat.queries,
        }


def _scores(found: Matcher) -> dict[str, dict[str, Score]]:
    inside = evaluate(found, read_queries(SETS))
    outside = {kind: inside.pop(kind) for kind in OUTSIDE if kind in inside}
    for kind in ("real_gap_en", "real_gap_zh"):  # on topic: an offer is welcome
        outside.pop(kind, None)
    return {
        "inside": inside,
        "outside": outside,
        "conf": evaluate(found, read_queries([CONFUSIONS])),
    }


def _inside(scores: dict[str, dict[str, Score]]) -> Score:
    return _total(scores, "inside")


def _total(scores: dict[str, dict[str, Score]], name: str) -> Score:
    total = Score()
    for score in scores[name].values():
        for field, count in vars(score).items():
            setattr(total, field, getattr(total, field) + count)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = Matcher(load_handbook(CONTENT_DIR))
    tables = [list(answer_rows(found)), list(suggest_rows(found))]
    if args.json:
        print(json.dumps(tables))
        return
    for rows in tables:
        print("".join(f"{name:>15}" for name in rows[0]))
        for row in rows:
            limit, *shares = row.values()
            in_force = limit in (certainty.ANSWER, certainty.SUGGEST)
            mark = " <- in force" if in_force else ""
            print(f"{limit:>15}" + "".join(f"{share:>15.1%}" for share in shares) + mark)


if __name__ == "__main__":
    main()

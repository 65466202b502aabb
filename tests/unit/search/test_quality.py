"""Floors under what bench.quality prints, so that a change that costs hits is seen.

`queries.jsonl` was written without sight of the handbook's asks; `real_seen.jsonl` and
`real_unseen.jsonl` are one set in the register of real people, split at random: the search was
fitted on the first half alone. `confusions.jsonl` holds false friends.
"""

from __future__ import annotations

import pytest

from bench.quality import CONFUSIONS, SETS, Query, evaluate, read_queries, report
from bot.handbook import Handbook
from bot.search import Answer, Matcher, Nothing

Rates = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def rates(matcher: Matcher) -> dict[str, Rates]:
    return {path.stem: report(evaluate(matcher, read_queries([path]))) for path in SETS}


@pytest.mark.parametrize(
    ("name", "group", "rate", "floor"),
    [
        ("queries", "TERM KINDS", "first", 0.97),
        ("queries", "QUESTIONS", "first", 0.92),
        ("queries", "TOPICS", "top3", 0.84),
        ("real_seen", "REAL", "first", 0.70),
        ("real_seen", "REAL", "top3", 0.82),
        ("real_unseen", "REAL", "first", 0.75),
        ("real_unseen", "REAL", "top3", 0.88),
    ],
)
def test_enough_is_found(
    rates: dict[str, Rates], name: str, group: str, rate: str, floor: float
) -> None:
    assert rates[name][group][rate] >= floor


@pytest.mark.parametrize("kind", ["exact_en", "exact_zh", "alias", "abbr", "typo_en", "typo_zh",
                                  "pinyin", "initials", "mixed"])  # fmt: skip
def test_a_name_is_always_first(rates: dict[str, Rates], kind: str) -> None:
    assert rates["queries"][kind]["first"] == 1.0


@pytest.mark.parametrize(
    ("name", "group", "rate", "ceiling"),
    [
        ("queries", "TERM KINDS", "wrong", 0.0),
        ("queries", "QUESTIONS", "wrong", 0.01),
        ("queries", "OUTSIDE", "answered", 0.015),
        ("real_seen", "REAL", "wrong", 0.02),
        ("real_unseen", "REAL", "wrong", 0.02),
        ("real_unseen", "real_chatter", "answered", 0.01),
        ("real_unseen", "real_chatter", "offered", 0.12),
    ],
)
def test_little_is_answered_wrongly(
    rates: dict[str, Rates], name: str, group: str, rate: str, ceiling: float
) -> None:
    assert rates[name][group][rate] <= ceiling


FRIENDS = [query for query in read_queries([CONFUSIONS]) if "not" in query]
CONTROLS = [query for query in read_queries([CONFUSIONS]) if "not" not in query]


def test_a_false_friend_is_never_the_outright_answer(matcher: Matcher) -> None:
    found = [(query["q"], matcher.find(query["q"])) for query in FRIENDS]
    taken_in = [
        (query["q"], result.match.entry.id)
        for query, (_, result) in zip(FRIENDS, found, strict=True)
        if isinstance(result, Answer) and result.match.entry.id in query["not"]
    ]
    assert len(FRIENDS) >= 500
    assert taken_in == []


def test_what_looks_like_one_and_is_none_is_found(matcher: Matcher) -> None:
    def is_shown(query: Query) -> bool:
        result = matcher.find(query["q"])
        ids = [match.entry.id for match in result.matches[:3]]
        return not isinstance(result, Nothing) and bool({*query["expect"]} & {*ids})

    missed = [query["q"] for query in CONTROLS if not is_shown(query)]
    assert len(missed) <= len(CONTROLS) // 10, missed


@pytest.mark.parametrize("path", [*SETS, CONFUSIONS], ids=lambda path: path.stem)
def test_every_query_names_entries_that_exist(handbook: Handbook, path: object) -> None:
    for query in read_queries([path]):  # type: ignore[list-item]
        ids = {i for key in ("expect", "also", "not") for i in query.get(key, ())}
        assert ids <= handbook.entries.keys(), query

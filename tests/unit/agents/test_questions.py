"""Forty real questions, as people put them to an agent."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from mcp.client import Client

from bot.__main__ import main
from bot.handbook import Handbook
from bot.search.library import Library
from tests.support.agents import Question, ask, given, read_questions, serve

QUESTIONS = read_questions()
LISTS = {"search_handbook": "matches", "compare": "entries", "list_checklists": "checklists"}


@dataclass(frozen=True)
class Answered:
    """What search_handbook says to each question, and what the tool that fits it says."""

    searched: dict[str, dict[str, Any]]
    fitting: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def answered(library: Library) -> Answered:
    """One connection for all: a client checks each output schema once."""

    async def work(client: Client) -> Answered:
        searched, fitting = {}, {}
        for one in QUESTIONS:
            found = await client.call_tool("search_handbook", {"query": one.q})
            searched[one.q] = given(found)
            fitting[one.q] = given(await client.call_tool(one.tool, one.arguments))
        return Answered(searched, fitting)

    found: Answered = ask(serve(library), work)
    return found


def test_there_are_forty_in_both_languages() -> None:
    assert len({one.q for one in QUESTIONS}) == 40
    assert {lang: sum(one.lang == lang for one in QUESTIONS) for lang in ("zh", "en")} == {
        "zh": 20,
        "en": 20,
    }


def test_the_outcome_is_that_of_ask(
    answered: Answered, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{one.q}\n" for one in QUESTIONS)))
    assert main(["ask", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(QUESTIONS)
    for line in lines:
        expected = json.loads(line)
        found = answered.searched[expected["query"]]
        assert found["outcome"] == expected["outcome"], expected["query"]
        assert [
            (match["id"], match["kind"], match["confidence"]) for match in found["matches"]
        ] == [(match["id"], match["kind"], match["score"]) for match in expected["results"]]


def test_no_field_is_invented(answered: Answered, handbook: Handbook) -> None:
    for found in answered.searched.values():
        answer = found["answer"]
        assert (answer is not None) == (found["outcome"] == "answer")
        if isinstance(answer, dict):
            entry = handbook.entries[answer["id"]]
            assert answer["title"] == getattr(entry.title, answer["lang"])
            assert [source["text"] for source in answer["sources"]] == list(entry.sources)
            assert answer["status"] == (entry.status or None)
            assert answer["checked"] == (entry.checked and entry.checked.isoformat())
            assert answer["review_by"] == (entry.review_by and entry.review_by.isoformat())
            for part in (entry.short, *(p.text for p in entry.parts() if p.key == "mistake")):
                assert part.get(answer["lang"]) in answer["text"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.q)
def test_the_tool_that_fits_finds_what_is_asked(answered: Answered, question: Question) -> None:
    found = answered.fitting[question.q]
    entries = found[LISTS[question.tool]] if question.tool in LISTS else [found]
    assert set(question.expect) <= {entry["id"] for entry in entries}

"""Two things in one question: the written comparison, else both."""

from __future__ import annotations

import pytest

from bot.answers.dialogue import Audience, reply_to
from bot.answers.grammar import parse
from bot.answers.plain import render_plain
from bot.handbook import Handbook
from bot.search import Answer, Matcher
from bot.search.comparisons import compares
from bot.search.library import Library
from tests.unit.answers.test_short import TODAY


@pytest.mark.parametrize(
    ("question", "expect"),
    [
        ("RAG or fine-tuning?", "vs-rag-fine-tuning"),
        ("fine tuning vs rag", "vs-rag-fine-tuning"),
        ("RAG vs. fine-tuning for contracts", "vs-rag-fine-tuning"),
        ("RAG 和微调选哪个", "vs-rag-fine-tuning"),
        ("RAG 还是微条", "vs-rag-fine-tuning"),
        ("微調還是 RAG", "vs-rag-fine-tuning"),
        ("should we use open weights or an API", "vs-open-weight-api"),
        ("开源模型还是 API", "vs-open-weight-api"),
        ("SAFE or priced round", "vs-safe-priced-round"),
        ("SAFE 还是定价轮", "vs-safe-priced-round"),
        ("difference between GDPR and PIPL", "vs-gdpr-pipl"),
        ("GDPR 和个保法有什么区别", "vs-gdpr-pipl"),
        ("POC or paid pilot", "vs-poc-paid-pilot"),
        ("概念验证还是付费试点", "vs-poc-paid-pilot"),
        ("agent or workflow", "vs-agent-workflow"),
        ("智能体和工作流选哪个", "vs-agent-workflow"),
        ("compare an agent with a workflow", "vs-agent-workflow"),
        ("备案还是登记", "vs-filing-registration"),
        ("SOC2 和 ISO27001 的区别", "vs-soc2-iso27001"),
        ("should we take VC or a grant", "vs-vc-strategic-grant"),
        ("seat-based pricing vs usage pricing", "vs-seat-usage-outcome"),
        ("prompt engineering or fine tuning", "vs-prompt-fine-tuning"),
        ("BM25 还是语义检索", "vs-vector-keyword-search"),
    ],
)
def test_what_is_compared_is_answered(matcher: Matcher, question: str, expect: str) -> None:
    result = matcher.find(question)
    assert isinstance(result, Answer)
    assert result.match.entry.id == expect


@pytest.mark.parametrize(
    "question",
    [
        "how do RAG and fine-tuning work",  # names both and compares nothing
        "fine-tuning or not",
        "GDPR or what",
        "is the API down or slow",
        "safe or risky",
        "open weights",
        "RAG or LoRA",
    ],
)
def test_what_compares_nothing_that_is_written_gets_no_comparison(
    matcher: Matcher, question: str
) -> None:
    result = matcher.find(question)
    assert not isinstance(result, Answer) or result.match.entry.kind != "comparison"


def test_every_comparison_is_found_by_its_titles(matcher: Matcher, handbook: Handbook) -> None:
    for comparison in handbook.comparisons:
        first, second = (thing.name for thing in comparison.things[:2])
        for question in (
            f"{first.en} or {second.en}",
            f"{second.en} vs {first.en}",
            f"difference between {first.en} and {second.en}",
            f"{first.zh}和{second.zh}选哪个",
            f"{second.zh} 还是 {first.zh}",
        ):
            result = matcher.find(question)
            assert isinstance(result, Answer), question
            assert result.match.entry is comparison, question


def test_a_word_within_another_compares_nothing() -> None:
    assert not compares("for vendors and mirrors")
    assert compares("A vs B")


def test_the_terminal_draws_rows_and_cells(library: Library) -> None:
    reply = reply_to(library, Audience("en", TODAY), parse("RAG or LoRA"))
    shown = render_plain(reply)
    assert "What it is\n- Retrieval-augmented generation: " in shown

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.grammar import ParsedLine, Verb, parse


@pytest.mark.parametrize(
    ("typed", "verb", "text"),
    [
        ("", Verb.HELP, ""),
        ("   ", Verb.HELP, ""),
        ("help", Verb.HELP, ""),
        ("帮助", Verb.HELP, ""),
        ("?", Verb.HELP, ""),
        ("define RAG", Verb.DEFINE, "RAG"),
        ("定义 微调", Verb.DEFINE, "微调"),
        ("定义：微调", Verb.DEFINE, "微调"),
        ("checklist", Verb.CHECKLIST, ""),
        ("清单 上线", Verb.CHECKLIST, "上线"),
        ("CASE Jasper", Verb.CASE, "Jasper"),
        ("chapter 4.2", Verb.CHAPTER, "4.2"),
        ("章节 第三章", Verb.CHAPTER, "第三章"),
        ("search  pricing ", Verb.SEARCH, "pricing"),
        ("tip", Verb.TIP, ""),
        ("<@U99> define RAG", Verb.DEFINE, "RAG"),
    ],
)
def test_the_first_word_may_be_a_verb(typed: str, verb: Verb, text: str) -> None:
    assert parse(typed) == ParsedLine(verb, text)


@pytest.mark.parametrize(
    ("typed", "verb"),
    [
        ("hlep", Verb.HELP),
        ("cheklist launch", Verb.CHECKLIST),
        ("chekclist x", Verb.CHECKLIST),
        ("difine RAG", Verb.DEFINE),
        ("serach pricing", Verb.SEARCH),
        ("chaptr 3", Verb.CHAPTER),
    ],
)
def test_a_mistyped_verb_is_understood(typed: str, verb: Verb) -> None:
    assert parse(typed).verb is verb


@pytest.mark.parametrize(
    "question",
    [
        "chase payments",
        "care for users",
        "help me choose a model",
        "语言模型是什么",
        "案例分析怎么写",
        "defining moments",
        "RAG 和微调选哪个",
        "tipping point",
    ],
)
def test_a_question_that_begins_like_a_verb_stays_a_question(question: str) -> None:
    assert parse(question) == ParsedLine(Verb.ANSWER, question)


@given(st.text(max_size=500))
def test_any_text_parses(text: str) -> None:
    typed = parse(text)
    assert typed.verb in Verb
    assert len(typed.text) <= 400

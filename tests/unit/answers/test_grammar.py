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
        ("章节 第三章", Verb.CHAPTER, "三"),
        ("search  pricing ", Verb.SEARCH, "pricing"),
        ("tip", Verb.TIP, ""),
        ("<@U99> define RAG", Verb.DEFINE, "RAG"),
        ("<@U99>: define RAG", Verb.DEFINE, "RAG"),
        ("<@U99>，`define` RAG", Verb.DEFINE, "RAG"),
        ("*tips on* mon 9:30", Verb.TIPS, "on mon 9:30"),
        ("&gt; _tips_", Verb.TIPS, ""),
        ("「定义 微调」", Verb.DEFINE, "微调"),
        ("define top_p", Verb.DEFINE, "top_p"),
        (":rocket: checklist launch :+1::skin-tone-2:", Verb.CHECKLIST, "launch"),
        ("第4章", Verb.CHAPTER, "4"),
        ("章节４．", Verb.CHAPTER, "4"),
        ("ch 4.2", Verb.CHAPTER, "4.2"),
        ("tips on #sales", Verb.TIPS, "on"),
        ("add NSM", Verb.ADD, "NSM"),
        ("添加 北极星指标", Verb.ADD, "北极星指标"),
        ("stats", Verb.STATS, ""),
        ("統計", Verb.STATS, ""),
        ("Settings", Verb.SETTINGS, ""),
        ("设置", Verb.SETTINGS, ""),
        ("!!!", Verb.HELP, ""),
        (":+1:", Verb.ANSWER, ":+1:"),
        ("what is “RAG”", Verb.ANSWER, "what is “RAG”"),
        ("at 10:30:15 it failed", Verb.ANSWER, "at 10:30:15 it failed"),
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
        ("stast", Verb.STATS),
        ("setings", Verb.SETTINGS),
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
        "status",
        "startup",
        "setting prices",
        "新增用户怎么算",
    ],
)
def test_a_question_that_begins_like_a_verb_stays_a_question(question: str) -> None:
    assert parse(question) == ParsedLine(Verb.ANSWER, question)


@pytest.mark.parametrize(
    ("typed", "verb", "text"),
    [
        ("搜索定价", Verb.SEARCH, "定价"),
        ("搜尋定價", Verb.SEARCH, "定價"),
        ("周报开 周一 9点半", Verb.TIPS, "开 周一 9点半"),
        ("每周贴士关", Verb.TIPS, "关"),
        ("清单开始上线", Verb.CHECKLIST, "开始上线"),
        ("语言模型", Verb.LANG, "模型"),
    ],
)
def test_a_chinese_verb_without_a_space_is_a_second_reading(
    typed: str, verb: Verb, text: str
) -> None:
    line = parse(typed)
    assert (line.verb, line.text, line.glued) == (Verb.ANSWER, typed, ParsedLine(verb, text))


def test_channels_are_kept_as_they_were_typed() -> None:
    assert parse("tips on <#C2|sales> <#G3>").channels == ("C2", "G3")
    assert parse("tips on #sales mon").channels == ("#sales",)
    assert parse("what is C# and #1").channels == ()


@given(st.text(max_size=500))
def test_any_text_parses(text: str) -> None:
    typed = parse(text)
    assert typed.verb in Verb
    assert len(typed.text) <= 500

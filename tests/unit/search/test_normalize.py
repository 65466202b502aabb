from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.search.normalize import (
    MAX_QUERY_CHARS,
    clean_query,
    fold,
    key_of,
    simplify,
    split_units,
)
from bot.search.stem import root, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KV cache", "ＫＶ　ｃａｃｈｅ"),
        ("fine-tuning", "Fine Tuning"),
        ("fine-tuning", "finetuning"),
        ("获客成本", "获\u200b客成\u200b本"),
        ("提示注入", "提示 注入"),
        ("知识蒸馏", "知識蒸餾"),
        ("naïve", "naive"),
        ("lǜ", "lv"),
    ],
)
def test_these_are_one_name(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_units_are_characters_letter_runs_and_digit_runs() -> None:
    assert [u.text for u in split_units("GPT-4o跑3B模型")] == [
        "gpt",
        "4",
        "o",
        "跑",
        "3",
        "b",
        "模",
        "型",
    ]


def test_two_capitals_mark_an_abbreviation() -> None:
    assert [u.caps for u in split_units("RAG Moat llm")] == [True, False, False]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@U1> what is RAG", "what is RAG"),
        ("<!here|here> KV cache", "KV cache"),
        ("<#C1|general> 微调", "微调"),
        ("<https://x.example/a|RAG> 是什么", "RAG 是什么"),
        ("a &amp; b", "a & b"),
        ("\x00moat\x00", "moat"),
        (":收到: 微调", "微调"),
        ("什么是RAG :thumbsup_中国:", "什么是RAG"),
        ("RAG:检索:生成", "RAG:检索:生成"),
    ],
)
def test_what_slack_adds_is_taken_out(typed: str, meant: str) -> None:
    assert clean_query(typed) == meant


@given(st.text(max_size=3000))
def test_any_text_is_cleaned_to_a_bounded_one_without_live_mentions(text: str) -> None:
    cleaned = clean_query(text)
    assert len(cleaned) <= MAX_QUERY_CHARS
    assert "\x00" not in cleaned
    assert cleaned == " ".join(cleaned.split())


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_the_key_of_a_text_is_its_units_joined(text: str) -> None:
    assert key_of(text) == "".join(unit.text for unit in split_units(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("models", "model"),
        ("fallacies", "fallacy"),
        ("optimise", "optimize"),
        ("tokenisation", "tokenization"),
        ("behaviour", "behavior"),
        ("labelled", "labeled"),
        ("batches", "batch"),
    ],
)
def test_plural_and_british_spelling_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bias", "corpus", "loss", "analysis", "llmops", "saas"])
def test_words_that_only_look_plural_stay(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"), [("billing", "billed"), ("deletion", "deleted"), ("pricing", "price")]
)
def test_word_forms_share_a_root(one: str, other: str) -> None:
    assert root(one) == root(other)


def test_each_traditional_character_is_simplified() -> None:
    """What the list of them lacks would be left as it is."""
    convert = OpenCC("t2s").convert
    han = [*map(chr, range(0x3400, 0xA000)), *map(chr, range(0xF900, 0xFB00))]
    assert [char for char in han if simplify(char) != convert(char)] == []


@pytest.mark.parametrize("phrase", ["瞭解", "反覆", "沈默", "藉口", "英哩", "甦醒", "明瞭"])
def test_so_is_what_is_written_otherwise_in_phrases_alone(phrase: str) -> None:
    assert simplify(phrase) == OpenCC("t2s").convert(phrase) != phrase

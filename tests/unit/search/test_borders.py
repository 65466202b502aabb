"""A name is not made of pieces of other words, nor of whatever happens to sound like it."""

from __future__ import annotations

import pytest

from bot.search import Answer
from bot.search.borders import is_pieced, sounds_by_chance
from bot.search.library import Library


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("粤语识别差十个点", "jailbreak"),
        ("短期实验怎么省钱", "bias-fairness"),
        ("直播间机器人怎么做", "fallback"),
        ("后面像挤牙膏", "fallback"),
        ("商标注册多少钱", "data-labeling"),
        ("分析十万人样本", "dilution"),
        ("立项书只写了两页", "rate-limit"),
        ("剩四分之一的钱", "dl-framework"),
        ("五个人就卡死", "gpu-rental"),
    ],
)
def test_pieces_of_other_words_are_no_answer(library: Library, query: str, entry_id: str) -> None:
    found = library.matcher.find(query)
    assert not (isinstance(found, Answer) and found.matches[0].entry.id == entry_id)


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("微条怎么做", "fine-tuning"),
        ("威条是什么", "fine-tuning"),
        ("大模型微条的成本", "fine-tuning"),
        ("换觉怎么减少", "hallucination"),
    ],
)
def test_homophones_of_a_name_are_still_found(library: Library, query: str, entry_id: str) -> None:
    found = library.matcher.find(query)
    assert isinstance(found, Answer)
    assert found.matches[0].entry.id == entry_id


def test_a_piece_on_both_sides_or_a_word_and_a_piece_is_no_name() -> None:
    assert is_pieced("商标注册", 1, 3)
    assert not is_pieced("数据标注", 2, 4)


def test_what_stands_alone_may_sound_like_a_name_with_no_character_of_it() -> None:
    assert not sounds_by_chance("威条", [1, 1], 0, 2, ["微调"])
    assert sounds_by_chance("像威条子", [1, 1, 1, 1], 1, 3, ["微调"])
    assert not sounds_by_chance("做威条吗", [0, 1, 1, 0], 1, 3, ["微调"])

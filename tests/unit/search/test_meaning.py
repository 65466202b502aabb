from __future__ import annotations

from math import isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.meaning import (
    DIM,
    Vector,
    domain_odds,
    likeness,
    likenesses,
    mean,
    scaled,
    vector_of,
    word_rows,
)
from bot.search.packed import STEPS, pack, sketches_of, unpack
from bot.search.segment import segment
from bot.search.sketches import nearest_sketches, sketch


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("users leave after a month", "客户用了一个月就走了", "the server room is too hot"),
        ("the bill is too high", "账单太贵了", "who may sign the contract"),
        ("investors want their money back", "投资人要退钱", "translate this page"),
    ],
)
def test_texts_of_one_meaning_are_near_whatever_their_language(
    one: str, other: str, far: str
) -> None:
    vector = vector_of(one)
    near, not_near = vector_of(other), vector_of(far)
    assert vector
    assert near
    assert not_near
    assert likeness(vector, near) > likeness(vector, not_near)


@pytest.mark.parametrize("text", ["", "12345", "!!!", "🙂", "щщщ"])
def test_a_text_without_a_known_word_has_no_meaning(text: str) -> None:
    assert vector_of(text) is None


@given(st.text(max_size=80))
def test_a_vector_has_length_one(text: str) -> None:
    vector = vector_of(text)
    if vector:
        assert len(vector) == DIM
        assert isclose(likeness(vector, vector), 1.0, abs_tol=1e-4)


def test_another_form_of_a_word_has_its_row() -> None:
    assert list(word_rows("quantizes")) == list(word_rows("quantize"))


def test_the_mean_of_one_is_itself() -> None:
    vector = vector_of("fine-tuning")
    assert vector
    middle = mean([vector])
    assert middle
    assert isclose(likeness(vector, middle), 1.0, abs_tol=1e-4)


@pytest.mark.parametrize(
    ("question", "chat"),
    [
        ("how much equity for the first engineer", "who wants pizza tonight"),
        ("模型回答太慢怎么优化", "空调温度调高一点"),
        ("do we need a licence for our chatbot in china", "the train was late again"),
    ],
)
def test_questions_are_of_the_domain_and_chat_is_not(question: str, chat: str) -> None:
    asked, said = vector_of(question), vector_of(chat)
    assert asked
    assert said
    assert domain_odds(asked) > 0 > domain_odds(said)


@pytest.mark.parametrize(
    ("text", "words"),
    [("投资人要回购", ["投资人", "要", "回购"]), ("", []), ("模型", ["模型"])],
)
def test_chinese_is_cut_into_words(text: str, words: list[str]) -> None:
    assert segment(text) == words


@given(st.text(alphabet="模型投资人要退钱的产品公司", max_size=40))
def test_the_words_joined_are_the_text(text: str) -> None:
    assert "".join(segment(text)) == text


def test_the_nearest_vectors_are_among_the_nearest_sketches() -> None:
    random = Random(7)

    def vector() -> Vector:
        return scaled([random.gauss(0, 1) for _ in range(DIM)]) or ()

    vectors = [vector() for _ in range(400)]
    sketches = [sketch(one) for one in vectors]
    for _ in range(20):
        asked = vector()
        likes = likenesses(asked, vectors)
        best = max(range(len(likes)), key=likes.__getitem__)
        near = nearest_sketches(sketch(asked), sketches, 40)
        assert best in near
        assert 40 <= len(near) < 80


def test_a_packed_vector_keeps_its_sketch_and_its_numbers() -> None:
    random = Random(8)
    drawn = [scaled([random.gauss(0, 1) for _ in range(DIM)]) for _ in range(300)]
    ends: list[Vector] = [(edge, *(0.0,) * (DIM - 1)) for edge in (1.0, -1.0)]
    vectors = [*filter(None, drawn), *ends]
    packed = pack(vectors)
    assert list(sketches_of(packed)) == list(map(sketch, vectors))
    for row, vector in enumerate(vectors):
        assert max(abs(a - b) for a, b in zip(vector, unpack(packed, row), strict=True)) < 1 / STEPS

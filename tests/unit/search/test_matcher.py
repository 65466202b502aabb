"""What people type and what they must get, kind by kind. Cases show behaviours, not strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handbook import Handbook, Kind, Term
from bot.i18n import Text
from bot.search import Answer, How, Matcher, Nothing, Suggestions


def best(matcher: Matcher, query: str) -> str:
    result = matcher.find(query)
    return result.matches[0].entry.id if result.matches else ""


@pytest.mark.parametrize(
    ("query", "expected", "how"),
    [
        ("fine-tuning", "fine-tuning", How.EXACT),
        ("微调", "fine-tuning", How.EXACT),
        ("FINE TUNING", "fine-tuning", How.EXACT),
        ("finetuning", "fine-tuning", How.EXACT),
        ("ＫＶ　ｃａｃｈｅ", "kv-cache", How.EXACT),
        ("RLHF", "rlhf", How.EXACT),
        ("知識蒸餾", "distillation", How.EXACT),
        ("scaling laws", "scaling-law", How.EXACT),
        ("knowledge distillations", "distillation", How.SPELLING),
        ("微条", "fine-tuning", How.SOUND),
        ("weitiao", "fine-tuning", How.SOUND),
        ("wei tiao", "fine-tuning", How.SOUND),
        ("wei1 tiao2", "fine-tuning", How.SOUND),
        ("wēi tiáo", "fine-tuning", How.SOUND),
        ("sjfl", "data-flywheel", How.INITIALS),
        ("contiuous batching", "continuous-batching", How.TYPO),
        ("promt injection", "prompt-injection", How.TYPO),
        ("speculative decodign", "speculative-decoding", How.TYPO),
        ("吞吐亮", "throughput", How.SOUND),
        ("联邦 learning", "federated-learning", How.MIXED),
    ],
)
def test_a_name_is_found_however_it_is_typed(
    matcher: Matcher, query: str, expected: str, how: How
) -> None:
    result = matcher.find(query)
    assert isinstance(result, Answer)
    assert (result.match.entry.id, result.match.how) == (expected, how)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("what is prompt injection in plain words", "prompt-injection"),
        ("上下文工程平时具体做些什么", "context-engineering"),
        ("what is differental privacy", "differential-privacy"),
        ("使用者流失率怎麼降", "churn"),
        ("LoRA 的秩设成多少合适", "lora"),
    ],
)
def test_a_term_is_found_inside_a_question(matcher: Matcher, query: str, expected: str) -> None:
    assert best(matcher, query) == expected


def test_a_name_beside_what_the_question_is_about_is_offered_with_it(matcher: Matcher) -> None:
    result = matcher.find("LoRA 和全量训练差多少")
    assert isinstance(result, Suggestions)
    assert {"lora", "peft"} <= {match.entry.id for match in result.matches[:3]}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("RAG 和 LoRA 选哪个", {"rag", "lora"}),
        ("RAG or LoRA", {"rag", "lora"}),
        ("dp", {"data-parallel", "differential-privacy"}),
        ("FP8", {"mixed-precision", "quantization"}),
    ],
)
def test_two_that_may_be_meant_are_both_offered(
    matcher: Matcher, query: str, ids: set[str]
) -> None:
    result = matcher.find(query)
    assert isinstance(result, Suggestions)
    assert ids <= {match.entry.id for match in result.matches[:3]}


@pytest.mark.parametrize(
    "query",
    [
        "who took my charger",
        "明天团建几点集合",
        "terraform state lock",
        "pilot license cost in texas",
        "？",
        "",
        "   ",
        "'; DROP TABLE terms; --",
        "🙂🙂",
        "\u202e\u200b",
        "今晚吃什么",
        "lorem ipsum dolor",
    ],
)
def test_what_is_about_none_of_this_gets_no_confident_answer(matcher: Matcher, query: str) -> None:
    assert not isinstance(matcher.find(query), Answer)


def test_part_of_a_question_frame_is_no_homophone(matcher: Matcher) -> None:
    assert best(matcher, "公司值多少钱") != "burn-rate"


def test_one_accidental_word_is_no_topic(matcher: Matcher) -> None:
    assert isinstance(matcher.find("who took my charger"), Nothing)


def test_another_things_name_that_holds_a_term_is_not_answered(matcher: Matcher) -> None:
    assert not isinstance(matcher.find("transfer pricing documentation"), Answer)


def test_a_kind_can_be_asked_for(matcher: Matcher) -> None:
    result = matcher.find("term sheet", [Kind.CHECKLIST])
    assert {match.entry.kind for match in result.matches} == {Kind.CHECKLIST}
    assert result.matches[0].entry.id == "cl-term-sheet"


def test_terms_of_a_long_text_come_longest_first_and_once(matcher: Matcher) -> None:
    text = "RAG first, then fine-tuning. Fine tuning again; prompt injection is a risk."
    ids = [entry.id for entry in matcher.find_terms(text)]
    assert ids == ["prompt-injection", "fine-tuning", "rag"]


def test_everyday_words_are_no_terms_of_a_text(matcher: Matcher) -> None:
    assert matcher.find_terms("is it safe to come at noon? bring a map and a friend") == []


@settings(max_examples=150, deadline=None)
@given(query=st.text(max_size=400))
def test_any_text_gets_an_outcome_with_ranked_scores(matcher: Matcher, query: str) -> None:
    scores = [match.score for match in matcher.find(query).matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len(scores) <= 5


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_slip_in_a_long_english_name_never_hides_it(
    matcher: Matcher, data: st.DataObject
) -> None:
    titles = [e.title.en for e in matcher.handbook.by_kind[Kind.TERM] if len(e.title.en) > 12]
    title = data.draw(st.sampled_from(titles))
    at = data.draw(st.integers(2, len(title) - 2).filter(lambda i: title[i].isalpha()))
    slip = title[:at] + title[at + 1 :]
    found = [match.entry.title.en for match in matcher.find(slip).matches[:3]]
    assert title in found, (slip, found)


def test_names_of_a_teams_own_list_are_found_beside_the_handbook(handbook: Handbook) -> None:
    own = Term(
        id="zhong-tai", file="glossary/own.csv", title=Text("数据中台", "Data middle office")
    )
    matcher = Matcher(Handbook({**handbook.entries, own.id: own}))
    assert best(matcher, "shujuzhongtai") == "zhong-tai"
    assert best(matcher, "data midle office") == "zhong-tai"

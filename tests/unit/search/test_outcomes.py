"""When a name answers outright, when it is offered, and what makes it another name."""

from __future__ import annotations

import pytest

from bot.handbook import Handbook, Kind, Term
from bot.i18n import Lines, Text
from bot.search import Answer, Matcher, Nothing, Suggestions
from bot.search.focus import asking_part
from bot.search.indexes import Indexes


def shown(matcher: Matcher, query: str) -> list[str]:
    result = matcher.find(query)
    return [] if isinstance(result, Nothing) else [m.entry.id for m in result.matches]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("prompt", "prompt"),
        ("what is a prompt", "prompt"),
        ("显卡是什么", "gpu"),
        ("how do I reduce hallucinations", "hallucination"),
        ("our model hallucinates too much", "hallucination"),
        ("is our model quantized", "quantization"),
        ("我们要不要做私有化", "private-deployment"),
        ("RGPD", "gdpr"),
        ("ファインチューニング", "fine-tuning"),
        ("量子化", "quantization"),
        ("대규모 언어 모델", "llm"),
    ],
)
def test_a_name_that_is_asked_for_is_the_answer(
    matcher: Matcher, query: str, expected: str
) -> None:
    result = matcher.find(query)
    assert isinstance(result, Answer)
    assert result.match.entry.id == expected


@pytest.mark.parametrize(
    "query",
    [
        "please be prompt",
        "ISO 9001",
        "优先分红权",
        "encoder-only model",
        "machine unlearning",
        "半监督学习",
        "model denial of service",
        "the GPU fan is loud",
        "AI는 왜 긴 대화에서 앞을 잊나요",
    ],
)
def test_what_only_looks_like_a_name_is_no_answer(matcher: Matcher, query: str) -> None:
    assert not isinstance(matcher.find(query), Answer)


@pytest.mark.parametrize(
    ("query", "entry_id"), [("代理人", "agent"), ("權杖", "token"), ("Apache 2.0", "open-weight")]
)
def test_a_regional_name_is_offered(matcher: Matcher, query: str, entry_id: str) -> None:
    assert isinstance(matcher.find(query), Suggestions)
    assert entry_id in shown(matcher, query)


def test_an_offered_name_in_pieces_is_no_answer_either(matcher: Matcher) -> None:
    query = "what does a lead normally get besides shares, board seat, veto, info rights?"
    assert isinstance(matcher.find(query), Suggestions)


def test_a_word_that_several_names_share_offers_them(matcher: Matcher) -> None:
    assert isinstance(matcher.find("备案"), Suggestions)
    assert {"genai-filing", "algorithm-filing"} <= {*shown(matcher, "备案")}


@pytest.mark.parametrize("query", ["查清知情权和转让限制", "check information and transfer limits"])
def test_the_item_that_speaks_of_it_is_named(matcher: Matcher, query: str) -> None:
    found = {match.entry.id: match for match in matcher.find(query).matches}
    assert found["cl-term-sheet"].item == 8


def test_a_slip_inside_a_question_does_not_hide_what_it_is_about(matcher: Matcher) -> None:
    assert shown(matcher, "can sytem prompts leak")[0] == "system-prompt"


STORY = (
    "我们是做教育的，团队八个人，去年底上线了第一版，当时用的是别家的接口，后来老板说要自己训练一个，"
    "找了两台机器，数据大概有三万条，都是老师们手工写的，中间换过一次供应商，也请过外包，花了差不多四个月，"
    "效果一直时好时坏，客户那边催得很紧。所以想问一下，微调到底要多少数据才够？"
)


def test_a_long_story_is_answered_by_what_it_asks(matcher: Matcher) -> None:
    assert asking_part(STORY).endswith("微调到底要多少数据才够？")
    assert shown(matcher, STORY)[0] == "fine-tuning"


def test_an_english_story_without_end_is_read_to_the_end(matcher: Matcher) -> None:
    story = "We met the fund in March and talked a lot about the market. " * 12
    assert "vesting" in shown(matcher, f"{story}What is vesting?")[:1]


def test_search_lists_the_name_first_and_much_that_is_about_it(matcher: Matcher) -> None:
    found = [match.entry.id for match in matcher.search("GPU")]
    assert found[0] == "gpu"
    assert len(found) >= 10


def test_a_list_holds_the_best_topics_beside_a_name(matcher: Matcher) -> None:
    result = matcher.find("labelled with GPT-4o, then trained our own small model on it")
    assert isinstance(result, Suggestions)
    assert len(result.matches) > 1


def test_entries_added_later_profit_from_meaning_without_a_rebuild(
    handbook: Handbook, matcher: Matcher
) -> None:
    own = Term(
        id="kitchen-duty",
        file="glossary/own.csv",
        title=Text("值日表", "Kitchen rota"),
        short=Text("谁哪天打扫厨房和倒垃圾", "Who cleans the kitchen and takes out the rubbish"),
    )
    more = Handbook({**handbook.entries, own.id: own})
    later = Matcher(more, Indexes(more, before=matcher.indexes))
    ranked = later.rank("rota for cleaning the kitchen", [Kind.TERM])
    assert ranked[0].entry.id == own.id
    assert ranked[0].topic
    assert ranked[0].topic.nearest > 0


@pytest.mark.parametrize(
    "query",
    [
        "can you explain rag",
        "help rag",
        "Help: what is RAG",
        "Can someone please help me understand RAG?",
        "could you tell me what rag means, thanks",
        "help me understand what rag is",
        "帮助我理解 RAG",
        "谁能科普一下 rag 是什么意思",
    ],
)
def test_a_question_wrapped_in_manners_is_answered(matcher: Matcher, query: str) -> None:
    result = matcher.find(query)
    assert isinstance(result, Answer)
    assert result.matches[0].entry.id == "rag"


@pytest.mark.parametrize("query", ["can you please be prompt", "could you give me a prompt reply"])
def test_manners_alone_do_not_ask(matcher: Matcher, query: str) -> None:
    assert not isinstance(matcher.find(query), Answer)


FILLER = "We sell to offices, the team is tired and all of it is busy. " * 20


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_the_question_in_a_long_story_is_found_wherever_it_stands(
    matcher: Matcher, place: str
) -> None:
    question = "What is fine-tuning? "
    before = {"first": "", "middle": FILLER, "last": FILLER * 2}[place]
    after = {"first": FILLER * 2, "middle": FILLER, "last": ""}[place]
    result = matcher.find(before + question + after)
    assert result.matches
    assert result.matches[0].entry.id == "fine-tuning"


def test_the_end_of_a_text_longer_than_slack_sends_is_read(matcher: Matcher) -> None:
    story = "The staff of our second office moved in and everybody talks about the carpet. " * 75
    result = matcher.find(story + "So what does fine-tuning mean?")
    assert result.matches
    assert result.matches[0].entry.id == "fine-tuning"


@pytest.mark.parametrize(
    ("story", "about"),
    [
        (
            "Our eval story is basically me and the PM clicking through twenty prompts before each "
            "release. Last Thursday we changed one line in the instructions to fix a tone issue, "
            "and over the weekend the support answers for refunds started to be wrong in like a "
            "third of the cases. Nobody saw it until a customer posted it. Suggestions?",
            {"cl-eval-set", "evals", "golden-set"},
        ),
        (
            "We fine-tuned an 8B model on 12k of our own support tickets and on our tickets it's "
            "great, clearly better than the base. But since we shipped it people complain that it "
            "can't do simple things anymore like write a normal email or do basic math, and it "
            "answers everything in the ticket template, even hello. What am I missing?",
            {"catastrophic-forgetting", "overfitting"},
        ),
        (
            "收到客户法务邮件，说我们用了国外的模型接口，要求说明他们的员工信息有没有传到境外，"
            "如果传了有没有做评估和备案，三天之内书面答复，不然终止合同。我们确实有一部分请求走了"
            "新加坡的节点，里面可能有手机号和姓名。求助各位！大家怎么看？",
            {"cross-border-transfer", "cl-supplier-data", "pipl"},
        ),
    ],
)
def test_a_story_that_ends_in_a_bare_appeal_is_read_itself(
    matcher: Matcher, story: str, about: set[str]
) -> None:
    assert about & set(shown(matcher, story)[:2])


def test_what_a_long_question_names_is_among_what_is_shown(matcher: Matcher) -> None:
    told = "our Ollama box is slow, the gpu memory fills up and long answers stop halfway"
    assert "ollama" in shown(matcher, f"{told}, would fp8 help")
    assert "qwen" in shown(matcher, "our Qwen setup answers slowly when ten people ask at once")


@pytest.mark.parametrize(("hub", "plain"), [("hinge", "rail"), ("rail", "hinge")])
def test_of_entries_that_fit_alike_the_one_that_others_lead_to_comes_first(
    hub: str, plain: str
) -> None:
    ask = Lines(en=("the drawer sticks when it rains",))
    twins = [
        Term(id=i, title=Text(name, name), file="a.toml", short=Text(name, name), asks=ask)
        for i, name in (("hinge", "Wardrobe hinge"), ("rail", "Cupboard rail"))
    ]
    links = [
        Term(id=f"l{n}", title=Text(f"词{n}", f"word {n}"), file="a.toml", related=(hub,))
        for n in range(6)
    ]
    handbook = Handbook({entry.id: entry for entry in (*twins, *links)})
    found = Matcher(handbook).rank("the drawer sticks when it rains")
    assert [evidence.entry.id for evidence in found[:2]] == [hub, plain]

from __future__ import annotations

import json

import pytest

from bot.handbook import Kind
from bot.playground.limits import find_problems
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons


def titles(message: dict[str, object]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


def test_a_question_is_answered_in_the_ack_without_calling_slack(world: World) -> None:
    before = len(world.slack.calls)
    world.bot.edge.languages.learn(TEAM, "U1", "en-GB")
    world.bot.edge.people.learn(TEAM, "U1", {"id": "U1"})
    message = world.ask("微条是什么")
    assert message["response_type"] == "ephemeral"
    assert message["blocks"][0]["text"]["text"] == "微调 · Fine-tuning"
    assert len(world.slack.calls) == before


def test_the_answer_follows_the_script_of_the_question(world: World) -> None:
    assert world.ask("what is fine-tuning")["blocks"][0]["text"]["text"] == "Fine-tuning · 微调"


def test_a_known_chinese_locale_answers_an_abbreviation_in_chinese(world: World) -> None:
    world.slack.change_user("U2", locale="zh-CN")
    assert world.ask("RAG", user="U2")["blocks"][0]["text"]["text"].startswith("Retrieval")
    assert world.ask("RAG", user="U2")["blocks"][0]["text"]["text"].startswith("检索")


@pytest.mark.parametrize("text", ["", "help", "帮助", "hlep"])
def test_help_has_three_examples(world: World, text: str) -> None:
    assert len(buttons(world.ask(text)["blocks"], "ask")) == 3


def test_a_miss_says_so_and_names_the_query(world: World) -> None:
    message = world.ask("who took my charger")
    assert "“who took my charger” is not in the handbook." in titles(message)


def test_two_terms_that_are_compared_in_the_handbook_get_the_comparison(world: World) -> None:
    message = world.ask("RAG 和微调选哪个")
    assert message["blocks"][0]["text"]["text"] == "RAG 还是微调 · RAG or fine-tuning"
    world.click(buttons(message["blocks"], "more")[0])
    (whole,) = world.slack.of("response_url")
    rows = [block for block in whole["blocks"] if "fields" in block]
    assert len(rows) == 6
    assert all(len(row["fields"]) == 2 for row in rows)


def test_two_terms_that_are_not_stand_side_by_side(world: World) -> None:
    message = world.ask("RAG 和 LoRA 选哪个")
    values = {button["value"] for button in buttons(message["blocks"], "open")}
    assert values == {"zh|rag", "zh|lora"}
    assert [len(b["fields"]) for b in message["blocks"] if "fields" in b] == [2, 2]


@pytest.mark.parametrize(
    ("text", "kind"), [("define", "terms"), ("checklist", "checklists"), ("case", "cases")]
)
def test_a_kind_without_text_lists_it(world: World, text: str, kind: str) -> None:
    message = world.ask(text)
    assert message["text"].splitlines()[0].endswith(kind)
    seen = [b["value"] for b in buttons(message["blocks"], "open")]
    while onward := [b for b in buttons(message["blocks"], "list_page")
                     if b.get("text", {}).get("text") == "Next"]:  # fmt: skip
        world.click(onward[0])
        message = world.slack.of("response_url")[-1]
        assert message["replace_original"]
        assert find_problems({k: message[k] for k in ("text", "blocks")}, "message") == []
        seen += [b["value"] for b in buttons(message["blocks"], "open")]
    entries = world.bot.content.current.handbook.by_kind[Kind(kind.removesuffix("s"))]
    assert sorted(seen) == sorted(f"en|{entry.id}" for entry in entries), "each once"


def test_a_kind_restricts_the_answer(world: World) -> None:
    message = world.ask("checklist eval set")
    assert "建立评测集" in message["blocks"][0]["text"]["text"]


@pytest.mark.parametrize("text", ["chapter", "章节", "目录"])
def test_chapters_are_seven_buttons(world: World, text: str) -> None:
    assert len(buttons(world.ask(text)["blocks"], "chapter")) == 7


@pytest.mark.parametrize("text", ["chapter 4", "章节 第四章", "chapter 4.2"])
def test_chapters_lead_down_to_sections(world: World, text: str) -> None:
    assert buttons(world.ask(text)["blocks"], "open")


def test_a_section_names_its_entries_in_one_line(world: World) -> None:
    message = world.ask("chapter 4.2.2")
    assert "In this section" in titles(message)
    assert buttons(message["blocks"], "more")


def test_an_unknown_chapter_names_the_range(world: World) -> None:
    assert "1 to 7" in world.ask("chapter 12")["text"]


def test_search_ranks_all_kinds(world: World) -> None:
    message = world.ask("search 定价")
    assert len(buttons(message["blocks"], "open")) == 10


def test_a_tip_is_one_of_chapter_six(world: World) -> None:
    message = world.ask("tip")
    assert message["blocks"][0]["text"]["text"] == "Strategy tip"


@pytest.mark.parametrize(
    "text", ["<!channel> zzzq", "<@U2> <!here|here> zzzq", "&lt;!everyone&gt; zzzq"]
)
def test_a_broadcast_in_a_query_is_never_live(world: World, text: str) -> None:
    body = world.send(payloads.command(text)).body
    assert "<!" not in body
    assert "<@" not in body


@pytest.mark.parametrize(
    "text", ["a" * 5000, "模" * 5000, "\x00", "\u200b\u200d", "🙂" * 300, "*_~`"]
)
def test_odd_text_gets_an_answer(world: World, text: str) -> None:
    response = world.send(payloads.command(text))
    assert response.status == 200
    assert response.json()["response_type"] == "ephemeral"


def test_an_error_is_one_private_sentence_with_a_reference(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(world.bot.answers.bodies), "get", fail)
    response = world.send(payloads.command("RAG"))
    assert response.status == 200
    message = response.json()
    assert message["response_type"] == "ephemeral"
    assert "secret detail" not in response.body
    (record,) = [r for r in caplog.records if r.name == "bot.errors"]
    assert str(record.args[1]) in message["text"]  # type: ignore[index]


def test_the_log_holds_neither_the_question_nor_tokens(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    world.ask("our secret pivot plan")
    world.send(payloads.mention("our secret pivot plan"))
    text = caplog.text
    assert "secret pivot" not in text
    assert "xoxb-" not in text

"""What people type, through the real app: commands, mentions and direct messages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.answers import words
from bot.handbook.models import Kind
from bot.settings import ROOT
from bot.tips import words as tip_words
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import BOT, TEAM
from tests.support.payloads import buttons
from tests.support.tips import list_subscriptions

EXAMPLE = re.compile(r"`(?:/llm-startup|\{(?:c|command|before)\}) ?([^`{}]*)`")


def said(world: World, text: str, **who: str) -> str:
    """All that a typed command brings, in the ack or after it, as one text."""
    world.slack.calls.clear()
    response = world.send(payloads.command(text, **who))
    assert response.status == 200
    after = [call.params for call in world.slack.calls if call.method != "users.info"]
    return response.body + json.dumps(after, ensure_ascii=False)


def answer(world: World, text: str) -> str:
    return str(world.ask(text)["blocks"][0]["text"]["text"])


@pytest.mark.parametrize(
    "text",
    [": rag", "，RAG", "： define RAG", "`define RAG`", "*define* RAG", "_define_: RAG.", "> RAG",
     "“define RAG”", "RAG :thinking_face:", ":fire: define RAG", "• RAG",
     "define: RAG :+1:"],
)  # fmt: skip
def test_marks_punctuation_and_emoji_around_what_is_typed_mean_nothing(
    world: World, text: str
) -> None:
    assert answer(world, text) == "Retrieval-augmented generation · 检索增强生成"
    world.send(payloads.mention(text))
    (message,) = world.slack.of("chat.postMessage")
    assert message["text"].startswith("Retrieval-augmented generation")


@pytest.mark.parametrize(
    "text", ["help.", "help!", "`help`", "*help*", "帮助。", "帮助！", "", ":", "HELP?"]
)
def test_help_is_help_whatever_stands_around_it(world: World, text: str) -> None:
    assert len(buttons(world.ask(text)["blocks"], "ask")) == 3


@pytest.mark.parametrize(
    "text", [":+1:", "+1", "thanks", "你好", "who are you", "wait what", "https://example.com/a"]
)
def test_small_talk_gets_one_line_and_no_list(world: World, text: str) -> None:
    message = world.ask(text)
    assert len(message["blocks"]) == 1
    assert "/llm-startup" in message["text"]


@pytest.mark.parametrize(
    "filler",
    [
        "我们公司做企业软件，客户很多，最近一直在讨论各种事情。",
        "We sell to offices, and all is busy. ",
    ],
)  # fmt: skip
def test_a_question_after_a_long_preamble_is_answered(world: World, filler: str) -> None:
    ask = "什么是微调？" if filler[0] == "我" else "What is fine-tuning?"
    assert "Fine-tuning" in said(world, filler * 20 + ask)


@pytest.mark.parametrize("text", ["chapter ４", "chapter 4.", "第4章", "第四章", "章节4", "章节四",
                                  "chapter4", "Chapter four", "章节：4。", "第 4 章"])  # fmt: skip
def test_a_chapter_is_found_however_its_number_is_written(world: World, text: str) -> None:
    assert answer(world, text) in ("挑战与应对策略", "Challenges and responses")


def test_chinese_verbs_need_no_space(world: World) -> None:
    assert "“定价”的搜索结果" in said(world, "搜索定价")
    assert answer(world, "定义微调").startswith("微调")
    assert answer(world, "案例Jasper").startswith("Jasper")
    assert "上线" in said(world, "清单上线")
    assert "以后都用中文回答你" in said(world, "语言中文")
    assert "要开始哪份清单" in said(world, "清单开始上线")
    said(world, "周报开周三9点半上海")
    found = world.bot.storage.subscriptions.find(TEAM, "C1")
    assert found is not None
    assert (found.schedule.weekday, found.schedule.zone) == (2, "Asia/Shanghai")


@pytest.mark.parametrize("text", ["语言模型是什么", "语言模型"])
def test_a_name_that_begins_like_a_verb_is_that_name(world: World, text: str) -> None:
    assert "Large language model" in answer(world, text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("tips onn", "`/llm-startup tips on`"), ("tips on someday", "not a day of the week"),
        ("tips on every day", "once a week"), ("tips are useless", "did not understand"),
        ("tips skip this week", "`/llm-startup tips pause 1`"), ("lang fr", "lang zh"),
        ("语言 法语", "lang zh"), ("tips help", "tips pause 2"), ("tips unpause", "are off"),
        ("tips turn off", "are off"), ("tips on mon 9-10", "not a time of day"),
        ("周报 开 周一 晚上12点", "24 小时制"), ("tips on mon 9:30 +8", "UTC+8"),
    ],
)  # fmt: skip
def test_a_line_that_begins_with_the_verb_is_about_it_and_its_fault_is_named(
    world: World, text: str, part: str
) -> None:
    assert part in said(world, text)


def test_a_chinese_verb_is_answered_in_chinese_whatever_stands_behind_it(world: World) -> None:
    assert "没有开启" in said(world, "周报 off")


class TestChannels:
    def turned_on(self, world: World) -> list[str]:
        return [sub.channel_id for sub in list_subscriptions(world.bot.storage, TEAM)]

    def test_tips_act_on_the_channel_that_is_named(self, world: World) -> None:
        world.slack.add_channel("C77")
        world.send(payloads.mention("tips on mon 9:30 <#C77|marketing>"))
        assert self.turned_on(world) == ["C77"]
        (message,) = world.slack.of("chat.postMessage")
        assert message["channel"] == "C77"
        (told,) = world.slack.of("chat.postEphemeral")
        assert told["channel"] == "C1"
        assert told["text"].startswith("<#C77>: <@U1> turned weekly tips on")

    def test_a_private_reply_stays_where_it_was_typed_and_names_the_channel(
        self, world: World
    ) -> None:
        world.slack.add_channel("C77")
        world.send(payloads.mention("tips off <#C77|marketing>"))
        (message,) = world.slack.of("chat.postEphemeral")
        assert message["channel"] == "C1"
        assert message["text"].startswith("<#C77>: ")
        assert "<#C77>" in str(message["blocks"])

    def test_from_a_direct_message_too(self, world: World) -> None:
        world.slack.add_channel("C77")
        world.send(payloads.direct_message("tips on <#C77|>"))
        assert self.turned_on(world) == ["C77"]

    def test_only_if_the_person_is_in_it(self, world: World) -> None:
        world.slack.add_channel("C77").members.discard("U1")
        assert "You are not in <#C77>" in said(world, "tips on <#C77|marketing>")
        assert self.turned_on(world) == []

    def test_only_if_the_bot_is_in_it(self, world: World) -> None:
        world.slack.add_channel("C77").members.discard(BOT)
        assert "I am not in <#C77>" in said(world, "tips on mon 9:30 <#C77|marketing>")
        assert self.turned_on(world) == []

    @pytest.mark.parametrize("text", ["tips on #marketing", "checklist start launch #sales"])
    def test_a_name_that_is_no_link_is_refused(self, world: World, text: str) -> None:
        assert "not linked to a channel" in said(world, text)
        assert self.turned_on(world) == []

    def test_two_channels_are_refused(self, world: World) -> None:
        assert "one channel at a time" in said(world, "tips on <#C1|a> <#C77|b>")
        assert self.turned_on(world) == []


class TestExamples:
    """Each example that the product shows gets what one would expect."""

    def shown(self) -> list[str]:
        texts = [words.HELP_VERBS, words.NO_NEAR, words.EMPTY_SEARCH, words.LANG_HELP,
                 tip_words.HELP, tip_words.END_NOTICE, *words.CHATTER.values()]  # fmt: skip
        typed = [found[1] or "" for t in texts for half in (t.zh, t.en)
                 for found in EXAMPLE.finditer(half)]  # fmt: skip
        readme = EXAMPLE.findall((ROOT / "README.md").read_text("utf-8"))
        return list(dict.fromkeys([*typed, *(text for text in readme if "<" not in text)]))

    def test_none_is_missed_by_the_bot(self, world: World) -> None:
        shown = self.shown()
        assert len(shown) > 20
        for text in shown:
            answered = said(world, text)
            for miss in ("not in the handbook", "手册里没有", "did not understand", "没看懂"):
                assert miss not in answered, text

    def test_the_questions_of_help_are_answered_or_offered(self, world: World) -> None:
        wanted = ({"vs-rag-fine-tuning"}, {"term-sheet"}, {"cl-agent-launch"})
        for example, ids in zip(words.EXAMPLES, wanted, strict=True):
            for text in (example.zh, example.en):
                body = said(world, text)
                assert all(f'|{name}\\"' in body or f'|{name}"' in body for name in ids), text

    @pytest.mark.parametrize("text", ["checklist 上线", "checklist launch", "清单 上线"])
    def test_launch_offers_the_two_launch_checklists(self, world: World, text: str) -> None:
        offered = {b["value"].split("|")[1] for b in buttons(world.ask(text)["blocks"], "open")}
        assert {"cl-agent-launch", "cl-serving-launch"} <= offered

    @pytest.mark.parametrize("text", ["search pricing", "search 融资", "serch pricing"])
    def test_search_shows_what_is_about_it(self, world: World, text: str) -> None:
        """Everything that fits, also where the verb is mistyped."""
        body = json.dumps(world.ask(text)["blocks"], ensure_ascii=False)
        fitting = world.bot.content.current.matcher.search(text.split()[1])
        assert len(fitting) >= 10
        titles = [match.entry.title for match in fitting[:10]]
        assert all(title.en in body or title.zh in body for title in titles)

    @pytest.mark.parametrize(
        "text",
        ["tips on London", "每周贴士 开 上海", "每周贴士 开", "checklist running", "清单 进行中",
         "checklist start launch every week", "清单 开始 上线 每周"],
    )  # fmt: skip
    def test_what_a_hint_says_to_type_is_understood(self, world: World, text: str) -> None:
        answered = said(world, text)
        for miss in ("not in the handbook", "手册里没有", "did not understand", "没看懂"):
            assert miss not in answered
        if text.startswith(("tips", "每周贴士")):
            assert [sub.on for sub in list_subscriptions(world.bot.storage, TEAM)] == [True]

    def test_the_other_examples_open_what_they_name(self, world: World) -> None:
        assert answer(world, "define 微调").startswith("微调")
        assert answer(world, "define fine-tuning").startswith("Fine-tuning")
        assert answer(world, "case Jasper").startswith("Jasper")
        assert answer(world, "微调是什么").startswith("微调")
        entries = world.bot.content.current.handbook.entries
        for text in ("怎么降低推理成本", "how do we cut inference cost"):
            assert entries["cl-cost-down"].title.en in answer(world, text)
            assert entries["cl-cost-down"].kind is Kind.CHECKLIST


class TestExplain:
    """The message shortcut reads all of a message, and answers in the reader's language."""

    def terms(self, world: World, **message: Any) -> list[str]:
        payload = payloads.explain("")
        payload["message"] |= message
        world.slack.calls.clear()
        world.send(payload)
        (call,) = world.slack.of("views.open")
        return [button["value"] for button in buttons(call["view"]["blocks"], "modal_open")]

    @pytest.mark.parametrize(
        "message",
        [
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "our KV cache"}}]},
            {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "KV cache"}}]},
            {"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "KV cache"}]}]},
            {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section",
             "elements": [{"type": "text", "text": "KV "},
                          {"type": "text", "text": "cache", "style": {"bold": True}}]}]}]},
            {"attachments": [{"fallback": "x", "fields": [{"title": "KV cache", "value": "1"}]}]},
            {"attachments": [{"blocks": [{"type": "context", "elements": [
                {"type": "mrkdwn", "text": "KV cache"}]}]}]},
            {"files": [{"id": "F1", "title": "KV cache.pdf", "name": "a.pdf"}]},
            {"blocks": ["odd", None, {"text": 7}], "attachments": "odd", "text": "KV cache"},
        ],
    )  # fmt: skip
    def test_blocks_attachments_and_files_are_read(
        self, world: World, message: dict[str, Any]
    ) -> None:
        assert self.terms(world, **message) == ["en|kv-cache"]

    def test_the_language_is_the_readers(self, world: World) -> None:
        assert self.terms(world, text="我们在做微调") == ["en|fine-tuning"]
        world.slack.change_user("U2", locale="zh-CN")
        payload = payloads.explain("we do fine-tuning", user="U2")
        world.slack.calls.clear()
        world.send(payload)
        (call,) = world.slack.of("views.open")
        assert buttons(call["view"]["blocks"], "modal_open")[0]["value"] == "zh|fine-tuning"


def test_a_change_of_tips_is_one_line_without_the_next_tip(world: World) -> None:
    for text in ("tips on mon 9:30 UTC", "tips on fri 10:00", "tips pause 2", "tips off"):
        world.slack.calls.clear()
        world.send(payloads.command(text))
        (message,) = world.slack.of("chat.postMessage")
        assert "\n" not in message["text"]
        assert "This week" not in json.dumps(message)
        assert len(message["blocks"]) == 1

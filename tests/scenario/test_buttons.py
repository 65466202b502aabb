from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.payloads import buttons


def first(blocks: list[dict[str, Any]], action_id: str) -> dict[str, Any]:
    return buttons(blocks, action_id)[0]


def choose(blocks: list[dict[str, Any]], verb: str) -> dict[str, Any]:
    """What Slack sends for an option of the menu under an answer."""
    menu = first(blocks, "answer_menu")
    (chosen,) = (o for o in menu["options"] if o["value"].startswith(f"{verb}|"))
    return {"type": "overflow", "action_id": "answer_menu", "selected_option": chosen}


class TestMore:
    def test_the_whole_comes_in_place_and_goes_again(self, world: World) -> None:
        message = world.ask("微调")
        world.click(first(message["blocks"], "more"))
        whole = world.slack.of("response_url")[0]
        assert whole["replace_original"] is True
        assert "来源" in str(whole["blocks"])
        assert len(buttons(whole["blocks"], "open")) >= 3
        world.click(first(whole["blocks"], "less"))
        again = world.slack.of("response_url")[1]
        assert again["blocks"] == message["blocks"]

    def test_the_whole_stays_whole_in_the_other_language(self, world: World) -> None:
        world.click(first(world.ask("微调")["blocks"], "more"))
        world.click(first(world.slack.of("response_url")[0]["blocks"], "language_whole"))
        english = world.slack.of("response_url")[1]
        assert "Sources" in str(english["blocks"])

    def test_each_reader_of_a_public_answer_opens_it_in_their_own_language(
        self, world: World
    ) -> None:
        world.slack.change_user("U2", locale="zh-CN")
        world.send(payloads.mention("fine-tuning"))
        blocks = world.slack.of("chat.postMessage")[0]["blocks"]
        world.send(payloads.click(first(blocks, "more"), user="U2", ephemeral=False))
        (call,) = world.slack.of("views.open")
        assert call["view"]["blocks"][0]["text"]["text"] == "微调 · Fine-tuning"
        assert world.slack.of("response_url") == []

    def test_in_a_direct_message_it_comes_in_place(self, world: World) -> None:
        world.send(payloads.direct_message("微调"))
        more = first(world.slack.of("chat.postMessage")[0]["blocks"], "more")
        world.send(payloads.click(more, channel=payloads.DM, ephemeral=False))
        assert world.slack.of("response_url")[0]["replace_original"] is True

    def test_in_a_modal_it_takes_the_place_of_the_short_one(self, world: World) -> None:
        element = {"action_id": "open:0", "value": "en|rag", "type": "button"}
        world.send(payloads.click_in_view(element))
        view = world.slack.of("views.open")[0]["view"]
        world.send(payloads.click_in_view(first(view["blocks"], "more"), view_type="modal"))
        (call,) = world.slack.of("views.update")
        assert "Sources" in str(call["view"]["blocks"])

    def test_a_click_too_old_for_a_modal_asks_for_another(self, world: World) -> None:
        world.send(payloads.mention("fine-tuning"))
        blocks = world.slack.of("chat.postMessage")[0]["blocks"]
        world.slack.fail_next("views.open", "expired_trigger_id")
        world.send(payloads.click(first(blocks, "more"), user="U2", ephemeral=False))
        assert "click again" in str(world.slack.of("response_url"))


def test_related_entries_are_one_line_each_and_open_privately(world: World) -> None:
    world.click(choose(world.ask("微调")["blocks"], "related"))
    listed = world.slack.of("response_url")[0]
    assert listed["replace_original"] is False
    world.click(first(listed["blocks"], "open"))
    opened = world.slack.of("response_url")[1]
    assert opened["response_type"] == "ephemeral"
    assert opened["blocks"][0]["type"] == "header"


def test_the_language_button_replaces_the_answer_in_place(world: World) -> None:
    message = world.ask("微调")
    world.click(first(message["blocks"], "language"))
    (call,) = world.slack.of("response_url")
    assert call["replace_original"] is True
    assert call["blocks"][0]["text"]["text"] == "Fine-tuning · 微调"
    assert first(call["blocks"], "language")["value"] == "zh|fine-tuning"
    assert buttons(call["blocks"], "share")


def test_share_posts_once_as_from_the_asker_and_takes_its_button_away(world: World) -> None:
    share = first(world.ask("微调")["blocks"], "share")
    world.click(share)
    world.click(share)
    shared, private = world.slack.of("response_url")
    assert shared["response_type"] == "in_channel"
    assert shared["blocks"][0]["elements"][0]["text"].startswith("<@U1>")
    assert buttons(shared["blocks"], "share") == []
    assert private["replace_original"] is True
    assert buttons(private["blocks"], "share") == []


def test_a_share_that_slack_refused_may_be_tried_again(world: World) -> None:
    share = first(world.ask("微调")["blocks"], "share")
    world.slack.fail_next("response_url", "expired_url", status=404)
    world.click(share)
    world.slack.calls.clear()
    world.click(share)
    assert world.slack.of("response_url")[0]["response_type"] == "in_channel"


def test_a_shared_answer_in_a_thread_goes_to_the_thread(world: World) -> None:
    share = first(world.ask("微调")["blocks"], "share")
    payload = payloads.click(share)
    payload["container"]["thread_ts"] = "1700.5"
    world.send(payload)
    assert world.slack.of("response_url")[0]["thread_ts"] == "1700.5"


def test_a_suggestion_opens_its_entry(world: World) -> None:
    message = world.ask("dp")
    world.click(first(message["blocks"], "open"))
    (call,) = world.slack.of("response_url")
    assert call["blocks"][0]["type"] == "header"


def test_a_button_in_a_public_thread_answers_the_clicker_alone(world: World) -> None:
    world.send(payloads.mention("微调"))
    blocks = world.slack.of("chat.postMessage")[0]["blocks"]
    payload = payloads.click(choose(blocks, "related"), user="U2", ephemeral=False)
    payload["container"]["thread_ts"] = "1700.5"
    world.send(payload)
    (call,) = world.slack.of("chat.postEphemeral")
    assert (call["user"], call["thread_ts"]) == ("U2", "1700.5")


def test_an_example_question_is_answered(world: World) -> None:
    world.click(first(world.ask("help")["blocks"], "ask"))
    assert len(world.slack.of("response_url")) == 1


def test_an_entry_picked_from_an_older_list_opens(world: World) -> None:
    chosen = {"value": "en|case-jasper"}
    world.click({"action_id": "pick", "selected_option": chosen, "type": "static_select"})
    assert len(world.slack.of("response_url")) == 1


def test_a_chapter_on_the_home_tab_opens_a_modal(world: World) -> None:
    world.send(payloads.open_home())
    chapter = first(world.slack.of("views.publish")[0]["view"]["blocks"], "chapter")
    world.send(payloads.click_in_view(chapter))
    (call,) = world.slack.of("views.open")
    section = first(call["view"]["blocks"], "open")
    world.send(payloads.click_in_view(section, view_type="modal"))
    assert world.slack.of("views.push")[0]["view"]["type"] == "modal"


def test_where_no_more_views_fit_the_modal_is_replaced(world: World) -> None:
    world.slack.fail_next("views.push", "push_limit_reached")
    element = {"action_id": "open:0", "value": "en|rag", "type": "button"}
    world.send(payloads.click_in_view(element, view_type="modal"))
    assert world.slack.of("views.update")[0]["view_id"] == "V1"


@pytest.mark.parametrize("value", ["en|no-such-entry", "", "nonsense", "zh|" + "x" * 1900])
def test_a_button_of_an_entry_that_is_gone_says_so(world: World, value: str) -> None:
    world.click({"action_id": "open:0", "value": value, "type": "button"})
    (call,) = world.slack.of("response_url")
    assert "no longer" in call["text"] or "不在" in call["text"]


def test_an_unknown_button_is_acknowledged(world: World) -> None:
    assert world.click({"action_id": "from-an-older-version", "type": "button"}).status == 200


def test_feedback_is_thanked_privately(world: World) -> None:
    world.click(choose(world.ask("微调")["blocks"], "helpful"))
    (call,) = world.slack.of("response_url")
    assert call["text"] == "收到，谢谢反馈。"


def test_a_term_is_compared_from_its_menu(world: World) -> None:
    world.click(choose(world.ask("微调")["blocks"], "related"))
    listed = world.slack.of("response_url")[0]["blocks"]
    assert "zh|vs-rag-fine-tuning" in [b["value"] for b in buttons(listed, "open")]
    world.click(first(listed, "compare_with"))
    both = world.slack.of("response_url")[1]
    assert [len(b["fields"]) for b in both["blocks"] if "fields" in b] == [2, 2]


def test_a_comparison_with_an_entry_that_is_gone_says_so(world: World) -> None:
    element = {"action_id": "compare_with:0", "value": "en|rag~no-such", "type": "button"}
    world.click(element)
    assert "no longer" in world.slack.of("response_url")[0]["text"]


@pytest.mark.parametrize("action_id", ["helpful", "open:3"])
def test_the_buttons_of_earlier_answers_still_work(world: World, action_id: str) -> None:
    world.click({"action_id": action_id, "value": "zh|fine-tuning", "type": "button"})
    (call,) = world.slack.of("response_url")
    assert call["replace_original"] is False


class TestExplainTerms:
    TEXT = "We do retrieval-augmented generation, then fine-tuning; the KV cache is full."

    def test_the_terms_of_a_message_are_listed_longest_first(self, world: World) -> None:
        world.send(payloads.explain(self.TEXT))
        (call,) = world.slack.of("views.open")
        values = [button["value"] for button in buttons(call["view"]["blocks"], "modal_open")]
        assert values == ["en|rag", "en|fine-tuning", "en|kv-cache"]

    def test_a_term_opens_over_the_list(self, world: World) -> None:
        world.send(payloads.explain(self.TEXT))
        more = first(world.slack.of("views.open")[0]["view"]["blocks"], "modal_open")
        world.send(payloads.click_in_view(more, view_type="modal"))
        assert len(world.slack.of("views.push")) == 1

    def test_a_message_without_terms_says_so(self, world: World) -> None:
        world.send(payloads.explain("lunch at noon?"))
        (call,) = world.slack.of("views.open")
        assert "No handbook terms" in str(call["view"]["blocks"])

    def test_an_expired_trigger_asks_to_click_again(self, world: World) -> None:
        world.slack.fail_next("views.open", "expired_trigger_id")
        world.send(payloads.explain(self.TEXT))
        (call,) = world.slack.of("response_url")
        assert "click again" in call["text"]

    def test_forty_thousand_characters_are_read_in_bounded_size(self, world: World) -> None:
        world.send(payloads.explain("RAG 微调 <script> " * 2500))
        (call,) = world.slack.of("views.open")
        assert len(call["view"]["blocks"]) <= 100

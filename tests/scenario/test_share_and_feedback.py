"""Sharing an answer anywhere, and saying why one did not help."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.answers.tables import feedback
from bot.playground.limits import find_problems
from tests.scenario.conftest import World
from tests.scenario.test_buttons import choose, first
from tests.support import payloads
from tests.support.local_slack import BOT
from tests.support.payloads import buttons
from tests.support.runs import submission


def share_form(world: World, typed: str = "微调") -> dict[str, Any]:
    """The modal that asks where, from the menu of an answer."""
    world.click(choose(world.ask(typed)["blocks"], "share_elsewhere"))
    view: dict[str, Any] = world.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    return view


def share(world: World, view: dict[str, Any], channel: str = "C2") -> Any:
    """Submit it as Slack does, with an address for the channel."""
    payload = submission(view, share_channel=channel)
    url = world.slack.workspace.new_response_url(channel, "U1")
    payload["response_urls"] = [
        {"block_id": "share_channel", "action_id": "share_channel", "channel_id": channel,
         "response_url": url}
    ]  # fmt: skip
    return world.send(payload)


class TestShare:
    def test_in_a_direct_message_it_asks_where(self, world: World) -> None:
        world.send(payloads.direct_message("微调"))
        button = first(world.slack.of("chat.postMessage")[0]["blocks"], "share")
        world.send(payloads.click(button, channel=payloads.DM, ephemeral=False))
        select_channel = world.slack.of("views.open")[0]["view"]["blocks"][1]["element"]
        assert select_channel["response_url_enabled"] is True
        assert select_channel["filter"]["exclude_external_shared_channels"] is True

    def test_another_channel_gets_it_from_the_bot_headed_by_who_shares(self, world: World) -> None:
        assert share(world, share_form(world)).body == ""
        (message,) = world.slack.of("chat.postMessage")
        assert message["channel"] == "C2"
        assert message["blocks"][0]["elements"][0]["text"].startswith("<@U1>")
        assert buttons(message["blocks"], "share") == []
        assert buttons(message["blocks"], "more")

    def test_where_the_bot_is_no_member_it_comes_by_the_forms_own_address(
        self, world: World
    ) -> None:
        view = share_form(world)
        world.slack.remove_bot("C2")
        share(world, view)
        (call,) = world.slack.of("response_url")
        assert call["response_type"] == "in_channel"
        shared = world.slack.workspace.messages[-1]
        assert (shared["channel"], shared["user"]) == ("C2", BOT)

    def test_one_form_shares_once(self, world: World) -> None:
        view = share_form(world)
        share(world, view)
        share(world, view)
        assert len(world.slack.of("chat.postMessage")) == 1

    def test_what_slack_did_not_confirm_is_told_and_not_tried_again(self, world: World) -> None:
        view = share_form(world)
        world.slack.fail_next("chat.postMessage", "service_unavailable", status=503)
        share(world, view)
        (post,) = world.slack.of("chat.postMessage")
        assert post["channel"] == "C2"
        (told,) = world.slack.of("response_url")
        assert told["response_type"] == "ephemeral"
        assert "did not confirm" in told["text"]

    def test_an_entry_that_is_gone_is_said_in_the_form(self, world: World) -> None:
        view = share_form(world) | {"private_metadata": "en|no-such"}
        assert "no longer" in str(share(world, view).json()["errors"])


class TestFeedback:
    def rows(self, world: World) -> list[Any]:
        with world.bot.storage.database.read() as connection:
            return list(connection.execute(select(feedback)).mappings())

    def test_helpful_is_one_choice_in_the_menu(self, world: World) -> None:
        world.click(choose(world.ask("微调")["blocks"], "helpful"))
        (row,) = self.rows(world)
        assert (row["entry_id"], row["helpful"]) == ("fine-tuning", True)

    def test_not_helpful_asks_why_and_keeps_it(self, world: World) -> None:
        world.click(choose(world.ask("微调")["blocks"], "not_helpful"))
        view = world.slack.of("views.open")[0]["view"]
        assert find_problems(view, "modal") == []
        assert len(view["blocks"][0]["element"]["options"]) == 4
        (row,) = self.rows(world)
        assert (row["helpful"], row["reason"]) == (False, "")
        chosen = view["blocks"][0]["element"]["options"][1]
        view["blocks"][0]["element"]["initial_option"] = chosen
        world.send(submission(view, remark="prices changed"))
        (row,) = self.rows(world)
        assert (row["reason"], row["remark"]) == ("wrong", "prices changed")

    def test_a_click_too_old_for_the_form_is_thanked(self, world: World) -> None:
        menu = choose(world.ask("微调")["blocks"], "not_helpful")
        world.slack.fail_next("views.open", "expired_trigger_id")
        world.click(menu)
        assert world.slack.of("response_url")[0]["text"] == "收到，谢谢反馈。"


@pytest.mark.parametrize("text", ["The KV cache is full, so we do fine-tuning, then RAG."])
def test_terms_are_explained_in_the_order_of_the_message(world: World, text: str) -> None:
    world.send(payloads.explain(text))
    blocks = world.slack.of("views.open")[0]["view"]["blocks"]
    values = [button["value"] for button in buttons(blocks, "modal_open")]
    assert values == ["en|kv-cache", "en|fine-tuning", "en|rag"]
    assert all("\n" in block["text"]["text"] for block in blocks), "each with its short text"

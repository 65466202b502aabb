"""What a new user meets: help, the Home tab and its search, the welcome."""

from __future__ import annotations

from typing import Any

import pytest

from bot.i18n import LANGS, Lang
from bot.playground.limits import find_problems
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import BOT, TEAM
from tests.support.payloads import buttons
from tests.support.runs import RunWorld, submission

HELP = {"zh": "帮助", "en": "help"}
VERBS = {
    "zh": (
        "定义",
        "清单",
        "案例",
        "章节",
        "搜索",
        "贴士",
        "每周贴士",
        "语言",
        "添加",
        "条目",
        "统计",
        "设置",
    ),
    "en": (
        "define",
        "checklist",
        "case",
        "chapter",
        "search",
        "tip",
        "tips",
        "lang",
        "add",
        "entries",
        "stats",
        "settings",
    ),
}


def home_of(world: World | RunWorld, user: str = "U1") -> list[dict[str, Any]]:
    world.send(payloads.open_home(user))
    view = world.slack.of("views.publish")[-1]["view"]
    assert find_problems(view, "home") == []
    blocks: list[dict[str, Any]] = view["blocks"]
    return blocks


def joined(**fields: Any) -> dict[str, Any]:
    return payloads.event(
        "member_joined_channel", **{"user": BOT, "channel": "C1", "channel_type": "C"} | fields
    )


class TestHelp:
    @pytest.mark.parametrize("lang", LANGS)
    def test_it_is_one_screen_with_the_verbs_of_its_language(
        self, world: World, lang: Lang
    ) -> None:
        message = world.ask(HELP[lang])
        assert len(message["blocks"]) <= 8
        verbs = message["blocks"][-1]["text"]["text"]
        assert all(f"`{verb}" in verbs for verb in VERBS[lang])

    def test_a_checklist_can_be_chosen_from_it_and_started(self, runs: RunWorld) -> None:
        runs.type("help")
        help_blocks = runs.send(payloads.command("help")).json()["blocks"]
        runs.send(payloads.click(buttons(help_blocks, "run_choose")[0]))
        choice = buttons(runs.slack.of("response_url")[0]["blocks"], "run_pick")[0]
        picked = next(o for o in choice["options"] if o["value"] == "en|cl-agent-launch")
        runs.send(payloads.click({**choice, "selected_option": picked}))
        runs.submit(runs.slack.of("views.open")[-1]["view"])
        assert runs.run.checklist_id == "cl-agent-launch"

    @pytest.mark.parametrize("where", ["help", "home"])
    def test_an_entry_of_the_team_is_begun_from_it(self, runs: RunWorld, where: str) -> None:
        blocks = runs.type("help").json()["blocks"] if where == "help" else home_of(runs)
        [add] = buttons(blocks, "entry_add")
        runs.send(payloads.click(add) if where == "help" else payloads.click_in_view(add))
        view = runs.slack.of("views.open")[-1]["view"]
        assert view["callback_id"] == "entry_form"
        assert "initial_value" not in str(view)

    def test_weekly_tips_can_be_set_up_from_it(self, world: World) -> None:
        button = buttons(world.ask("help")["blocks"], "tip_settings")[0]
        world.click(button)
        assert world.slack.of("views.open")[0]["view"]["callback_id"] == "tips_settings"

    def test_in_a_direct_message_it_asks_for_the_channel(self, world: World) -> None:
        world.send(payloads.direct_message("help"))
        button = buttons(world.slack.of("chat.postMessage")[0]["blocks"], "tip_settings")[0]
        world.send(payloads.click(button, channel=payloads.DM, ephemeral=False))
        select = buttons(world.slack.of("chat.postMessage")[1]["blocks"], "tips_channel")[0]
        world.send(
            payloads.click(
                {**select, "selected_conversation": "C1"}, channel=payloads.DM, ephemeral=False
            )
        )
        assert world.slack.of("views.open")[0]["view"]["private_metadata"] == "C1"


class TestSearchOnHome:
    def test_the_answer_appears_in_the_modal(self, world: World) -> None:
        world.send(payloads.click_in_view(buttons(home_of(world), "search")[0]))
        view = world.slack.of("views.open")[0]["view"]
        assert find_problems(view, "modal") == []
        ack = world.send(submission(view, search_text="what is fine-tuning")).json()
        assert ack["response_action"] == "update"
        assert find_problems(ack["view"], "modal") == []
        assert "Fine-tuning · 微调" in str(ack["view"]["blocks"])
        assert ack["view"]["blocks"][0]["element"]["initial_value"] == "what is fine-tuning"

    def test_more_opens_over_it_and_what_was_asked_stays(self, world: World) -> None:
        world.send(payloads.click_in_view(buttons(home_of(world), "search")[0]))
        view = world.slack.of("views.open")[0]["view"]
        shown = world.send(submission(view, search_text="RAG")).json()["view"]
        click = payloads.click_in_view(buttons(shown["blocks"], "more")[0], view_type="modal")
        click["view"]["callback_id"] = shown["callback_id"]
        world.send(click)
        assert "Sources" in str(world.slack.of("views.push")[0]["view"]["blocks"])

    @pytest.mark.parametrize("query", ["tips on mon", "checklist start launch", "lang zh", "zzzq"])
    def test_any_line_gets_an_answer_that_fits(self, world: World, query: str) -> None:
        view = {"callback_id": "search_view", "type": "modal", "blocks": [], "id": "V7"}
        state = {"values": {"search_text": {"search_text": {"value": query}}}}
        payload = submission(view) | {"view": {**view, "state": state}}
        shown = world.send(payload).json()["view"]
        assert find_problems(shown, "modal") == []
        assert len(shown["blocks"]) >= 3


class TestHome:
    def test_a_language_is_chosen_there_and_it_is_shown_anew(self, world: World) -> None:
        select = buttons(home_of(world), "lang")[0]
        chosen = next(o for o in select["options"] if o["value"] == "zh")
        world.send(payloads.click_in_view({**select, "selected_option": chosen}))
        view = world.slack.of("views.publish")[-1]["view"]
        assert view["blocks"][0]["text"]["text"] == "大模型创业手册"
        assert buttons(view["blocks"], "lang")[0]["initial_option"]["value"] == "zh"
        assert world.bot.storage.preferences.lang(TEAM, "U1") == "zh"

    def test_from_home_to_a_first_ticked_item_are_four_clicks(self, runs: RunWorld) -> None:
        select = buttons(home_of(runs), "run_pick")[0]
        picked = next(o for o in select["options"] if o["value"] == "en|cl-agent-launch")
        runs.send(payloads.click_in_view({**select, "selected_option": picked}))  # 1
        view = runs.slack.of("views.open")[-1]["view"]
        assert find_problems(view, "modal") == []
        runs.submit(view, run_where="C1")  # 2 chooses the channel, 3 starts
        runs.press("run_tick")  # 4
        assert runs.run.items[0].changed_by == "U1"

    def test_from_home_to_weekly_tips_are_two_clicks(self, runs: RunWorld) -> None:
        select = buttons(home_of(runs), "tips_channel")[0]
        runs.send(payloads.click_in_view({**select, "selected_conversation": "C2"}))  # 1
        runs.submit(runs.slack.of("views.open")[-1]["view"])  # 2
        found = runs.bot.storage.subscriptions.find(TEAM, "C2")
        assert found is not None
        assert found.on

    def test_a_channel_without_the_bot_is_refused_before_the_form(self, world: World) -> None:
        select = buttons(home_of(world), "tips_channel")[0]
        world.slack.remove_bot("C2")
        world.send(payloads.click_in_view({**select, "selected_conversation": "C2"}))
        assert "/invite" in str(world.slack.of("views.open")[0]["view"]["blocks"])

    def test_chapters_are_words_without_numbers(self, world: World) -> None:
        names = [b["text"]["text"] for b in buttons(home_of(world), "chapter")]
        assert not any(name[0].isdigit() for name in names)


class TestWelcome:
    def test_a_channel_is_greeted_once_in_the_language_of_the_inviter(self, world: World) -> None:
        world.slack.change_user("U2", locale="zh-CN")
        world.send(joined(inviter="U2"))
        world.send(joined(inviter="U2"))
        (message,) = world.slack.of("chat.postMessage")
        assert message["channel"] == "C1"
        assert "大家好" in message["text"]
        assert len(buttons(message["blocks"], "ask")) == 3
        assert find_problems({"text": "x", "blocks": message["blocks"]}, "message") == []

    def test_without_an_inviter_in_the_default_language(self, world: World) -> None:
        world.send(joined())
        (message,) = world.slack.of("chat.postMessage")
        assert message["text"].startswith("Hello!")

    def test_somebody_else_who_joins_is_let_be(self, world: World) -> None:
        world.send(joined(user="U2"))
        assert world.slack.of("chat.postMessage") == []

    def test_a_channel_that_takes_no_message_is_let_be(self, world: World) -> None:
        world.slack.fail_next("chat.postMessage", "restricted_action")
        world.send(joined())
        assert len(world.slack.of("chat.postMessage")) == 1
        assert world.slack.of("chat.postEphemeral") == []

    def test_a_first_direct_message_gets_an_answer_and_the_same(self, world: World) -> None:
        world.send(payloads.direct_message("RAG"))
        world.send(payloads.direct_message("RAG"))
        first, second = world.slack.of("chat.postMessage")
        assert "Retrieval" in first["text"]
        assert len(buttons(first["blocks"], "ask")) == 3
        assert buttons(second["blocks"], "ask") == []

    @pytest.mark.parametrize(("greeting", "said"), [("hi", "Hello!"), ("你好", "你好")])
    def test_a_greeting_is_greeted(self, world: World, greeting: str, said: str) -> None:
        world.send(payloads.direct_message(greeting))
        text = world.slack.of("chat.postMessage")[0]["text"]
        assert text.startswith(said)
        assert "/llm-startup" not in text.splitlines()[0]  # nothing has to stand before it here
        assert "/llm-startup" in world.ask(greeting)["text"]
        world.send(payloads.direct_message("zzzq blorp"))
        assert "`chapter`" in world.slack.of("chat.postMessage")[1]["text"]

    def test_whoever_cannot_be_remembered_is_answered_all_the_same(self, world: World) -> None:
        with world.bot.storage.database.engine.connect() as connection:
            connection.exec_driver_sql("DROP TABLE welcomed")
            connection.commit()
        world.send(payloads.direct_message("RAG"))
        (message,) = world.slack.of("chat.postMessage")
        assert buttons(message["blocks"], "ask") == []

"""Weekly tips through the real app: typed, in the modal, on the Home tab, and what ends them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.app import build_bot
from bot.checklists.start import start_run
from bot.handbook.models import Checklist
from bot.outbox.models import State
from bot.playground.limits import find_problems
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from bot.tips.changes import next_day
from bot.tips.listeners.channel import describe
from bot.tips.models import Schedule, Subscription
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import BOT, SECRET, TEAM, TOKEN, LocalSlack
from tests.support.payloads import buttons
from tests.support.runs import RunWorld
from tests.support.tips import FakeClock, list_subscriptions

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
SHANGHAI = "Asia/Shanghai"


def problems_of(message: dict[str, Any]) -> list[str]:
    return find_problems({"text": message["text"], "blocks": message["blocks"]}, "message")


class TipsWorld(World):
    """The app, with a clock in our hands."""

    clock: FakeClock

    def tips(self, text: str, **who: str) -> None:
        """Type `/llm-startup tips …`; what is said comes after the ack."""
        self.slack.calls.clear()
        response = self.send(payloads.command(f"tips {text}", **who))
        assert (response.status, response.body) == (200, "")

    @property
    def sub(self) -> Subscription:
        found = self.bot.storage.subscriptions.find(TEAM, "C1")
        assert found is not None
        return found

    def announced(self) -> str:
        """What the channel was told, once."""
        [message] = self.slack.of("chat.postMessage")
        assert message["channel"] == "C1"
        assert problems_of(message) == []
        return str(message["text"])

    def told(self) -> str:
        """What the asker alone was told, the channel nothing."""
        assert self.slack.of("chat.postMessage") == []
        [message] = self.slack.of("response_url")
        assert message["response_type"] == "ephemeral"
        assert problems_of(message) == []
        return str(message["text"])

    def deliver(self, at: datetime) -> dict[str, Any]:
        """Tick at a moment; the message that was posted."""
        self.slack.calls.clear()
        self.clock.moment = at
        worker = self.bot.worker
        worker.run_until(at + timedelta(seconds=50), self.clock.wait)
        [message] = self.slack.of("chat.postMessage")
        return message

    def settings_view(self) -> dict[str, Any]:
        [call] = self.slack.of("views.open")
        view = call["view"]
        assert find_problems(view, "modal") == []
        return dict(view)


@pytest.fixture
def world(slack: LocalSlack, library: Library, sqlite_url: str) -> Iterator[TipsWorld]:
    clock = FakeClock(NOW)
    slack.workspace.clock = clock.now
    for user_id in slack.workspace.users:
        slack.change_user(user_id, tz=SHANGHAI)
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=sqlite_url,
    )
    bot = build_bot(settings, library, clock.now)
    world = TipsWorld(slack, bot, build_wsgi(bot.app, SECRET))
    world.clock = clock
    yield world
    bot.close()


# ParsedLine


def test_on_takes_the_persons_zone_and_tells_the_channel_who_did_it(world: TipsWorld) -> None:
    world.tips("on")
    assert world.sub.schedule == Schedule(0, time(9, 30), SHANGHAI)
    said = world.announced()
    assert "<@U1> turned weekly tips on: Mondays at 09:30 (Asia/Shanghai)" in said
    assert "Next: Mon 30 Nov, 09:30" in said


def test_on_in_chinese(world: TipsWorld) -> None:
    world.slack.calls.clear()
    world.send(payloads.command("周报 开 周三 9点半 北京"))
    assert world.sub.schedule == Schedule(2, time(9, 30), SHANGHAI)
    assert world.sub.lang == "zh"
    assert "每周三 09:30" in world.announced()


def test_a_change_of_time_is_told_as_a_change(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("on fri 17:00")
    assert world.sub.schedule == Schedule(4, time(17), "Etc/UTC")
    assert "changed the weekly tips: Fridays at 17:00" in world.announced()


def test_the_same_again_tells_only_the_asker(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("on mon 9:30 UTC")
    assert world.told() == "Nothing to change."


def test_off_pause_and_resume(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("pause 2")
    assert "paused the weekly tips" in world.announced()
    assert str(next_day(world.sub)) == "2026-12-14"
    world.tips("resume")
    assert "resumed" in world.announced()
    assert str(next_day(world.sub)) == "2026-11-30"
    world.tips("off")
    assert "turned the weekly tips off" in world.announced()
    assert not world.sub.on
    for text in ("off", "resume", "pause 2"):
        world.tips(text)
        assert "are off in this channel" in world.told(), text
    for text in ("off", "resume", "pause 2"):
        world.tips(text)
        assert "are off in this channel" in world.told(), text


@pytest.mark.parametrize("action", ["off", "pause", "resume", "skip"])
def test_where_tips_are_off_there_is_nothing_to_change(world: TipsWorld, action: str) -> None:
    world.tips(action)
    assert world.told() == "Weekly tips are off in this channel."


def test_next_shows_exactly_what_is_posted(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("next")
    shown = world.told()
    posted = world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    assert posted["text"] in shown


def test_skip_brings_the_following_tip_on_the_same_day(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("next")
    first = world.told()
    world.tips("skip")
    assert "skipped a tip" in world.announced()
    world.tips("next")
    assert world.told() != first
    assert str(next_day(world.sub)) == "2026-11-30"


def test_tip_on_demand_uses_nothing_up(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    before = world.sub
    world.ask("tip")
    assert world.sub == before


def test_a_mistake_gets_the_corrected_form(world: TipsWorld) -> None:
    world.tips("on mnday 9:30 london")
    said = world.told()
    assert "“mnday” is not a day of the week." in said
    assert "`/llm-startup tips on mon 9:30 Europe/London`" in said


@pytest.mark.parametrize(
    "text", ["tips on pricing", "tips for hiring", "language model", "语言 模型"]
)
def test_a_question_that_begins_like_a_verb_is_answered(world: TipsWorld, text: str) -> None:
    assert world.ask(text)["blocks"]


def test_what_a_person_typed_is_never_live(world: TipsWorld) -> None:
    world.tips("on mon 9:30 *mars* & `x`")
    said = world.told()
    assert "&amp;" in said
    assert "*mars*" not in said


def test_where_the_bot_is_not_in_the_channel_it_says_how_to_invite_it(world: TipsWorld) -> None:
    world.slack.remove_bot()
    world.tips("on")
    assert "`/invite @llm-startup`" in world.told()
    assert list_subscriptions(world.bot.storage, TEAM) == []


def test_in_a_direct_message_tips_point_to_channels(world: TipsWorld) -> None:
    world.slack.calls.clear()
    world.send(payloads.direct_message("tips on"))
    [message] = world.slack.of("chat.postMessage")
    assert "for channels" in message["text"]


def test_a_mention_changes_the_tips_and_shows_them_with_a_button(world: TipsWorld) -> None:
    world.send(payloads.mention("tips on mon 9:30 UTC"))
    assert world.sub.on
    world.slack.calls.clear()
    world.send(payloads.mention("tips"))
    [message] = world.slack.of("chat.postEphemeral")
    assert "Mondays at 09:30" in message["text"]
    [settings] = buttons(message["blocks"], "tip_settings")
    world.click(settings)
    assert world.settings_view()["private_metadata"] == "C1"


# Who may change them


def test_a_restricted_workspace_lets_only_the_subscriber_and_admins_change(
    world: TipsWorld,
) -> None:
    world.tips("on mon 9:30 UTC")
    world.bot.storage.workspaces.restrict(TEAM, True)
    world.tips("off", user="U2")
    assert "only the subscriber, <@U1>, and admins" in world.told()
    assert world.sub.on
    world.tips("pause", user="U1")
    assert "paused" in world.announced()
    world.slack.change_user("U3", is_admin=True)
    world.tips("off", user="U3")
    assert not world.sub.on


# The modal


def submit(view: dict[str, Any], user: str = "U1", **changes: Any) -> dict[str, Any]:
    """What Slack sends when the view is saved as it opened, but for `changes` by block id."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element, name = block["element"], block["block_id"]
            value = {
                "value": element.get("initial_value"),
                "selected_option": element.get("initial_option"),
                "selected_time": element.get("initial_time"),
                "selected_options": element.get("initial_options", []),
            } | changes.pop(name, {})
            values[name] = {element["action_id"]: {"type": element["type"], **value}}
    assert not changes
    return {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "api_app_id": "A1",
        "token": "legacy", "trigger_id": "5.x",
        "view": {**view, "id": "V1", "state": {"values": values}},
    }  # fmt: skip


def option(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


def test_the_modal_opens_with_the_persons_zone_and_saving_it_turns_tips_on(
    world: TipsWorld,
) -> None:
    world.tips("")
    view = world.settings_view()
    world.slack.calls.clear()
    world.send(submit(view))
    assert world.sub.schedule == Schedule(0, time(9, 30), SHANGHAI)
    assert "turned weekly tips on" in world.announced()


def test_the_modal_changes_day_time_zone_language_and_sections(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    world.tips("")
    view = world.settings_view()
    world.send(submit(
        view,
        tips_weekday=option("4"),
        tips_time={"selected_time": "17:45"},
        tips_zone={"value": "纽约"},
        tips_lang=option("zh"),
        tips_sections={"selected_options": [{"value": "6.2.1"}, {"value": "6.3.2"}]},
    ))  # fmt: skip
    assert world.sub.schedule == Schedule(4, time(17, 45), "America/New_York")
    assert (world.sub.lang, world.sub.sections) == ("zh", ("6.2.1", "6.3.2"))


def test_what_the_modal_says_is_stored_before_the_ack(world: TipsWorld) -> None:
    """The process may die right after it."""
    world.tips("")
    view = world.settings_view()
    world.bot.edge.background.close()  # nothing is done after the ack
    with suppress(RuntimeError):
        payloads.send(world.wsgi, world.slack.stamp(submit(view)))
    assert world.sub.schedule == Schedule(0, time(9, 30), SHANGHAI)


def test_the_modal_turns_tips_off(world: TipsWorld) -> None:
    world.tips("on")
    world.tips("")
    world.send(submit(world.settings_view(), tips_on=option("off")))
    assert not world.sub.on


def test_an_unknown_zone_is_refused_in_the_modal_with_the_nearest_one(world: TipsWorld) -> None:
    world.tips("")
    view = world.settings_view()
    response = world.send(submit(view, tips_zone={"value": "Asia/Shangai"}))
    answer = response.json()
    assert answer["response_action"] == "errors"
    assert "Asia/Shanghai" in answer["errors"]["tips_zone"]
    assert list_subscriptions(world.bot.storage, TEAM) == []


def test_only_admins_see_the_restriction_and_only_theirs_counts(world: TipsWorld) -> None:
    world.tips("")
    names = [block.get("block_id") for block in world.settings_view()["blocks"]]
    assert "tips_restricted" not in names
    world.slack.change_user(is_admin=True)
    world.tips("")
    yes = {"selected_options": [{"value": "yes"}]}
    world.send(submit(world.settings_view(), tips_restricted=yes))
    assert world.bot.storage.workspaces.get(TEAM).restricted


def test_the_modal_shows_who_subscribed_what_comes_and_what_came_with_links(
    world: TipsWorld,
) -> None:
    world.tips("on mon 9:30 UTC")
    world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    world.tips("")
    text = world.settings_view()["blocks"][0]["text"]["text"]
    assert "Subscribed by <@U1>" in text
    assert "Next: Mon 7 Dec, 09:30" in text
    assert f"<{world.slack.url}/archives/C1/p1796031" in text


def test_an_expired_trigger_asks_to_click_again(world: TipsWorld) -> None:
    world.slack.fail_next("views.open", "expired_trigger_id")
    world.tips("")
    assert "click again" in world.told()


# The tip


def test_a_tip_is_one_message_with_its_buttons_and_the_delivery_id(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    message = world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    assert problems_of(message) == []
    [delivery] = world.bot.storage.deliveries.history(TEAM, "C1")
    assert message["metadata"]["event_payload"] == {"delivery_id": delivery.id}
    assert delivery.state is State.SENT
    assert "1 of 60 in this round" in message["blocks"][-2]["elements"][0]["text"]
    assert message["blocks"][1]["type"] == "rich_text", "its act comes first"
    for action_id in ("open", "answer_menu", "tip_settings"):
        assert buttons(message["blocks"], action_id), action_id


def test_a_tips_terms_and_other_language_open_privately(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    message = world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    for button in buttons(message["blocks"], "open"):
        world.slack.calls.clear()
        world.click(button, ephemeral=False)
        [reply] = world.slack.of("response_url")
        assert (reply["response_type"], reply["replace_original"]) == ("ephemeral", False)


def test_an_opinion_of_a_tip_is_kept(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    message = world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    [menu] = buttons(message["blocks"], "answer_menu")
    [down] = [o for o in menu["options"] if o["value"].startswith("not_helpful|")]
    world.click({**menu, "selected_option": down}, ephemeral=False)
    tip_id = down["value"].split("|")[2]
    assert world.bot.storage.feedback.counts(TEAM, tip_id) == (0, 1)


def test_a_tip_says_that_its_checklist_runs_in_the_channel_and_so_does_its_preview(
    world: TipsWorld,
) -> None:
    world.tips("on mon 9:30 UTC")
    handbook = world.bot.tips.handbook
    tip = describe(world.bot.tips, TEAM, world.sub.channel_id).next_tip
    assert tip is not None
    checklist = handbook.entries[handbook.checklists_of(tip)[0]]
    assert isinstance(checklist, Checklist)
    run = start_run(
        checklist, run_id="r1", team_id=TEAM, channel_id="C1", by="U1", now=NOW, lang="en",
        zone="UTC",
    )  # fmt: skip
    world.bot.storage.runs.create(run)
    said = f"📋 Running here: {checklist.title.en}, 0 / {len(checklist.items)}"
    world.tips("next")
    assert said in str(world.slack.of("response_url")[0]["blocks"])
    posted = world.deliver(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    assert said in str(posted["blocks"])
    assert problems_of(posted) == []


# The Home tab


def open_home(world: TipsWorld) -> list[dict[str, Any]]:
    world.slack.calls.clear()
    world.send(payloads.open_home())
    [call] = world.slack.of("views.publish")
    assert find_problems(call["view"], "home") == []
    return list(call["view"]["blocks"])


def test_the_home_tab_shows_ones_channels_and_pauses_and_resumes_them(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    blocks = open_home(world)
    assert "<#C1>" in str(blocks)
    assert "Next: Mon 30 Nov" in str(blocks)
    [pause] = buttons(blocks, "tips_pause")
    world.slack.calls.clear()
    world.send(payloads.click_in_view(pause))
    assert world.sub.paused_until is not None
    assert "paused" in world.announced()
    [resume] = buttons(world.slack.of("views.publish")[0]["view"]["blocks"], "tips_resume")
    world.send(payloads.click_in_view(resume))
    assert world.sub.paused_until is None


def test_the_home_tab_of_another_person_does_not_show_them(world: TipsWorld) -> None:
    world.tips("on", user="U2")
    assert "<#C1>" not in str(open_home(world))


def test_the_home_tab_shows_what_was_looked_up_newest_first(world: TipsWorld) -> None:
    for text in ("RAG", "微调"):
        world.clock.advance(seconds=1)
        world.ask(text)
    values = [button["value"] for button in buttons(open_home(world), "open")]
    assert values == ["en|fine-tuning", "en|rag"]


# Language


def test_a_chosen_language_holds_against_script_and_locale_and_survives_a_restart(
    world: TipsWorld, library: Library
) -> None:
    world.send(payloads.command("lang zh"))
    assert world.slack.of("response_url")[0]["text"] == "以后都用中文回答你。"
    assert world.ask("RAG")["blocks"][0]["text"]["text"].startswith("检索增强")
    again = build_bot(world.bot.settings, library)
    assert again.edge.languages.of(TEAM, "U1", "RAG") == "zh"
    again.close()


def test_an_english_reader_gets_english_for_a_chinese_question(world: TipsWorld) -> None:
    world.send(payloads.command("语言 en"))
    assert world.ask("微调")["blocks"][0]["text"]["text"] == "Fine-tuning · 微调"
    world.send(payloads.command("lang auto"))
    assert world.ask("微调")["blocks"][0]["text"]["text"] == "微调 · Fine-tuning"


def test_lang_alone_says_what_there_is(world: TipsWorld) -> None:
    world.send(payloads.command("lang"))
    assert "lang zh" in world.slack.of("response_url")[0]["text"]


# Events that end or move them


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("channel_archive", {"channel": "C1"}, "is_archived"),
        ("group_archive", {"channel": "C1"}, "is_archived"),
        ("channel_deleted", {"channel": "C1"}, "channel_deleted"),
        ("member_left_channel", {"channel": "C1", "user": BOT}, "not_in_channel"),
    ],
)
def test_a_channel_that_is_gone_ends_its_tips_and_the_subscriber_is_told(
    world: TipsWorld, kind: str, fields: dict[str, str], reason: str
) -> None:
    world.tips("on mon 9:30 UTC")
    world.send(payloads.event(kind, **fields))
    assert (world.sub.on, world.sub.ended) == (False, reason)
    message = world.deliver(NOW + timedelta(minutes=1))
    assert message["channel"] == "DU1", "the conversation with them"
    assert "<#C1>" in message["text"]


def test_another_member_who_leaves_ends_nothing(world: TipsWorld) -> None:
    world.tips("on")
    world.send(payloads.event("member_left_channel", channel="C1", user="U2"))
    assert world.sub.on


@pytest.mark.parametrize(("member", "on"), [(True, True), (False, False)])
def test_channel_left_is_a_hint_that_is_checked(world: TipsWorld, member: bool, on: bool) -> None:
    world.tips("on")
    if not member:
        world.slack.remove_bot()
    world.send(payloads.event("channel_left", channel="C1", actor_id="U2"))
    assert world.sub.on is on


def test_a_channel_with_a_new_id_keeps_its_tips(world: TipsWorld) -> None:
    world.tips("on")
    world.send(payloads.event("channel_id_changed", old_channel_id="C1", new_channel_id="C9"))
    subs = list_subscriptions(world.bot.storage, TEAM)
    assert [sub.channel_id for sub in subs] == ["C9"]


def test_uninstalling_suspends_everything_and_deletes_it_after_a_month(world: TipsWorld) -> None:
    world.tips("on")
    world.send(payloads.command("lang zh"))
    world.ask("RAG")
    world.bot.shared_state.run_once()
    world.ask("LoRA")
    world.send(payloads.event("app_uninstalled"))
    assert world.bot.edge.languages.of(TEAM, "U1") == "en"
    assert world.bot.answers.lookups.recent(TEAM, "U1") == ["rag"], "what waited is dropped"
    storage = world.bot.storage
    assert storage.workspaces.get(TEAM).stopped == "app_uninstalled"
    world.clock.advance(days=29)
    world.bot.worker.catch_up()
    assert world.slack.of("chat.postMessage")[1:] == [], "beside the word that tips are on"
    world.bot.shared_state.run_once()
    assert world.sub.on
    world.bot.start()  # with a token that Slack accepts: it was added again
    world.bot.shared_state.run_once()
    assert world.bot.edge.languages.of(TEAM, "U1") == "zh"
    world.send(payloads.event("app_uninstalled"))
    world.clock.advance(days=31)
    world.bot.shared_state.run_once()
    assert list_subscriptions(storage, TEAM) == []
    assert storage.preferences.list_langs(TEAM) == {}
    assert storage.lookups.recent(TEAM, "U1") == []


def test_a_revoked_token_stops_the_workspace_and_keeps_its_data(world: TipsWorld) -> None:
    world.tips("on")
    world.send(payloads.event("tokens_revoked", tokens={"oauth": [], "bot": [BOT]}))
    assert world.bot.storage.workspaces.get(TEAM).stopped == "token_revoked"
    assert world.sub.on


def test_a_stop_shows_in_tips_and_heals_by_itself(world: TipsWorld) -> None:
    world.tips("on mon 9:30 UTC")
    due = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    world.slack.fail_next("chat.postMessage", "account_inactive")
    world.slack.fail_next("auth.test", "account_inactive")
    world.clock.moment = due
    world.bot.worker.catch_up()
    assert world.bot.storage.workspaces.get(TEAM).stopped == "account_inactive"
    for text in ("next", ""):
        world.tips(text)
        said = str([*world.slack.of("response_url"), *world.slack.of("views.open")])
        assert "Slack does not accept my token (account_inactive)" in said
    world.send(payloads.open_home())
    home = str(world.slack.of("views.publish")[-1])
    assert "Slack does not accept my token (account_inactive)" in home
    message = world.deliver(due + timedelta(minutes=1))
    assert message["channel"] == "C1"
    world.tips("next")
    assert "does not accept" not in world.told()


def test_starting_begins_to_tick_and_mends_a_stopped_workspace(world: TipsWorld) -> None:
    world.tips("on")
    world.bot.storage.workspaces.stop(TEAM, "token_revoked")
    world.bot.start()
    assert world.bot.storage.workspaces.get(TEAM).stopped == ""


def test_an_end_notice_that_meets_one_503_comes_once(runs: RunWorld) -> None:
    """It says neither that it was posted nor that it was not, so it is looked up."""
    runs.type("tips on mon 9:30")
    runs.slack.fail_next("chat.postMessage", "service_unavailable", status=503)
    runs.slack.workspace.channels["C1"].is_archived = True
    runs.send(payloads.event("channel_archive", channel="C1"))
    runs.later(minutes=5)
    runs.later(hours=2)
    told = [m for m in runs.slack.workspace.messages if "archived" in m["text"]]
    assert len(told) == 1

"""Two processes behind one address: what one did is known to the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import ENTRY_SECONDS, build_bot
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from bot.tips.models import Schedule
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.entries import draft, publish
from tests.support.local_slack import CHANNEL, SECRET, TEAM, TOKEN, LocalSlack
from tests.support.payloads import buttons
from tests.support.runs import submission

PARTNER = "T0PARTNER"


@pytest.fixture
def worlds(slack: LocalSlack, library: Library, database_url: str) -> Iterator[tuple[World, World]]:
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=database_url,
    )
    bots = [build_bot(settings, library) for _ in range(2)]
    first, second = (World(slack, bot, build_wsgi(bot.app, SECRET)) for bot in bots)
    yield first, second
    for bot in bots:
        bot.close()


def test_a_retry_that_reaches_the_other_process_is_not_answered_again(
    worlds: tuple[World, World],
) -> None:
    first, second = worlds
    payload = payloads.mention("RAG")
    first.send(payload)
    second.send(payload, HTTP_X_SLACK_RETRY_NUM="1", HTTP_X_SLACK_RETRY_REASON="http_timeout")
    assert len(first.slack.of("chat.postMessage")) == 1


def test_a_message_that_reaches_both_as_two_events_is_answered_once(
    worlds: tuple[World, World],
) -> None:
    first, second = worlds
    payload = payloads.direct_message("RAG")
    first.send(payload)
    again = payloads.direct_message("RAG")
    again["event"]["ts"] = payload["event"]["ts"]
    second.send(again)
    assert len(first.slack.of("chat.postMessage")) == 1


def test_a_command_that_is_sent_again_skips_one_tip(worlds: tuple[World, World]) -> None:
    first, second = worlds
    first.send(payloads.command("tips on mon 9:30 Asia/Shanghai"))
    payload = first.slack.stamp(payloads.command("tips skip"))
    before = len(first.slack.of("chat.postMessage"))
    first.send(payload)
    second.send(payload)
    assert len(first.slack.of("chat.postMessage")) == before + 1


def test_one_click_on_share_at_each_process_is_one_post(worlds: tuple[World, World]) -> None:
    first = worlds[0]
    [share] = buttons(first.ask("RAG")["blocks"], "share")
    for world in worlds:
        world.click(share)
    posted = [c for c in first.slack.of("response_url") if c["response_type"] == "in_channel"]
    assert len(posted) == 1


def test_a_share_that_failed_may_be_tried_at_the_other(worlds: tuple[World, World]) -> None:
    first, second = worlds
    [share] = buttons(first.ask("RAG")["blocks"], "share")
    dead = payloads.click(share) | {"response_url": f"{first.slack.url}/response/none"}
    first.send(dead)
    first.slack.calls.clear()
    second.click(share)
    posted = [c for c in first.slack.of("response_url") if c["response_type"] == "in_channel"]
    assert len(posted) == 1


def test_a_language_chosen_at_one_is_that_of_the_other(worlds: tuple[World, World]) -> None:
    first, second = worlds
    first.send(payloads.command("lang zh"))
    second.bot.shared_state.run_once()
    assert second.ask("RAG")["blocks"][0]["text"]["text"].startswith("检索")
    second.send(payloads.command("lang en"))
    first.bot.shared_state.run_once()
    assert not first.ask("RAG")["blocks"][0]["text"]["text"].startswith("检索")


def test_a_language_is_stored_before_the_ack(
    worlds: tuple[World, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process were killed right after it: nothing runs in the background."""
    first, _ = worlds
    monkeypatch.setattr(first.bot.edge.background, "run", lambda task, on_error: None)
    payloads.send(first.wsgi, first.slack.stamp(payloads.command("lang zh")))
    assert first.bot.storage.preferences.lang(TEAM, "U1") == "zh"


@pytest.mark.parametrize("deleted", [False, True])
def test_a_question_that_waits_changes_no_suspended_workspace_and_brings_no_deleted_one_back(
    worlds: tuple[World, World], deleted: bool
) -> None:
    first, second = worlds
    second.ask("RAG")
    helpful = {"type": "button", "action_id": "helpful", "value": "en|rag"}
    second.bot.answers.lookups.flush()
    first.send(payloads.event("app_uninstalled"))
    if deleted:
        first.bot.storage.workspaces.delete(TEAM)
    second.ask("LoRA")
    second.click(helpful)
    second.send(payloads.command("lang zh"))
    second.send(payloads.mention("RAG"))
    second.bot.shared_state.run_once()
    first.bot.storage.workspaces.start(TEAM)
    storage = first.bot.storage
    assert storage.preferences.list_langs(TEAM) == {}
    assert storage.lookups.recent(TEAM, "U1") == ([] if deleted else ["rag"])
    assert storage.feedback.counts(TEAM, "rag") == (0, 0)


# Only what is handled is remembered


def test_an_event_that_is_for_nobody_does_not_hide_a_mention(world: World) -> None:
    mention = payloads.mention("RAG")
    same = {key: mention["event"][key] for key in ("user", "text", "ts", "channel")}
    world.send(payloads.event("message", channel_type="channel", **same))
    world.send(mention)
    assert len(world.slack.of("chat.postMessage")) == 1


@pytest.mark.parametrize("event_id", [None, ""])
def test_events_without_an_id_are_each_handled(world: World, event_id: str | None) -> None:
    for question in ("RAG", "微调"):
        payload = payloads.mention(question)
        del payload["event_id"]
        if event_id is not None:
            payload["event_id"] = event_id
        world.send(payload)
    assert len(world.slack.of("chat.postMessage")) == 2


# The workspace of an event is that of its authorization


def from_partner(payload: dict[str, object]) -> dict[str, object]:
    """As Slack sends what a member of another workspace does in a shared channel."""
    return payload | {"team_id": PARTNER, "is_ext_shared_channel": True}


def test_tips_that_a_partner_turns_on_are_ours(world: World) -> None:
    world.send(from_partner(payloads.mention("tips on mon 9:30 Berlin", user_team=PARTNER)))
    assert world.bot.storage.subscriptions.find(TEAM, CHANNEL) is not None
    assert world.bot.storage.subscriptions.find(PARTNER, CHANNEL) is None


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("channel_archive", {"channel": CHANNEL}),
        ("group_archive", {"channel": CHANNEL}),
        ("channel_deleted", {"channel": CHANNEL}),
        ("member_left_channel", {"channel": CHANNEL, "user": "BOT"}),
        ("channel_id_changed", {"old_channel_id": CHANNEL, "new_channel_id": "C9"}),
    ],
)
def test_what_happens_to_a_shared_channel_reaches_its_tips(
    world: World, kind: str, fields: dict[str, str]
) -> None:
    world.send(payloads.mention("tips on mon 9:30 Berlin"))
    if fields.get("user") == "BOT":
        fields = fields | {"user": world.bot.edge.workspaces.identity(TEAM).user_id}
    world.send(from_partner(payloads.event(kind, **fields)))
    sub = world.bot.storage.subscriptions.find(TEAM, CHANNEL)
    assert sub is None or not sub.on


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_the_end_of_our_installation_is_ours(world: World, kind: str) -> None:
    tokens = {"tokens": {"bot": ["UB"]}} if kind == "tokens_revoked" else {}
    world.send(payloads.command("lang zh"))
    world.send(from_partner(payloads.event(kind, **tokens)))
    stopped = world.bot.storage.workspaces.get(TEAM).stopped
    assert stopped == ("token_revoked" if kind == "tokens_revoked" else kind)
    assert world.bot.storage.preferences.list_langs(TEAM) == {"U1": "zh"}, "kept for a while"


def test_a_workspace_without_the_app_is_told_so_and_gets_nothing(world: World) -> None:
    foreign = payloads.command("define RAG") | {"team_id": "T0OTHER"}
    assert world.send(foreign).status == 200
    [told] = world.slack.of("response_url")
    assert "not installed in your workspace" in told["text"]
    elsewhere = payloads.mention("RAG")
    elsewhere |= {"team_id": "T0OTHER", "authorizations": [{"team_id": "T0OTHER"}]}
    assert world.send(elsewhere).status == 200
    assert world.slack.of("chat.postMessage") == []


# A question to Slack that fails is not an answer


def test_without_a_zone_tips_on_asks_for_one(world: World) -> None:
    world.slack.fail_next("users.info", "internal_error")
    world.slack.fail_next("users.info", "internal_error")
    world.send(payloads.command("tips on mon 9:30"))
    [said] = [c["text"] for c in world.slack.of("response_url")]
    assert "Slack did not tell me your time zone" in said
    assert world.bot.storage.subscriptions.find(TEAM, CHANNEL) is None


def test_the_channels_last_zone_is_taken_and_said(world: World) -> None:
    world.send(payloads.command("tips on mon 9:30 Asia/Tokyo"))
    world.send(payloads.command("tips off"))
    world.bot.edge.languages._known.clear()
    world.slack.api.methods["users.info"] = lambda *call: {"user": "of another shape"}
    world.send(payloads.command("tips on tue 9:00"))
    sub = world.bot.storage.subscriptions.find(TEAM, CHANNEL)
    assert sub is not None
    assert sub.schedule == Schedule(1, sub.schedule.at, "Asia/Tokyo")
    assert "Asia/Tokyo" in world.slack.of("chat.postMessage")[-1]["text"]


@pytest.mark.parametrize("answer", [{"user": "text"}, {"user": []}, {"user": None}, {}])
def test_odd_answers_about_a_person_break_nothing(world: World, answer: dict[str, object]) -> None:
    world.slack.api.methods["users.info"] = lambda *call: answer
    world.send(payloads.command("tips"))
    [settings] = world.slack.of("views.open")
    [zone] = [b for b in settings["view"]["blocks"] if b.get("block_id") == "tips_zone"]
    assert "initial_value" not in zone["element"], "the zone is asked for"
    world.slack.calls.clear()
    world.send(payloads.command("checklist start agent launch"))
    [start] = world.slack.of("views.open")
    assert "Etc/UTC" in start["view"]["blocks"][1]["text"]["text"], "the assumed zone is said"
    world.send(submission(dict(start["view"]), user="U1"))
    [run] = world.bot.storage.runs.list_recent(TEAM, CHANNEL, 1)
    assert run.zone == "Etc/UTC"


def test_what_is_published_at_one_is_found_at_the_other_within_a_second(
    worlds: tuple[World, World],
) -> None:
    first, second = worlds
    for world in worlds:
        world.ask("help")
    publish(first.bot.storage.database, TEAM, "team-zeus", draft("Zeus gateway"))
    assert ENTRY_SECONDS < 1
    for world in worlds:
        world.bot.entry_watch.run_once()
        world.ask("help")  # the channel is looked up
        assert "What Zeus gateway is here." in str(world.ask("zeus gateway"))
    publish(second.bot.storage.database, TEAM, "team-zeus", draft("Hera gateway"), based_on=1)
    for world in worlds:
        world.bot.entry_watch.run_once()
        assert "What Hera gateway is here." in str(world.ask("hera gateway"))
        assert "What Zeus" not in str(world.ask("zeus gateway"))

"""The local Web API is as strict as Slack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground.records import BOT_USER_ID, User
from bot.playground.response_urls import respond
from bot.playground.web_api import WebApi
from bot.playground.workspace import Workspace

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BLOCK = {"type": "divider"}


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    return Workspace(clock)


def call(workspace: Workspace, method: str, params: dict[str, Any]) -> dict[str, Any]:
    return WebApi(workspace, "xoxb-1").call(method, params, "xoxb-1").body


def key_of(url: str) -> str:
    return url.rpartition("/")[2]


def post(workspace: Workspace, **params: Any) -> dict[str, Any]:
    return call(workspace, "chat.postMessage", {"channel": "C1", "text": "hi", **params})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"channel": "C404"}, "channel_not_found"),
        ({"text": ""}, "no_text"),
        ({"text": {"a": 1}}, "invalid_arguments"),
        ({"blocks": {"a": 1}}, "invalid_blocks_format"),
        ({"blocks": ["x"]}, "invalid_blocks_format"),
        ({"blocks": "no JSON"}, "invalid_blocks_format"),
        ({"blocks": [{}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": ["action_id"]}]}, "invalid_blocks"),
        ({"blocks": [{"type": "wheel"}]}, "invalid_blocks"),
        ({"blocks": [BLOCK] * 51}, "invalid_blocks"),
        ({"metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    ],
)
def test_a_message_that_slack_would_refuse_is_refused(
    workspace: Workspace, change: dict[str, Any], error: str
) -> None:
    assert post(workspace, **change)["error"] == error
    assert workspace.messages == []


def test_a_long_text_is_shortened_in_a_message_and_refused_in_a_private_one(
    workspace: Workspace,
) -> None:
    assert len(post(workspace, text="x" * 40_001)["message"]["text"]) == 40_000
    private = {"channel": "C1", "user": "U1", "text": "x" * 40_001}
    assert call(workspace, "chat.postEphemeral", private)["error"] == "msg_too_long"


def test_the_newest_messages_and_files_are_kept(workspace: Workspace) -> None:
    for number in range(510):
        post(workspace, text=str(number))
        call(workspace, "files.getUploadURLExternal", {"filename": "a.md", "length": "3"})
    assert [m["text"] for m in workspace.messages[::499]] == ["10", "509"]
    assert len(workspace.files) == 50


def test_the_bot_is_a_user_and_a_bot(workspace: Workspace) -> None:
    found = call(workspace, "users.info", {"user": BOT_USER_ID})["user"]
    assert (found["name"], found["is_bot"]) == ("llm-startup", True)


def test_every_kind_of_rich_text_is_accepted(workspace: Workspace) -> None:
    runs = [
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"},
    ]
    section = {"type": "rich_text_section", "elements": runs}
    assert post(workspace, blocks=[{"type": "rich_text", "elements": [section]}])["ok"]


def test_a_channel_that_the_bot_left_or_that_is_archived_takes_no_message(
    workspace: Workspace,
) -> None:
    workspace.channels["C1"].members.discard(BOT_USER_ID)
    assert post(workspace)["error"] == "not_in_channel"
    workspace.channels["C2"].is_archived = True
    assert post(workspace, channel="C2")["error"] == "is_archived"


def test_a_message_to_a_person_goes_to_their_direct_messages(workspace: Workspace) -> None:
    assert post(workspace, channel="U2")["channel"] == "DU2"
    assert len(workspace.seen_by("U2")) == 1
    assert workspace.seen_by("U1") == []


def test_a_private_message_is_seen_by_its_person_alone(workspace: Workspace) -> None:
    call(workspace, "chat.postEphemeral", {"channel": "C1", "user": "U1", "text": "psst"})
    assert len(workspace.seen_by("U1")) == 1
    assert workspace.seen_by("U2") == []


def test_only_the_bots_own_public_messages_can_be_updated(workspace: Workspace) -> None:
    mine = workspace.add({"channel": "C1", "user": "U1", "text": "mine", "blocks": []})
    update = {"channel": "C1", "ts": mine["ts"], "text": "x"}
    assert call(workspace, "chat.update", update)["error"] == "cant_update_message"
    sent = post(workspace)
    assert call(workspace, "chat.update", update | {"ts": sent["ts"]})["ok"]
    assert call(workspace, "chat.update", update | {"ts": "0.0"})["error"] == "message_not_found"
    long = update | {"ts": sent["ts"], "text": "x" * 4_001}
    assert call(workspace, "chat.update", long)["error"] == "msg_too_long"


def modal(**more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "blocks": [BLOCK],
        **more,
    }


def test_a_trigger_opens_one_view_within_three_seconds(workspace: Workspace, clock: Clock) -> None:
    trigger = workspace.new_trigger("U1")
    assert call(workspace, "views.open", {"trigger_id": trigger, "view": modal()})["ok"]
    again = call(workspace, "views.open", {"trigger_id": trigger, "view": modal()})
    assert again["error"] == "exchanged_trigger_id"
    late = workspace.new_trigger("U1")
    clock.now += timedelta(seconds=4)
    assert (
        call(workspace, "views.open", {"trigger_id": late, "view": modal()})["error"]
        == "expired_trigger_id"
    )
    made_up = call(workspace, "views.open", {"trigger_id": "1.2.3", "view": modal()})
    assert made_up["error"] == "invalid_trigger_id"


def test_a_fourth_view_does_not_fit_the_stack(workspace: Workspace) -> None:
    def show(method: str) -> dict[str, Any]:
        return call(workspace, method, {"trigger_id": workspace.new_trigger("U1"), "view": modal()})

    assert all(show(method)["ok"] for method in ("views.open", "views.push", "views.push"))
    assert show("views.push")["error"] == "push_limit_reached"


def test_a_view_that_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    home = {"type": "home", "blocks": [BLOCK]}
    first = call(workspace, "views.publish", {"user_id": "U1", "view": home})["view"]
    call(workspace, "views.publish", {"user_id": "U1", "view": home})
    stale = {"user_id": "U1", "view": home, "hash": first["hash"]}
    assert call(workspace, "views.publish", stale)["error"] == "hash_conflict"


def test_a_response_url_works_five_times_within_thirty_minutes(
    workspace: Workspace, clock: Clock
) -> None:
    key = key_of(workspace.new_response_url("C1", "U1"))
    statuses = [respond(workspace, key, {"text": "x"}) for _ in range(6)]
    assert statuses == [(200, "ok")] * 5 + [(404, "used_url")]
    late = key_of(workspace.new_response_url("C1", "U1"))
    clock.now += timedelta(minutes=31)
    assert respond(workspace, late, {"text": "x"}) == (404, "expired_url")
    assert respond(workspace, "made-up", {"text": "x"}) == (404, "expired_url")


def test_an_answer_through_a_response_url_is_private_unless_it_says_otherwise(
    workspace: Workspace,
) -> None:
    key = key_of(workspace.new_response_url("C1", "U1"))
    respond(workspace, key, {"text": "private"})
    respond(workspace, key, {"text": "public", "response_type": "in_channel"})
    assert [m["text"] for m in workspace.seen_by("U2")] == ["public"]


def test_blocks_that_are_none_are_refused_at_a_response_url_too(workspace: Workspace) -> None:
    key = key_of(workspace.new_response_url("C1", "U1"))
    assert respond(workspace, key, {"blocks": {"a": 1}}) == (400, "invalid_blocks_format")
    assert respond(workspace, key, {"blocks": [{"type": "wheel"}]}) == (400, "invalid_blocks")


def test_replacing_changes_the_message_that_was_clicked(workspace: Workspace) -> None:
    sent = post(workspace)
    key = key_of(workspace.new_response_url("C1", "U1", sent["ts"]))
    respond(workspace, key, {"text": "new", "replace_original": True})
    assert [m["text"] for m in workspace.messages] == ["new"]


def test_a_locale_comes_only_when_asked_for(workspace: Workspace) -> None:
    assert "locale" not in call(workspace, "users.info", {"user": "U1"})["user"]
    asked = call(workspace, "users.info", {"user": "U1", "include_locale": True})
    assert asked["user"]["locale"] == "zh-CN"


def test_nobody_writes_to_a_deactivated_account(workspace: Workspace) -> None:
    workspace.add_user(User("U7", "gone", "", "en-US", "UTC", is_deactivated=True))
    assert post(workspace, channel="U7")["error"] == "user_disabled"


def test_the_bot_deletes_its_own_messages_alone(workspace: Workspace) -> None:
    mine = workspace.add({"channel": "C1", "user": "U1", "text": "mine", "blocks": []})
    delete = {"channel": "C1", "ts": mine["ts"]}
    assert call(workspace, "chat.delete", delete)["error"] == "cant_delete_message"
    sent = post(workspace)
    assert call(workspace, "chat.delete", {"channel": "C1", "ts": sent["ts"]})["ok"]
    assert workspace.messages == [mine]


class TestHistory:
    def history(self, workspace: Workspace, **params: Any) -> dict[str, Any]:
        return call(workspace, "conversations.history", {"channel": "C1", **params})

    def test_it_is_newest_first_and_holds_neither_replies_nor_private_messages(
        self, workspace: Workspace
    ) -> None:
        first = post(workspace, text="first")
        post(workspace, text="reply", thread_ts=first["ts"])
        call(workspace, "chat.postEphemeral", {"channel": "C1", "user": "U1", "text": "psst"})
        post(workspace, text="last")
        found = self.history(workspace)
        assert [m["text"] for m in found["messages"]] == ["last", "first"]
        thread = call(workspace, "conversations.replies", {"channel": "C1", "ts": first["ts"]})
        assert [m["text"] for m in thread["messages"]] == ["first", "reply"]

    def test_it_comes_in_pages_between_two_moments(
        self, workspace: Workspace, clock: Clock
    ) -> None:
        for _ in range(5):
            clock.now += timedelta(minutes=1)
            post(workspace)
        span = {
            "oldest": str((NOW + timedelta(minutes=1, seconds=30)).timestamp()),
            "latest": str((NOW + timedelta(minutes=4, seconds=30)).timestamp()),
        }
        page = self.history(workspace, limit=2, **span)
        assert (len(page["messages"]), page["has_more"]) == (2, True)
        cursor = page["response_metadata"]["next_cursor"]
        rest = self.history(workspace, limit=2, cursor=cursor, **span)
        assert (len(rest["messages"]), rest["has_more"]) == (1, False)
        assert self.history(workspace, cursor="x")["error"] == "invalid_cursor"

    def test_metadata_come_only_when_asked_for(self, workspace: Workspace) -> None:
        post(workspace, metadata={"event_type": "t", "event_payload": {"delivery_id": "d1"}})
        [plain] = self.history(workspace)["messages"]
        [full] = self.history(workspace, include_all_metadata="1")["messages"]
        assert "metadata" not in plain
        assert full["metadata"]["event_payload"] == {"delivery_id": "d1"}

    @pytest.mark.parametrize(
        "change", [{"limit": "abc"}, {"limit": -3}, {"oldest": "abc"}, {"latest": "-inf"}]
    )
    def test_a_number_that_is_none_is_refused(
        self, workspace: Workspace, change: dict[str, Any]
    ) -> None:
        answer = self.history(workspace, **change)
        assert answer["error"] == "invalid_arguments"
        assert f"/{next(iter(change))}]" in answer["response_metadata"]["messages"][0]

    def test_a_thread_that_is_gone_is_said_to_be(self, workspace: Workspace) -> None:
        gone = call(workspace, "conversations.replies", {"channel": "C1", "ts": "1.0"})
        assert gone["error"] == "thread_not_found"


def test_a_file_is_shared_only_once_all_of_it_came(workspace: Workspace) -> None:
    begun = call(workspace, "files.getUploadURLExternal", {"filename": "a.md", "length": "3"})
    share = {"files": f'[{{"id": "{begun["file_id"]}", "title": "A"}}]', "channel_id": "C1"}
    assert call(workspace, "files.completeUploadExternal", share)["error"] == "file_not_found"
    workspace.files[begun["file_id"]].data = b"abc"
    assert call(workspace, "files.completeUploadExternal", share)["ok"]
    assert workspace.messages[-1]["files"][0]["name"] == "a.md"


@pytest.mark.parametrize("files", [[1], "no JSON", [], {"id": "F1"}, None])
def test_a_list_of_files_that_is_none_is_refused(workspace: Workspace, files: Any) -> None:
    answer = call(workspace, "files.completeUploadExternal", {"files": files})
    assert answer["error"] == "invalid_arguments"


def test_an_unknown_method_is_said_to_be_one(workspace: Workspace) -> None:
    assert call(workspace, "chat.explode", {}) == {"ok": False, "error": "unknown_method"}

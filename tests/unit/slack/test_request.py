"""A payload of each kind becomes one record."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.slack.feature import LineHandler, Task
from bot.slack.request import Request
from tests.support import payloads
from tests.support.local_slack import CHANNEL, TEAM, USER

CLIENT = WebClient()
BUTTON = {"action_id": "open:2", "value": "zh|rag", "block_id": "b1"}


def read(payload: dict[str, Any]) -> Request:
    return Request.of(CLIENT, payload)


def test_a_command_names_who_where_and_what() -> None:
    request = read(payloads.command("what is rag") | {"trigger_id": "t1", "response_url": "r1"})
    assert (request.kind, request.team_id, request.user_id) == ("command", TEAM, USER)
    assert (request.channel_id, request.text) == (CHANNEL, "what is rag")
    assert (request.trigger_id, request.response_url) == ("t1", "r1")


def test_a_button_knows_its_message_and_its_name_without_the_number() -> None:
    request = read(payloads.click(BUTTON, message_ts="17.5", ephemeral=False))
    assert (request.action.name, request.action.value) == ("open", "zh|rag")
    assert (request.action.block_id, request.message_ts) == ("b1", "17.5")
    assert not request.is_ephemeral
    assert not request.is_home
    assert read(payloads.click_in_view(BUTTON)).is_home


def test_the_value_of_a_select_is_that_of_the_option() -> None:
    chosen = {"action_id": "pick", "selected_option": {"value": "en|rag"}}
    assert read(payloads.click(chosen)).action.value == "en|rag"


def test_the_workspace_of_an_event_is_that_of_the_installation_not_of_the_person() -> None:
    payload = payloads.mention("rag", team="TPARTNER")
    payload["team_id"] = "TPARTNER"
    assert read(payload).team_id == TEAM


def test_the_workspace_of_a_partners_click_is_that_of_the_app() -> None:
    payload = payloads.click_in_view(BUTTON)
    payload["view"]["app_installed_team_id"] = TEAM
    payload["team"] = {"id": "TPARTNER"}
    payload["user"]["team_id"] = "TPARTNER"
    assert read(payload).team_id == TEAM


def test_a_message_with_replies_stands_in_the_channel_and_a_reply_in_its_thread() -> None:
    first = payloads.mention("rag")
    first["event"]["thread_ts"] = first["event"]["ts"]
    assert read(first).thread_ts == ""
    assert read(payloads.mention("rag", thread_ts="1.2")).thread_ts == "1.2"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"event": None, "actions": []},
        {"event": {"user": None}, "authorizations": [None]},
        {"team": None, "user": [], "channel": 3, "view": "v", "container": None, "actions": [7]},
    ],
)
def test_odd_input_leaves_everything_empty(payload: dict[str, Any]) -> None:
    request = read(payload)
    assert (request.team_id, request.user_id, request.channel_id) == ("", "", "")
    assert request.action.name == ""


def test_a_request_is_changed_by_copy() -> None:
    request = read(payloads.command("tips"))
    there = request.in_channel("C9").in_thread("1.2")
    assert (there.channel_id, there.thread_ts) == ("C9", "1.2")
    assert (request.channel_id, request.thread_ts) == (CHANNEL, "")
    with pytest.raises(FrozenInstanceError):
        request.text = "x"  # type: ignore[misc]


def test_what_was_typed_and_the_ways_to_answer_stay_out_of_the_log() -> None:
    payload = payloads.command("our secret") | {"trigger_id": "t1", "response_url": "https://r"}
    shown = repr(read(payload))
    assert "secret" not in shown
    assert "https://r" not in shown
    assert USER in shown


def test_a_request_about_a_named_channel_knows_where_it_was_typed() -> None:
    there = read(payloads.command("tips <#C9>")).about_channel("C9")
    assert (there.channel_id, there.where_asked.channel_id) == ("C9", CHANNEL)
    assert there.where_asked.where_asked == there.where_asked


def test_a_line_is_parsed_once_and_handled_as_it_was_parsed() -> None:
    seen: list[str] = []
    handled: list[tuple[str, str]] = []

    def parse(text: str) -> str | None:
        seen.append(text)
        return text.upper() if text.startswith("on") else None

    line = LineHandler(
        parse,
        lambda request, command: handled.append((request.text, command)),
        is_doubtful=lambda command: command != "ON",
    )
    assert line.find("pricing") is None
    doubtful, found = line.find("on pricing"), line.find("on")
    assert doubtful is not None
    assert found is not None
    assert (doubtful.doubtful, found.doubtful) == (True, False)
    found.begin(read(payloads.command("tips on")))()
    assert seen == ["pricing", "on pricing", "on"]
    assert handled == [("tips on", "ON")]


def test_what_changes_something_is_begun_before_the_rest() -> None:
    done: list[str] = []

    def begin(request: Request, command: str) -> Task:
        done.append(f"stored {command}")
        return lambda: done.append(f"said {command}")

    line = LineHandler(
        str.upper,
        lambda request, command: done.append(f"handled {command}"),
        begin,
        changes=lambda command: command == "ZH",
    )
    request = read(payloads.command("lang zh"))
    for text in ("zh", "?"):
        found = line.find(text)
        assert found is not None
        rest = found.begin(request)
        done.append("acknowledged")
        rest()
    assert done == ["stored ZH", "acknowledged", "said ZH", "acknowledged", "handled ?"]

"""What the bot's answer to a user action does in the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.bridge import Ack, NoAnswer
from bot.playground.interactions import TROUBLE
from bot.playground.person import act
from bot.playground.workspace import Workspace

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "T"},
    "blocks": [{"type": "divider"}],
}
BROKEN = MODAL | {"blocks": [{"type": "wheel"}]}


@dataclass
class FakeBridge:
    """A bot that always answers the same."""

    ack: Ack = field(default_factory=lambda: Ack(200, {}, ""))

    def form(self, workspace: Workspace, fields: dict[str, Any]) -> Ack:
        return self.ack

    interaction = form


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def do(workspace: Workspace, ack: Ack, **user_action: Any) -> None:
    act(workspace, FakeBridge(ack), {"user": "U1", "channel": "C1", **user_action})  # type: ignore[arg-type]


def type_command(workspace: Workspace, ack: Ack) -> list[dict[str, Any]]:
    do(workspace, ack, kind="say", text="/llm-startup moat")
    return workspace.messages


def test_an_empty_answer_to_a_command_shows_nothing(workspace: Workspace) -> None:
    assert type_command(workspace, Ack(200, {}, "")) == []


def test_a_plain_answer_to_a_command_is_shown_to_its_person(workspace: Workspace) -> None:
    [message] = type_command(workspace, Ack(200, {}, "Soon."))
    assert (message["text"], message["user"], message["only_for"]) == ("Soon.", "UBOT", "U1")


@pytest.mark.parametrize(
    ("status", "error"),
    [(0, "operation_timeout"), (404, "http_client_error"), (500, "http_service_error")],
)
def test_a_command_that_fails_is_said_to_by_slack(
    workspace: Workspace, status: int, error: str
) -> None:
    [message] = type_command(workspace, Ack(status, {}, "oh"))
    assert message["user"] == "Slackbot"
    assert message["text"] == f'/llm-startup failed with the error "{error}".'


def submit(workspace: Workspace, ack: Ack) -> list[dict[str, Any]]:
    """Submit the topmost of two modals. The stack that is left."""
    first, second = workspace.keep_view(MODAL), workspace.keep_view(MODAL)
    workspace.modals["U1"] = [first, second]
    do(workspace, ack, kind="submit", view=second["id"], values={})
    return workspace.modals["U1"]


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({}, 1),
        ({"response_action": "clear"}, 0),
        ({"response_action": "push", "view": MODAL}, 3),
        ({"response_action": "update", "view": MODAL}, 2),
    ],
)
def test_the_answer_to_a_submission_moves_the_stack(
    workspace: Workspace, answer: dict[str, Any], left: int
) -> None:
    assert len(submit(workspace, Ack(200, answer, ""))) == left


def test_errors_stand_in_the_view(workspace: Workspace) -> None:
    answer = {"response_action": "errors", "errors": {"zone": "Which?"}}
    assert submit(workspace, Ack(200, answer, ""))[-1]["errors"] == {"zone": "Which?"}


@pytest.mark.parametrize(
    "ack",
    [
        Ack(0, {}, ""),
        Ack(500, {}, ""),
        Ack(200, {"response_action": "update", "view": BROKEN}, ""),
        Ack(200, {"response_action": "push"}, ""),
    ],
)
def test_a_modal_whose_submission_fails_stays_and_says_so(workspace: Workspace, ack: Ack) -> None:
    stack = submit(workspace, ack)
    assert (len(stack), stack[-1]["trouble"]) == (2, TROUBLE)


def test_a_click_without_an_answer_is_told(workspace: Workspace) -> None:
    ts = workspace.add({"channel": "C1", "user": "UBOT", "text": "x", "blocks": []})["ts"]
    with pytest.raises(NoAnswer, match="operation_timeout"):
        do(workspace, Ack(0, {}, ""), kind="click", ts=ts, action={"type": "button"})


def test_a_stack_is_closed_one_by_one_or_whole(workspace: Workspace) -> None:
    for user_action, left in (({}, 1), ({"all": True}, 0), ({}, 0)):
        workspace.modals.setdefault("U1", [MODAL, MODAL])
        do(workspace, Ack(200, {}, ""), kind="close", **user_action)
        assert len(workspace.modals["U1"]) == left

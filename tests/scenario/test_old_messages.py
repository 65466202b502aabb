"""What an earlier version posted is still answered: its buttons, menus and forms stay in Slack.

tests/data/old_messages.json holds what commit 41d2c24 (24 Nov 2026) sent in a conversation that
touched all it had, in both languages: each button and choice with its value, each form whole, the
rows that its database then held, and the ids of all entries.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.checklists.models import ItemState, Run
from bot.database.engine import Database
from bot.handbook import Handbook
from bot.playground.limits import find_problems
from bot.search.library import Library
from bot.settings import ROOT
from bot.slack.action_ids import action_of
from tests.support import payloads
from tests.support.local_slack import TEAM, Call
from tests.support.old_databases import make_old_sqlite
from tests.support.runs import ADMIN, OTHER, STARTER, RunWorld, build_slack, run_world, submission
from tests.support.tips import FakeClock

OLD = json.loads((ROOT / "tests/data/old_messages.json").read_text("utf-8"))
VERSION = "0003"  # of its tables
Old = dict[str, Any]
Sent = list[Call]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the earlier version left, brought up to date."""
    path = tmp_path_factory.mktemp("old") / "bot.db"
    make_old_sqlite(f"sqlite:///{path}", VERSION, OLD["tables"])
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def world(library: Library, upgraded: Path, tmp_path: Path) -> Iterator[RunWorld]:
    """Today's app on that database, in a Slack that has its lists."""
    url = f"sqlite:///{shutil.copy(upgraded, tmp_path)}"
    clock = FakeClock(datetime.fromisoformat(OLD["at"]))
    slack = build_slack(clock)
    for channel_id in ("C7", "C8", "C9"):
        slack.add_channel(channel_id)
    for row in OLD["tables"]["runs"]:
        if row["message_ts"]:
            message = {"channel": row["channel_id"], "ts": row["message_ts"], "bot": True}
            slack.workspace.add(message | {"text": "an old list", "blocks": []})
    with run_world(library, url, clock, slack) as world:
        yield world
    slack.close()


@pytest.fixture
def drawn(world: RunWorld) -> RunWorld:
    """Its lists are drawn anew, as they are a moment after the start."""
    world.bot.worker.catch_up()
    world.later(seconds=5)
    world.slack.calls.clear()
    return world


def of_action(name: str) -> list[Old]:
    return [old for old in OLD["actions"] if name_of(old) == name]


def name_of(old: Old) -> str:
    return action_of(str(old["element"]["action_id"]))


def value_of(old: Old) -> str:
    element = old["element"]
    return str(element.get("value") or element["selected_option"]["value"])


def run_of(world: RunWorld, old: Old) -> Run | None:
    """The run that a button names: `run|item`, or in a menu `verb|run|item`."""
    return world.bot.storage.runs.find(TEAM, value_of(old).split("|")[-2])


def press(world: RunWorld, old: Old) -> Sent:
    """What the app sent after a press of the old button, where it stood."""
    before = len(world.slack.calls)
    response = world.send(payload_of(world, old))
    assert (response.status, response.body) == (200, "")
    world.later(seconds=5)
    sent = world.slack.calls[before:]
    for call in sent:
        assert problems_of(call) == [], old
    return sent


def payload_of(world: RunWorld, old: Old) -> dict[str, Any]:
    element, where = dict(old["element"]), old["on"]
    if where in ("home", "modal"):
        if where == "modal":
            view = {"type": "modal", "title": {"type": "plain_text", "text": "old"}, "blocks": []}
            world.slack.workspace.modals[STARTER] = [world.slack.workspace.keep_view(view)]
        return payloads.click_in_view(element, view_type=where)
    channel = str(old.get("channel", "C1"))
    found = [row for row in OLD["tables"]["runs"] if row["channel_id"] == channel]
    user, ts = STARTER, f"1700000003.{OLD['actions'].index(old):06}"
    if channel.startswith("U"):  # a person's direct messages
        user, channel = channel, f"D{channel}"
    elif element["block_id"].startswith("run:"):  # on a list
        [row] = found
        user, ts = row["started_by"], row["message_ts"] or ts
    return payloads.click(
        element, user=user, channel=channel, message_ts=ts, ephemeral=where == "private"
    )


def problems_of(call: Call) -> list[str]:
    if view := call.params.get("view"):
        return [str(problem) for problem in find_problems(view, view["type"])]
    if "blocks" in call.params:
        shown = {"text": call.params["text"], "blocks": call.params["blocks"]}
        return [str(problem) for problem in find_problems(shown, "message")]
    return []


def methods(sent: Sent) -> set[str]:
    return {call.method for call in sent}


def is_private(sent: Sent) -> bool:
    """Whether the user alone was told, on the way that the place allows."""
    return bool(methods(sent) & {"response_url", "chat.postEphemeral"})


def opens_view(sent: Sent) -> bool:
    return bool(methods(sent) & {"views.open", "views.push"})


def shows(world: RunWorld, old: Old, sent: Sent) -> bool:
    """An entry or a reply: privately beside a message, in a modal over the Home tab or a modal."""
    return opens_view(sent) if old["on"] in ("home", "modal") else is_private(sent)


def is_in_state(*states: ItemState) -> Callable[[RunWorld, Old, Sent], bool]:
    def check(world: RunWorld, old: Old, sent: Sent) -> bool:
        run, number = run_of(world, old), int(value_of(old).split("|")[-1])
        return run is not None and run.items[number - 1].state in states

    return check


def has_run(closed: bool) -> Callable[[RunWorld, Old, Sent], bool]:
    def check(world: RunWorld, old: Old, sent: Sent) -> bool:
        run = run_of(world, old)
        return run is not None and run.is_closed is closed

    return check


def menu_is_answered(world: RunWorld, old: Old, sent: Sent) -> bool:
    if run_of(world, old).is_closed:  # type: ignore[union-attr]  # an error would fail the test too
        return is_private(sent)
    return is_private(sent) if value_of(old).startswith("why|") else opens_view(sent)


def subscription_is(paused: bool) -> Callable[[RunWorld, Old, Sent], bool]:
    def check(world: RunWorld, old: Old, sent: Sent) -> bool:
        found = world.bot.storage.subscriptions.find(TEAM, value_of(old))
        is_paused = found is not None and found.paused_until is not None
        return is_paused is paused and "views.publish" in methods(sent)

    return check


def is_rated(world: RunWorld, old: Old, sent: Sent) -> bool:
    return shows(world, old, sent) and "chat.postMessage" not in methods(sent)


# What each old button leads to, by the name of its action.
ANSWERS: dict[str, Callable[[RunWorld, Old, Sent], bool]] = {
    "open": shows,
    "modal_open": lambda world, old, sent: "views.push" in methods(sent),
    "pick": shows,
    "ask": shows,
    "chapter": shows,
    "language": lambda world, old, sent: sent[-1].params["replace_original"] is True,
    "share": lambda world, old, sent: (
        [call.params.get("response_type") for call in sent].count("in_channel") == 1
    ),
    "helpful": is_rated,
    "not_helpful": lambda world, old, sent: opens_view(sent),  # which asks why
    "run_start": lambda world, old, sent: opens_view(sent),
    "run_pick": lambda world, old, sent: opens_view(sent),
    "run_tick": is_in_state(ItemState.DONE),
    "run_untick": is_in_state(ItemState.OPEN),
    "run_menu": menu_is_answered,
    "run_page": lambda world, old, sent: "chat.update" in methods(sent),
    "run_close": has_run(closed=True),
    "run_reopen": has_run(closed=False),
    "run_delete": lambda world, old, sent: run_of(world, old) is None,
    "run_export": lambda world, old, sent: "files.completeUploadExternal" in methods(sent),
    "run_log": lambda world, old, sent: is_private(sent),
    "run_post_again": lambda world, old, sent: "chat.postMessage" in methods(sent),
    "run_mute": lambda world, old, sent: (
        world.bot.storage.mutes.is_muted(TEAM, old["channel"])
        and bool(methods(sent) & {"chat.postMessage", "response_url"})
    ),
    "run_unmute": lambda world, old, sent: "views.publish" in methods(sent),
    "tip_settings": lambda world, old, sent: opens_view(sent),
    "tips_pause": subscription_is(paused=True),
    "tips_resume": subscription_is(paused=False),
}


@pytest.mark.parametrize("name", sorted({name_of(old) for old in OLD["actions"]}))
def test_an_old_button_does_what_it_says(
    drawn: RunWorld, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for old in of_action(name):
        if name == "run_tick" and (run := run_of(drawn, old)) and run.is_closed:
            continue  # a closed list is looked at below
        assert ANSWERS[name](drawn, old, press(drawn, old)), old
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_an_old_tick_of_a_closed_list_is_answered(drawn: RunWorld) -> None:
    closed = [old for old in of_action("run_tick") if old.get("channel") == "C9"]
    for old in closed:
        assert is_private(press(drawn, old))
        assert is_in_state(ItemState.OPEN)(drawn, old, [])
    assert closed


# Weak tips that better ones of the same section replaced under new ids, so that a channel which had
# the old one gets the new one too. None was sent by that version; an old button that names an entry
# which is gone is answered with one sentence (test_content.py).
REPLACED = {
    "tip-611-08": "tip-611-11", "tip-611-10": "tip-611-12", "tip-612-02": "tip-612-11",
    "tip-612-06": "tip-612-12", "tip-612-07": "tip-612-13", "tip-622-02": "tip-622-11",
    "tip-622-05": "tip-622-12", "tip-631-05": "tip-631-11", "tip-632-07": "tip-632-11",
    "tip-632-08": "tip-632-12",
}  # fmt: skip


def test_every_entry_that_an_old_button_may_name_is_still_there(handbook: Handbook) -> None:
    assert set(OLD["entries"]) - set(handbook.entries) == set(REPLACED)
    assert set(REPLACED.values()) <= set(handbook.entries)
    sent = json.dumps([OLD["actions"], OLD["tables"]])
    assert [gone for gone in REPLACED if gone in sent] == []


FORMS = [pytest.param(view, id=f"{n}-{view['callback_id']}") for n, view in enumerate(OLD["views"])]


@pytest.mark.parametrize("view", FORMS)
def test_an_old_form_is_taken(
    drawn: RunWorld, view: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    response = drawn.send(form(view, user=ADMIN))
    drawn.later(seconds=5)
    assert response.status == 200
    assert "errors" not in response.body
    assert TAKEN[view["callback_id"]](drawn, view, response.body)
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


def form(view: dict[str, Any], *, user: str) -> dict[str, Any]:
    """The form submitted as it came, but for one thing changed."""
    changes: dict[str, Any] = {}
    if view["callback_id"] == "run_item_view":
        changes = {
            "run_owner": OTHER, "run_due": "2026-12-04", "run_note": "new", "run_reason": "new",
        }  # fmt: skip
    payload = submission(json.loads(json.dumps(view)), user=user, **changes)
    for field in payload["view"]["state"]["values"].values():
        for element in field.values():
            if element["type"] == "timepicker":
                element["selected_time"] = "10:30"
            if element["type"] == "static_select":  # the weekday
                element["selected_option"] = {"value": "1"}
    return payload


def has_settings(world: RunWorld, view: dict[str, Any], body: str) -> bool:
    found = world.bot.storage.subscriptions.find(TEAM, view["private_metadata"])
    assert found is not None
    return (found.schedule.weekday, f"{found.schedule.at:%H:%M}") == (1, "10:30")


def has_started(world: RunWorld, view: dict[str, Any], body: str) -> bool:
    checklist_id, channel_id, _ = json.loads(view["private_metadata"])
    newest = world.bot.storage.runs.list_recent(TEAM, channel_id, 1)[0]
    return newest.started_by == ADMIN and newest.checklist_id == checklist_id


def has_changed(world: RunWorld, view: dict[str, Any], body: str) -> bool:
    """Stored; or shown once more, as somebody else changed the item after the form was opened."""
    verb, run_id, number = view["private_metadata"].partition("\n")[0].split("|")
    run = world.bot.storage.runs.find(TEAM, run_id)
    assert run is not None
    item = run.items[int(number) - 1]
    if body:
        return json.loads(body)["response_action"] == "update" and item.note == "another"
    return {
        "assign": item.owner == OTHER,
        "due": str(item.due) == "2026-12-04",
        "note": item.note == "new",
        "exclude": item.reason == "new",
    }[verb]


TAKEN: dict[str, Callable[[RunWorld, dict[str, Any], str], bool]] = {
    "tips_settings": has_settings,
    "run_start_view": has_started,
    "run_item_view": has_changed,
}


def test_open_lists_are_drawn_anew_once(world: RunWorld) -> None:
    world.bot.worker.catch_up()
    world.later(seconds=5)
    drawn = [(call["channel"], call["ts"]) for call in world.slack.of("chat.update")]
    open_lists = [
        (row["channel_id"], row["message_ts"])
        for row in OLD["tables"]["runs"]
        if row["message_ts"] and not row["closed_at"]
    ]
    assert sorted(drawn) == sorted(open_lists)
    world.slack.calls.clear()
    world.later(hours=1)
    assert world.slack.of("chat.update") == []

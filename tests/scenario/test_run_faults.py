"""Every call that a running checklist needs, through every fault that a call can meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.answers.ids import MODAL_OPEN
from bot.checklists.models import ItemState
from bot.i18n import Text
from bot.outbox import sender
from bot.search.library import Library
from bot.slack import client as slack_client
from bot.slack import words
from tests.support import payloads
from tests.support.faults import Fault, FaultySlack
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import CHANNEL, NOW, RunWorld, build_slack, run_world
from tests.support.tips import FakeClock

REFUSED = (Fault.ARCHIVED, Fault.RESTRICTED, Fault.TOO_LONG)  # for good
FAULTS = pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
# One of each class, for calls that the same few lines handle.
CLASSES = pytest.mark.parametrize(
    "fault",
    [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.INTERNAL_ERROR_AFTER, Fault.BAD_JSON_AFTER,
     Fault.LIMITED_LONG, Fault.ARCHIVED],
    ids=lambda fault: fault.name.lower(),
)  # fmt: skip


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultySlack]:
    monkeypatch.setattr(slack_client, "TIMEOUT_SECONDS", 1)
    monkeypatch.setattr(sender, "TIMEOUT_SECONDS", 1)
    slack = build_slack(FakeClock(NOW), kind=FaultySlack)
    yield slack
    slack.close()


@pytest.fixture
def world(slack: FaultySlack, library: Library, sqlite_url: str) -> Iterator[RunWorld]:
    clock = FakeClock(NOW)
    slack.workspace.now = clock.now
    with run_world(library, sqlite_url, clock, slack) as world:
        world.bot.app.client.timeout = 1
        yield world


@FAULTS
def test_a_list_is_posted_once_whatever_its_answer_was(
    world: RunWorld, slack: FaultySlack, fault: Fault
) -> None:
    world.type("checklist start agent launch")
    slack.break_next("chat.postMessage", fault)
    world.submit(slack.of("views.open")[-1]["view"])
    for minutes in (2, 15, 45):
        world.later(minutes=minutes)
    assert slack.broken == 1
    lists = [m for m in slack.workspace.messages if shows_a_list(m)]
    assert len(lists) <= 1, "never twice"
    if not lists:
        assert fault.is_unknown or fault in REFUSED, "what could be posted later is"
        world.type("checklist running")
        assert told(world), "and where nobody knows, or it cannot be, the person can see it"


@FAULTS
def test_a_tick_is_kept_and_shown_in_the_end(
    world: RunWorld, slack: FaultySlack, fault: Fault
) -> None:
    world.start()
    slack.break_next("chat.update", fault)
    world.press("run_tick")
    assert world.run.items[0].state is ItemState.DONE, "kept before anything is sent"
    for minutes in (2, 15, 45):
        world.later(minutes=minutes)
    assert slack.broken == 1
    if fault not in REFUSED:
        assert "1 / 12" in json.dumps(slack.of("chat.update")[-1], ensure_ascii=False)
    world.press("run_tick", 1 if fault in REFUSED else 0)  # a message that stayed as it was
    done = [item for item in world.run.items if item.state is ItemState.DONE]
    assert len(done) == 2, "the process is well afterwards"


@CLASSES
def test_a_list_is_deleted_though_its_message_cannot_be(
    world: RunWorld, slack: FaultySlack, fault: Fault
) -> None:
    world.start()
    slack.break_next("chat.delete", fault)
    world.press("run_delete")
    assert slack.broken == 1
    assert world.bot.storage.runs.list_recent(TEAM, CHANNEL, 9) == []
    assert "Deleted" in world.told()


@CLASSES
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_an_export_comes_once_or_is_told(
    world: RunWorld,
    slack: FaultySlack,
    method: str,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.start()
    slack.break_next(method, fault)
    world.press("run_export")
    assert slack.broken >= 1
    files = [m for m in slack.workspace.messages if m.get("files")]
    assert len(files) <= 1
    if not files:
        said = told(world)
        assert said
        assert "reference" in caplog.text or "cannot be exported" in said or is_busy(said)
    if fault.is_unknown:
        assert not is_said(words.FAILED, told(world)), "it may have been done"


@CLASSES
@pytest.mark.parametrize("method", ["views.push", "views.update"])
def test_an_entry_over_a_modal_opens_or_the_person_is_told(
    world: RunWorld,
    slack: FaultySlack,
    method: str,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.send(payloads.explain("what is RAG and fine-tuning"))
    view = slack.of("views.open")[-1]["view"]
    button = buttons(view["blocks"], MODAL_OPEN)[0]
    if method == "views.update":
        slack.fail_next("views.push", "push_limit_reached")
    slack.break_next(method, fault)
    world.send(payloads.click_in_view(button, view_type="modal"))
    assert slack.broken == 1
    arrived = fault.is_accepted or fault is Fault.LIMITED_SHORT
    assert arrived or "reference" in caplog.text or told(world)


def shows_a_list(message: dict[str, Any]) -> bool:
    return any("block_id" in block for block in message.get("blocks", ())) and not message.get(
        "only_for"
    )


def told(world: RunWorld) -> str:
    """All that somebody alone was told."""
    private: Callable[[str], list[dict[str, Any]]] = world.slack.of
    shown = [*private("response_url"), *private("chat.postEphemeral")]
    direct = [m for m in private("chat.postMessage") if str(m["channel"])[0] in "UD"]
    return json.dumps([*shown, *direct], ensure_ascii=False) if shown or direct else ""


def is_said(text: Text, said: str) -> bool:
    return any(half.partition("{")[0].partition("(")[0] in said for half in (text.en, text.zh))


def is_busy(said: str) -> bool:
    return is_said(words.BUSY, said)


def test_the_first_tick_on_an_unconfirmed_list_shows_at_once(
    world: RunWorld, slack: FaultySlack
) -> None:
    """The worker sleeps for half a minute otherwise: whoever adds work nudges it afterwards."""
    world.type("checklist start agent launch")
    slack.break_next("chat.postMessage", Fault.CUT_AFTER)
    world.submit(slack.of("views.open")[-1]["view"])
    [shown] = [m for m in slack.workspace.messages if shows_a_list(m)]
    assert not world.run.message_ts, "nobody knows of it"
    world.bot.worker.start()
    tick = buttons(shown["blocks"], "run_tick")[0]
    click = payloads.click(tick, message_ts=shown["ts"], ephemeral=False)
    payloads.send(world.wsgi, slack.stamp(click))
    [update] = slack.wait_for("chat.update")
    assert (update["ts"], world.run.message_ts) == (shown["ts"], shown["ts"])

"""Fifty people tick at once, through two running apps on one database, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from threading import Lock
from typing import Any

import pytest

from bot.checklists.changes import replay
from bot.checklists.ids import list_block_id
from bot.checklists.models import ItemState
from bot.checklists.progress import count_progress
from bot.outbox.models import Content, OutboundMessage
from bot.outbox.outcomes import Outcome
from bot.outbox.sender import SlackSender
from bot.search.library import Library
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.runs import NOW, RunWorld, build_slack, run_world
from tests.support.tips import FakeClock

PEOPLE, CLICKS, ITEMS = 50, 6, 11
Update = Callable[[SlackSender, OutboundMessage, Content], Outcome]


class Updates:
    """What the message was made to show, and when, over all apps."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._lock = Lock()
        self.taken: list[tuple[datetime, Content]] = []
        self.moments: list[datetime] = []

    def around(self, update: Update) -> Update:
        def call(sender: SlackSender, message: OutboundMessage, content: Content) -> Outcome:
            with self._lock:
                self.moments.append(self._clock.now())
            outcome = update(sender, message, content)
            if outcome.effect == "posted":
                with self._lock:
                    self.taken.append((self._clock.now(), content))
            return outcome

        return call


@pytest.fixture
def apps(library: Library, database_url: str) -> Any:
    with ExitStack() as stack:
        clock = FakeClock(NOW)
        slack = build_slack(clock, tuple(f"U{person:03}" for person in range(PEOPLE)))
        stack.callback(slack.close)
        yield [
            stack.enter_context(run_world(library, database_url, clock, slack)) for _ in range(2)
        ]


def test_the_state_is_the_logs_and_the_message_ends_up_showing_it(
    apps: list[RunWorld], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = apps
    first.type("checklist start agent launch")
    view = first.slack.of("views.open")[-1]["view"]
    first.submit(view, **{"run_items:10": []}, run_add="One more")  # ten of the handbook's, and it
    start = run = first.run
    assert len(run.items) == ITEMS
    updates = Updates(first.clock)
    monkeypatch.setattr(SlackSender, "update", updates.around(SlackSender.update))
    for _ in apps:
        first.slack.fail_next("chat.update", "ratelimited", status=429, retry_after=3)

    def click_away(person: int) -> None:
        random = Random(person)
        world = apps[person % 2]
        for _ in range(CLICKS):
            action_id = random.choice(("run_tick", "run_untick"))
            value = f"{run.id}|{random.randint(1, ITEMS)}"
            element = {"type": "button", "action_id": action_id, "value": value,
                       "block_id": list_block_id(1, 0)}  # fmt: skip
            payload = payloads.click(
                element, user=f"U{person:03}", ephemeral=False,
                message_ts=run.message_ts,
            )  # fmt: skip
            assert payloads.send(world.wsgi, world.slack.stamp(payload)).status == 200

    with ThreadPoolExecutor(PEOPLE) as people:
        clicking = [people.submit(click_away, person) for person in range(PEOPLE)]
        while not all(future.done() for future in clicking):
            for world in apps:
                world.later(milliseconds=250)
        for future in clicking:
            future.result()
    for world in apps:
        world.bot.edge.background.drain()
    for world in [first, second] * 5:  # the clicks are over: the last state arrives
        world.later(seconds=1)
    first.later(seconds=30)  # one more time where an update was refused on the way

    replies = [m["text"] for m in first.slack.of("response_url")]
    assert not [text for text in replies if "went wrong" in text]
    storage = first.bot.storage
    run = first.run
    log = list(reversed(storage.runs.log(TEAM, run.id)))
    assert [line.number for line in log] == list(range(1, len(log) + 1))
    assert replay(start, log[1:]).items == run.items
    assert len(log) > ITEMS
    done = count_progress(run, first.clock.now()).done
    _, message = max(updates.taken, key=lambda taken: taken[0])
    assert f"{done} / {ITEMS}" in message["text"]
    shown = [b["text"]["text"][0] for b in message["blocks"] if "accessory" in b]
    if 2 * done > ITEMS:  # done items are folded into one line, above the open ones
        assert shown == ["✅", *["⬜"] * (ITEMS - done)]
    else:
        assert shown == ["✅" if item.state is ItemState.DONE else "⬜" for item in run.items]
    moments = sorted(updates.moments)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) >= timedelta(seconds=1), "one message is updated at most once a second"
    assert len(moments) < len(log), "many changes cost one update"
    assert storage.outbox.next_moment(["checklists"]) is None, "nothing is left to show"

"""The process killed (SIGKILL) at each step of a change to a run, on both databases: nothing that
was ticked is lost, nobody is told a thing twice, and the message ends up showing the state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.checklists.changes import replay
from bot.checklists.posts import FEATURE, PostKind, kind_of
from bot.checklists.progress import count_progress
from bot.outbox.models import LEASE, Kind, State
from bot.playground.records import User
from bot.storage import Storage
from tests.kill.conftest import Tell
from tests.kill.counts import KILLS
from tests.kill.flaky_api import FlakyApi
from tests.support.local_slack import TEAM
from tests.support.runs import CHANNEL, NOW, STARTER, build_run

STEPS = (
    "change before", "change after", "commit", "claim before", "claim after", "post before",
    "post after", "settle before", "settle after", "update before", "update after",
    "begin before", "begin after",
)  # fmt: skip
TELLING = ("find before", "find after")  # what a restart may also come by
ITEMS = 4
KINDS = 6  # of changes
TURNS = 400  # at the most


@pytest.fixture(params=[True, False], ids=["with history", "without history"])
def slack(request: pytest.FixtureRequest) -> Iterator[FlakyApi]:
    slack = FlakyApi(readable=request.param)
    for turn in range(TURNS):
        slack.workspace.add_user(User(owner_of(turn), "someone", "", "en-US", "Etc/UTC"))
    yield slack
    slack.close()


def owner_of(turn: int) -> str:
    return f"U{turn:03}"


def change_of(turn: int, day: str) -> dict[str, Any]:
    """Ticks, with an assignment, a due day and an end that are told at once in between."""
    item = turn // KINDS % ITEMS + 1
    changes: tuple[dict[str, Any], ...] = (
        {"what": "assigned", "item": item, "user_id": owner_of(turn), "zone": "UTC"},
        {"what": "due", "item": item, "day": day},
        {"what": "ticked", "item": item},
        {"what": "closed"},
        {"what": "reopened"},
        {"what": "unticked", "item": item},
    )
    return changes[turn % KINDS]


def bring_back(storage: Storage, slack: FlakyApi, run_id: str, now: datetime) -> None:
    """Where nobody can know whether the list was posted: somebody presses a button on it or, where
    there is none, has it posted anew."""
    run = storage.runs.find(TEAM, run_id)
    posts = storage.outbox.history(TEAM, FEATURE, CHANNEL, limit=1000)
    lists = {m.id: m for m in posts if m.kind is Kind.POST and kind_of(m) is PostKind.LIST}
    if run is None or run.message_ts:
        return
    if not all(m.state is State.UNCONFIRMED and m.next_at is None for m in lists.values()):
        return
    for message in slack.messages:
        if message["metadata"]["event_payload"]["delivery_id"] in lists:
            storage.runs.adopt(TEAM, run_id, message["ts"], now)
            return
    storage.runs.post_again(TEAM, run_id, now)


def test_killed_at_each_step_nothing_is_lost_and_nothing_told_twice(
    database_url: str, storage: Storage, slack: FlakyApi, driver: Tell, tmp_path: Path
) -> None:  # fmt: skip
    start = build_run(ITEMS)
    storage.runs.create(start)
    acks = tmp_path / "acks"
    acks.touch()
    order = {"work": "runs", "url": database_url, "api_url": slack.api_url, "run": start.id,
             "acks": str(acks)}  # fmt: skip
    peace: dict[str, Any] = {"by": "", "step": "", "nth": 0, "change": {}}

    def tell(**more: Any) -> bool:
        slack.now = now
        return driver(**order | {"now": now.isoformat()} | more)

    random = Random(2026)
    done: Counter[str] = Counter()
    now, turn = NOW, 0
    while turn < KINDS:  # each kind of change is made in peace at first
        change = change_of(turn, str(now.date()))
        assert not tell(**peace | {"by": STARTER, "change": change})
        now += timedelta(minutes=30)
        turn += 1
    while turn < TURNS and (done.total() < KILLS or not all(done[step] for step in STEPS)):
        missing = [step for step in STEPS if not done[step]]  # some are come by seldom: first
        step = random.choice(missing) if missing else STEPS[turn % len(STEPS)]
        nth = 1 if missing else random.randint(1, 2)
        change = change_of(turn, str(now.date()))
        done[step] += tell(by=STARTER, step=step, nth=nth, change=change)
        again = random.choice((*STEPS, *TELLING))  # the next start may be killed as well
        now += LEASE + timedelta(seconds=30)
        done[again] += tell(by="", step=again, nth=1, change={})
        now += timedelta(minutes=30)
        turn += 1
        bring_back(storage, slack, start.id, now)
    for _ in range(3):  # and then it runs on in peace
        now += LEASE
        assert not tell(**peace)
    assert done.total() >= KILLS, done
    assert all(done[step] for step in STEPS), done
    print(dict(done))

    run = storage.runs.find(TEAM, start.id)
    assert run is not None
    log = list(reversed(storage.runs.log(TEAM, start.id)))
    acknowledged = {int(number) for number in acks.read_text().split()}
    assert acknowledged <= {line.number for line in log}, "what was acknowledged is on record"
    assert replay(start, log[1:]).items == run.items

    posted = Counter(m["metadata"]["event_payload"]["delivery_id"]
                     for m in slack.of("chat.postMessage"))  # fmt: skip
    assert max(posted.values()) == 1, "nothing is posted twice"
    found = storage.outbox.history(TEAM, FEATURE, limit=10_000)
    posts = [message for message in found if message.kind is Kind.POST]
    for post in posts:
        if post.state is State.SENT:
            assert posted[post.id] == 1
        elif post.state is State.UNCONFIRMED:
            assert not slack.readable, "what can be looked up is known"
        elif post.state is State.WAITING:  # a reminder for half past nine
            assert post.next_at is not None
            assert (post.next_at > now, posted[post.id]) == (True, 0)
        else:
            assert (post.state, post.error, posted[post.id]) == (State.MISSED, "unwanted", 0)
    assert Counter(post.state for post in posts)[State.SENT] > 5

    due = storage.outbox.next_moment([FEATURE])
    assert due is None or due > now, "nothing is left to show, until an item becomes overdue"
    last = slack.of("chat.update")[-1]
    shown = last["text"].splitlines()[0]
    assert shown.endswith(f"{count_progress(run, now).done} / {ITEMS}")

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.checklists.models import Run
from bot.checklists.refresh import GAP, LEASE, LONGEST_PAUSE, Refresher, pause_after
from bot.database.errors import StorageError
from bot.tips.outcomes import Effect, Outcome
from bot.tips.ports import Message
from tests.support.runs import NOW, build_run
from tests.support.tips import FakeClock


@dataclass
class FakeRefreshes:
    """Gives what it is given, once."""

    waiting: list[tuple[Run, int]] = field(default_factory=list)
    settled: list[dict[str, Any]] = field(default_factory=list)
    held: list[tuple[str, datetime]] = field(default_factory=list)
    broken: bool = False

    def claim(self, now: datetime) -> tuple[Run, int] | None:
        if self.broken:
            raise StorageError("the disk is full")
        return self.waiting.pop(0) if self.waiting else None

    def settle(self, run: Run, **what: Any) -> None:
        self.settled.append(what)

    def hold(self, team_id: str, until: datetime) -> None:
        self.held.append((team_id, until))

    def next_moment(self) -> datetime | None:
        return NOW


@dataclass
class FakeUpdater:
    outcome: Outcome
    stopped: list[str] = field(default_factory=list)

    def update(self, run: Run, message: Message) -> Outcome:
        return self.outcome

    def stop(self, team_id: str, error: str) -> None:
        self.stopped.append(team_id)

    def hold(self, team_id: str, until: datetime) -> None:
        raise AssertionError("the messages are held, not the workspace's posts")


def refresh(outcome: Outcome, run: Run | None = None, tries: int = 1) -> dict[str, Any]:
    """What is settled after an update that ended so."""
    queue = FakeRefreshes([(run or build_run(), tries)])
    slack = FakeUpdater(outcome)
    Refresher(queue, slack, slack, lambda run, now: {"text": "x"}, FakeClock(NOW).now).refresh()
    [settled] = queue.settled
    assert bool(slack.stopped) == (outcome.effect is Effect.WORKSPACE_DEAD)
    return settled


def test_what_was_shown_rests_for_a_second() -> None:
    settled = refresh(Outcome(Effect.POSTED))
    assert settled == {"shown": True, "after": NOW + GAP, "look_again": None}


def test_a_message_is_looked_at_again_when_an_item_becomes_overdue() -> None:
    run = build_run(1)
    run = replace(run, items=(replace(run.items[0], due=date(2026, 11, 25)),))
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    assert refresh(Outcome(Effect.POSTED), run)["look_again"] == midnight


def test_a_rate_limit_waits_as_told() -> None:
    settled = refresh(Outcome(Effect.LIMITED, wait=timedelta(seconds=30)))
    assert settled == {"shown": False, "after": NOW + timedelta(seconds=30)}
    assert refresh(Outcome(Effect.LIMITED))["after"] == NOW + GAP


def test_a_rate_limit_holds_all_messages_of_the_workspace() -> None:
    queue = FakeRefreshes([(build_run(), 1)])
    slack = FakeUpdater(Outcome(Effect.LIMITED, wait=timedelta(seconds=30)))
    Refresher(queue, slack, slack, lambda run, now: {"text": "x"}, FakeClock(NOW).now).refresh()
    assert queue.held == [(build_run().team_id, NOW + timedelta(seconds=30))]


def test_after_an_update_that_may_still_arrive_the_message_is_shown_once_more() -> None:
    assert refresh(Outcome(Effect.POSTED), tries=2)["look_again"] == NOW + LEASE


@pytest.mark.parametrize("effect", [Effect.NOT_POSTED, Effect.UNSURE])
def test_what_may_not_have_arrived_comes_again_later_and_later(effect: Effect) -> None:
    pauses = [refresh(Outcome(effect), tries=tries)["after"] - NOW for tries in range(1, 9)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert pause_after(10_000) == LONGEST_PAUSE


def test_a_dead_workspace_is_stopped_and_the_message_stays_marked() -> None:
    assert refresh(Outcome(Effect.WORKSPACE_DEAD, error="token_revoked"))["shown"] is False


@pytest.mark.parametrize(
    ("effect", "code", "lost"),
    [
        (Effect.OUR_FAULT, "message_not_found", True),
        (Effect.OUR_FAULT, "invalid_blocks", False),
        (Effect.CHANNEL_GONE, "is_archived", False),
    ],
)
def test_what_slack_refuses_is_kept_as_the_problem(effect: Effect, code: str, lost: bool) -> None:
    settled = refresh(Outcome(effect, error=code))
    assert settled == {"shown": True, "after": NOW + GAP, "problem": code, "lost": lost}


def test_a_fault_in_one_run_does_not_hold_up_the_others() -> None:
    queue = FakeRefreshes([(build_run(run_id="bad"), 1), (build_run(run_id="good"), 1)])
    slack = FakeUpdater(Outcome(Effect.POSTED))

    def show(run: Run, now: datetime) -> Message:
        return {"text": run.id} if run.id == "good" else {}["fault"]

    Refresher(queue, slack, slack, show, FakeClock(NOW).now).refresh()
    assert [settled.get("problem", "") for settled in queue.settled] == ["words", ""]


def test_a_database_that_is_away_raises_nothing() -> None:
    slack = FakeUpdater(Outcome(Effect.POSTED))
    queue = FakeRefreshes(broken=True)
    refresher = Refresher(queue, slack, slack, lambda run, now: {}, FakeClock(NOW).now)
    assert refresher.refresh() is None

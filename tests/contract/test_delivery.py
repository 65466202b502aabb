"""Each tip once, on time: weekly tips on every database, with Slack and the clock in our hands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.database.errors import StorageError
from bot.outbox.models import GRACE, LEASE, Content, OutboundMessage, Pace, State
from bot.outbox.outcomes import EFFECTS, Effect, Outcome
from bot.outbox.ports import CannotRender
from bot.outbox.repository import Outbox
from bot.outbox.worker import Worker
from bot.sending import build_worker
from bot.storage import Storage, open_storage
from bot.tips.changes import pause, turn_off
from bot.tips.messages import BuildTip
from bot.tips.models import Delivery, Subscription
from bot.tips.planning import build_plan
from bot.tips.repository.due import BATCH
from bot.tips.rotation import Pool
from tests.support.databases import TEAMS
from tests.support.tips import (
    CHANNEL,
    MONDAY,
    TEAM,
    USER,
    FakeClock,
    FakeSender,
    build_plain_tip,
    build_pool,
    build_subscription,
    channels_of,
    plain_tips,
    utc,
)

DUE = utc(MONDAY, 9, 30)
POOL = build_pool()
LIMITED = Outcome(Effect.LIMITED, error="ratelimited", wait=timedelta(seconds=30))
UNSURE = Outcome(Effect.UNSURE, error="TimeoutError")


HORIZON = timedelta(seconds=50)
FEATURES = ("tips", "tips_ended")


class World:
    """A database, a Slack, a clock, and a worker between them; one of several, if asked."""

    def __init__(self, storage: Storage, readable: bool = False) -> None:
        self.storage = storage
        for team_id in TEAMS:
            storage.workspaces.start(team_id)
        self.clock = FakeClock(DUE)
        self.slack = FakeSender(self.clock.now, readable=readable)
        self.pool: Pool = POOL
        self.worker = self.new_worker()

    def new_worker(
        self, storage: Storage | None = None, build_tip: BuildTip = build_plain_tip
    ) -> Worker:
        storage = storage or self.storage
        tips = plain_tips(storage, self.pool, build_tip)
        return build_worker(storage, tips, self.slack, self.clock.now, threads=0)

    def run(self, worker: Worker) -> None:
        """What is due now or in the next 50 seconds is done."""
        worker.run_until(self.clock.now() + HORIZON, self.clock.wait)

    def claim(self, now: datetime = DUE) -> list[OutboundMessage]:
        """As a process that dies afterwards."""
        self.storage.due_tips.enqueue(now, build_plan(self.pool))
        return self.storage.outbox.claim(now, 100, FEATURES)

    def subscribe(self, *channels: str, **changes: object) -> None:
        for channel in channels or (CHANNEL,):
            sub = build_subscription(channel_id=channel, **changes)
            self.storage.subscriptions.change(sub.team_id, channel, lambda _, sub=sub: sub)

    def tick(self, at: datetime | None = None) -> None:
        self.clock.moment = at or self.clock.moment
        self.run(self.worker)

    def states(self, channel: str = CHANNEL, team: str = TEAM) -> list[State]:
        return [d.state for d in reversed(self.storage.deliveries.history(team, channel))]

    def last(self, channel: str = CHANNEL) -> Delivery:
        return self.storage.deliveries.history(TEAM, channel)[0]

    def sub(self, channel: str = CHANNEL) -> Subscription:
        found = self.storage.subscriptions.find(TEAM, channel)
        assert found is not None
        return found


@pytest.fixture
def world(storage: Storage) -> World:
    return World(storage)


@pytest.fixture
def readable(storage: Storage) -> World:
    """Where the app may read the channels' history."""
    return World(storage, readable=True)


def refuse(code: str) -> Outcome:
    effect = next(effect for effect, codes in EFFECTS.items() if code in codes)
    return Outcome(effect, error=code)


# On time, once


def test_a_tip_is_posted_when_it_is_due_and_not_before(world: World) -> None:
    world.subscribe()
    world.tick(DUE - timedelta(minutes=1))
    assert world.slack.history == []
    world.tick(DUE)
    assert world.slack.tips_of() == ["tip-611-01"]
    assert (world.last().state, world.last().ts) == (State.SENT, "1700000000.000001")


def test_a_tick_waits_for_what_is_due_within_it(world: World) -> None:
    world.subscribe()
    world.tick(DUE - timedelta(seconds=30))
    assert world.slack.posted_at == [(DUE, TEAM, CHANNEL)]


def test_ticking_again_posts_nothing_again(world: World) -> None:
    world.subscribe()
    for _ in range(3):
        world.tick()
        world.run(world.new_worker())
    assert len(world.slack.history) == 1


def test_half_a_year_of_ticks_posts_one_tip_a_week(world: World) -> None:
    world.subscribe()
    for week in range(26):
        late = week % 12  # hours, within the grace
        for hour in (late, late + 11, 90, 7 * 24 - 1):
            world.tick(DUE + timedelta(weeks=week, hours=hour))
    assert len(world.slack.tips_of()) == len(set(world.slack.tips_of())) == 26
    assert set(world.slack.count_by_date().values()) == {1}


def test_what_is_posted_is_what_next_showed(world: World) -> None:
    world.subscribe(sections=("6.3.1", "6.2.2"))
    [shown] = world.storage.due_tips.upcoming(5)
    world.tick()
    assert world.last().local_date == shown.next_date
    assert world.slack.tips_of() == ["tip-622-01"]


@pytest.mark.parametrize(
    ("late", "state"), [(GRACE, State.SENT), (GRACE + timedelta(minutes=1), State.MISSED)]
)
def test_up_to_twelve_hours_late_it_is_posted_and_later_not(
    world: World, late: timedelta, state: State
) -> None:
    world.subscribe()
    world.tick(DUE + late)
    assert world.states() == [state]


def test_a_tip_that_came_too_late_comes_the_next_week_and_the_log_says_so(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.subscribe()
    world.tick(DUE + timedelta(days=1))
    assert "tip missed" in caplog.text
    world.tick(DUE + timedelta(days=7))
    assert world.slack.tips_of() == ["tip-611-01"]


def test_after_weeks_of_standstill_each_missed_week_is_on_record(world: World) -> None:
    world.subscribe()
    world.tick(DUE + timedelta(weeks=5, hours=1))
    assert world.states() == [State.MISSED] * 5 + [State.SENT]


def test_without_a_tip_in_its_sections_the_week_is_passed_over(world: World) -> None:
    world.subscribe(sections=("9.9",))
    world.tick()
    assert (world.last().state, world.last().error) == (State.MISSED, "no_tips")


# Crashes and lost answers


def test_a_delivery_whose_answer_was_lost_is_found_in_the_history(readable: World) -> None:
    readable.subscribe()
    readable.slack.script = [readable.slack.accept_but_lose_the_answer]
    readable.tick()
    assert readable.states() == [State.UNCONFIRMED]
    readable.tick(DUE + LEASE)
    assert readable.states() == [State.SENT]
    assert len(readable.slack.history) == 1


def test_a_delivery_that_never_arrived_is_posted_after_looking(readable: World) -> None:
    readable.subscribe()
    readable.slack.script = [UNSURE]
    readable.tick()
    readable.tick(DUE + LEASE)
    assert readable.states() == [State.SENT]
    assert readable.slack.tips_of() == ["tip-611-01"]


def test_without_the_scope_an_unsure_one_is_never_posted_again(world: World) -> None:
    world.subscribe()
    world.slack.script = [UNSURE]
    for minutes in range(0, 24 * 60, 40):
        world.tick(DUE + timedelta(minutes=minutes))
    assert (world.states(), world.slack.history) == ([State.UNCONFIRMED], [])
    world.tick(DUE + timedelta(days=7))
    assert world.slack.tips_of() == ["tip-612-01"]


def test_a_claim_of_a_dead_process_is_left_alone_until_its_lease_ends(readable: World) -> None:
    readable.subscribe()
    assert channels_of(readable.claim()) == [CHANNEL]
    readable.tick(DUE + LEASE - timedelta(minutes=2))
    assert readable.states() == [State.CLAIMED]
    readable.tick(DUE + LEASE)
    assert readable.states() == [State.SENT]


def test_what_was_proved_absent_too_late_is_missed_and_its_tip_comes_next(readable: World) -> None:
    readable.subscribe()
    readable.claim()
    readable.tick(DUE + GRACE + timedelta(minutes=1))
    assert readable.states() == [State.MISSED]
    readable.tick(DUE + timedelta(days=7))
    assert readable.slack.tips_of() == ["tip-611-01"]


def test_a_process_that_slept_between_claim_and_post_does_not_post(readable: World) -> None:
    """Others may have taken over meanwhile: it gives the delivery back instead."""
    readable.subscribe("C1", "C2")
    clock = readable.clock

    def oversleep(message: OutboundMessage) -> Outcome:
        clock.advance(minutes=10)
        return readable.slack.accept(message)

    readable.slack.script = [oversleep]
    readable.tick()
    assert set(readable.slack.count_by_date().values()) == {1}
    assert sorted(d.channel_id for d in readable.slack.history) == ["C1", "C2"]


def test_a_late_answer_of_a_process_taken_for_dead_changes_nothing(readable: World) -> None:
    readable.subscribe()
    [old] = readable.claim()
    readable.tick(DUE + LEASE)  # looked up, absent, posted by another
    stale = replace(old, state=State.FAILED, error="is_archived")
    assert not readable.storage.outbox.settle(stale, lambda connection: None)
    assert readable.states() == [State.SENT]


def test_a_limited_history_is_read_later(readable: World, monkeypatch: pytest.MonkeyPatch) -> None:
    readable.subscribe()
    readable.slack.script = [readable.slack.accept_but_lose_the_answer]
    readable.tick()
    with monkeypatch.context() as patch:
        patch.setattr(readable.slack, "find", lambda message: LIMITED)
        readable.tick(DUE + LEASE)
        assert readable.states() == [State.UNCONFIRMED]
    readable.tick(DUE + LEASE + timedelta(minutes=2))
    assert readable.states() == [State.SENT]
    assert len(readable.slack.history) == 1


# What Slack says


def test_a_429_waits_as_told_and_then_posts_once(world: World) -> None:
    world.subscribe()
    world.slack.script = [LIMITED]
    world.tick()
    assert world.slack.posted_at == [(DUE + timedelta(seconds=30), TEAM, CHANNEL)]


def test_a_429_holds_the_whole_workspace_but_no_other(world: World) -> None:
    channels = [f"C{number}" for number in range(5)]
    world.subscribe(*channels)
    world.subscribe("C9", team_id="T2")

    def limit(message: OutboundMessage) -> Outcome:
        assert message.team_id == TEAM
        return LIMITED

    world.storage.workspaces.hold("T2", DUE - timedelta(hours=1))
    world.slack.script = [limit]
    world.tick()
    by_team = {
        team: [at for at, t, _ in world.slack.posted_at if t == team] for team in (TEAM, "T2")
    }
    assert by_team["T2"][0] < DUE + timedelta(seconds=2)
    assert min(by_team[TEAM]) >= DUE + timedelta(seconds=30)
    assert len(by_team[TEAM]) == 5


@pytest.mark.parametrize("change", [turn_off, lambda sub: pause(sub, DUE, 1)])
def test_what_waits_is_called_off_with_the_tips_and_its_tip_comes_later(
    world: World, change: Callable[[Subscription], Subscription]
) -> None:
    world.subscribe()
    world.slack.script = [refuse("service_unavailable")]
    world.tick()
    assert world.states() == [State.WAITING]
    world.storage.subscriptions.change(TEAM, CHANNEL, lambda sub: change(sub) if sub else None)
    world.tick(DUE + timedelta(minutes=5))
    assert (world.states(), world.slack.history) == ([State.MISSED], [])
    assert world.sub().rotation.used == ()


def test_a_429_longer_than_the_grace_is_a_missed_week(world: World) -> None:
    world.subscribe()
    world.slack.script = [Outcome(Effect.LIMITED, error="ratelimited", wait=timedelta(hours=13))]
    world.tick()
    assert world.states() == [State.MISSED]


@pytest.mark.parametrize("code", EFFECTS[Effect.CHANNEL_GONE])
def test_a_dead_channel_ends_its_subscription_and_tells_the_subscriber(
    world: World, code: str
) -> None:
    world.subscribe()
    world.slack.script = [refuse(code)]
    world.tick()
    assert (world.sub().on, world.sub().ended) == (False, code)
    assert [told[:2] for told in world.slack.told] == [(TEAM, USER)]
    world.tick(DUE + timedelta(days=7))
    assert (world.slack.history, len(world.slack.told)) == ([], 1)


def test_a_subscriber_of_many_dead_channels_gets_one_message(world: World) -> None:
    world.subscribe("C1", "C2", "C3")
    world.slack.script = [refuse("is_archived")] * 3
    world.tick()
    assert [told[2] for told in world.slack.told] == [{"text": "C1, C2, C3"}]


@pytest.mark.parametrize("code", EFFECTS[Effect.WORKSPACE_DEAD])
def test_a_dead_installation_stops_its_workspace_and_no_other(world: World, code: str) -> None:
    world.subscribe("C1", "C2", "C3")
    world.subscribe("C9", team_id="T2")

    def revoke(message: OutboundMessage) -> Outcome:
        return refuse(code) if message.team_id == TEAM else world.slack.accept(message)

    world.slack.script = [revoke] * 4
    world.tick()
    assert world.storage.workspaces.get(TEAM).stopped == code
    assert channels_of(world.slack.history) == ["C9"]
    world.tick(DUE + timedelta(hours=1))
    assert channels_of(world.slack.history) == ["C9"]


def test_a_token_revoked_between_claim_and_post_loses_nothing_if_mended_in_time(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.subscribe()
    world.slack.script = [refuse("token_revoked")]
    world.tick()
    assert "mend its token" in caplog.text
    world.storage.workspaces.start(TEAM)
    world.tick(DUE + timedelta(hours=2))
    assert (world.states(), world.slack.tips_of()) == ([State.SENT], ["tip-611-01"])


def test_a_workspace_mended_after_weeks_goes_on_with_the_tip_it_did_not_get(world: World) -> None:
    world.subscribe()
    world.slack.script = [refuse("account_inactive")]
    world.tick()
    world.storage.workspaces.start(TEAM)
    world.tick(DUE + timedelta(weeks=3))
    assert world.states() == [State.MISSED] * 3 + [State.SENT]
    assert world.slack.tips_of() == ["tip-611-01"]


@pytest.mark.parametrize("code", EFFECTS[Effect.NOT_POSTED])
def test_what_was_certainly_not_posted_is_tried_again_with_growing_pauses(
    world: World, code: str
) -> None:
    world.subscribe()
    world.slack.script = [refuse(code)] * 3
    attempts = []
    for minutes in range(0, 30, 4):
        world.tick(DUE + timedelta(minutes=minutes))
        attempts.append(world.last().attempt)
    assert (world.states(), attempts[0], attempts[-1]) == ([State.SENT], 1, 4)
    assert len(world.slack.history) == 1


def test_what_cannot_be_posted_all_day_is_missed_and_its_tip_comes_next(world: World) -> None:
    world.subscribe()
    world.slack.script = [refuse("service_unavailable")] * 100
    for minutes in range(0, 14 * 60, 40):
        world.tick(DUE + timedelta(minutes=minutes))
    assert world.states() == [State.MISSED]
    world.slack.script = []
    world.tick(DUE + timedelta(days=7))
    assert world.slack.tips_of() == ["tip-611-01"]


def test_a_tip_that_slack_finds_faulty_does_not_come_again_every_week(world: World) -> None:
    world.subscribe()
    world.slack.script = [Outcome(Effect.OUR_FAULT, error="invalid_blocks")]
    world.tick()
    assert (world.last().state, world.last().error) == (State.FAILED, "invalid_blocks")
    world.tick(DUE + timedelta(days=7))
    assert world.slack.tips_of() == ["tip-612-01"]


def test_a_fault_in_one_tips_words_does_not_hold_the_others_up(world: World) -> None:
    world.subscribe("C1", "C2")

    def build(delivery: Delivery, now: datetime) -> Content:
        if delivery.channel_id == "C1":
            raise KeyError("a bug")
        return {"text": "fine"}

    world.run(world.new_worker(build_tip=build))
    assert (world.states("C1"), world.states("C2")) == ([State.FAILED], [State.SENT])
    assert world.last("C1").error == "words"


def test_a_database_that_is_away_while_a_tip_is_worded_loses_it_not(world: World) -> None:
    world.subscribe()

    def build(delivery: Delivery, now: datetime) -> Content:
        raise StorageError("the server restarts")

    world.run(world.new_worker(build_tip=build))
    assert world.states() == [State.WAITING]
    world.tick(DUE + timedelta(minutes=5))
    assert world.states() == [State.SENT]


def test_a_tip_that_left_the_content_while_it_waited_is_not_posted(world: World) -> None:
    world.subscribe()

    def build(delivery: Delivery, now: datetime) -> Content:
        raise CannotRender("tip_removed")

    world.run(world.new_worker(build_tip=build))
    assert (world.last().state, world.last().error) == (State.FAILED, "tip_removed")


def test_a_worker_that_is_to_stop_claims_no_more(world: World) -> None:
    world.subscribe()
    world.worker.close()
    world.tick()
    assert world.states() == []


def test_a_full_plan_gives_the_tip_back(world: World) -> None:
    world.subscribe()
    world.slack.script = [refuse("message_limit_exceeded")]
    world.tick()
    assert world.states() == [State.FAILED]
    world.tick(DUE + timedelta(days=7))
    assert world.slack.tips_of() == ["tip-611-01"]


# Pace


def test_one_workspaces_many_channels_do_not_starve_another(database_url: str) -> None:
    storage = open_storage(database_url, Pace(rate=60))
    world = World(storage)
    world.subscribe(*(f"C{number:04}" for number in range(BATCH)))  # what is planned at once
    world.subscribe("C9", team_id="T2")
    world.tick()
    assert next(at for at, team, _ in world.slack.posted_at if team == "T2") == DUE
    times = [at for at, team, _ in world.slack.posted_at if team == TEAM]
    assert len(times) == 51  # one a second for the length of a tick
    world.tick(DUE + timedelta(minutes=1))
    assert len(world.slack.history) == BATCH + 1
    assert set(world.slack.count_by_date().values()) == {1}
    storage.close()


def test_the_pace_holds_across_processes(database_url: str) -> None:
    storage = open_storage(database_url, Pace(rate=60))
    world = World(storage)
    world.subscribe(*(f"C{number}" for number in range(6)))
    storage.due_tips.enqueue(DUE, build_plan(POOL))
    queues = [Outbox(storage.database, Pace(rate=60)) for _ in range(3)]
    assert [len(queue.claim(DUE, 9, FEATURES)) for queue in queues] == [1, 0, 0]
    later = DUE + timedelta(seconds=1)
    assert [len(queue.claim(later, 9, FEATURES)) for queue in queues] == [1, 0, 0]
    storage.close()


# The clock and the database


@pytest.mark.parametrize("skew", [timedelta(days=365), timedelta(hours=1), timedelta(hours=-3)])
def test_with_a_wrong_clock_nothing_is_touched_and_the_log_says_so(
    world: World, skew: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    world.subscribe()
    before = world.sub()
    world.slack.skew = skew
    world.clock.advance(hours=1)
    for _ in range(3):
        world.worker.catch_up()
        world.clock.advance(seconds=1)
    assert (world.slack.history, world.sub()) == ([], before)
    assert "set it right (NTP)" in caplog.text


def test_the_zone_databases_new_rules_move_due_moments_at_the_next_start(world: World) -> None:
    world.subscribe()
    assert world.storage.due_tips.refresh() == 0
    moved: Callable[[date], Subscription] = lambda day: replace(world.sub(), next_date=day)  # noqa: E731
    world.storage.subscriptions.change(TEAM, CHANNEL, lambda _: moved(MONDAY + timedelta(days=1)))
    assert world.storage.due_tips.refresh() == 0  # saving computes it too


def test_a_database_that_fails_before_the_claim_posts_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.subscribe()
    broken = Broken(world.storage.outbox, "claim")
    world.new_worker(replace(world.storage, outbox=broken)).catch_up()
    assert world.slack.history == []
    assert "Check that" in caplog.text
    world.tick()
    assert len(world.slack.history) == 1


def test_a_database_that_fails_after_the_post_is_told_at_the_next_tick(world: World) -> None:
    world.subscribe()
    broken = Broken(world.storage.outbox, "settle")
    worker = world.new_worker(replace(world.storage, outbox=broken))
    world.run(worker)
    assert world.states() == [State.CLAIMED]
    world.clock.advance(minutes=30)
    broken.mended = True
    world.run(worker)
    assert world.states() == [State.SENT]
    assert len(world.slack.history) == 1


def test_the_log_has_one_line_a_delivery_with_ids_only(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.subscribe("C1", "C2")
    with caplog.at_level(logging.INFO, "bot.outbox"):
        world.tick()
    lines = [line for line in caplog.messages if line.startswith("tip ")]
    assert len(lines) == 2
    assert all("team=T1" in line and "date=2026-11-30" in line for line in lines)


class Broken:
    """The real outbox, of which one method fails until it is mended."""

    def __init__(self, outbox: Outbox, name: str) -> None:
        self.mended = False
        self._outbox, self._name = outbox, name

    def __getattr__(self, attribute: str) -> Any:
        if attribute == self._name and not self.mended:
            return self._fail
        return getattr(self._outbox, attribute)

    def _fail(self, *args: object) -> None:
        raise StorageError("server closed the connection. Check that it runs.")

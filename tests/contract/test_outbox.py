"""Each message once: the outbox on every database, with Slack and the clock in our hands."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Event

import pytest

from bot.database.engine import Database
from bot.database.errors import StorageError
from bot.database.workspaces import WorkspaceRepository
from bot.outbox.models import LEASE, UPDATE_LEASE, Kind, OutboundMessage, Pace, State
from bot.outbox.outcomes import EFFECTS, Effect, Outcome
from bot.outbox.ports import CannotRender
from bot.outbox.repository import Outbox
from bot.outbox.worker import Worker
from tests.support.outbox import (
    CHANNEL,
    TEAM,
    Failing,
    FakeFeature,
    FakeSlack,
    build_message,
    build_worker,
    sent,
)
from tests.support.tips import FakeClock

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
FAST = Pace(rate=6000)
FEATURES = ("notes",)
LIMITED = Outcome(Effect.LIMITED, error="ratelimited", wait=30 * SECOND)
UNSURE = Outcome(Effect.UNSURE, error="TimeoutError")
NOT_POSTED = Outcome(Effect.NOT_POSTED, error="service_unavailable")
DEAD = Outcome(Effect.WORKSPACE_DEAD, error="account_inactive")


class World:
    """A database with two workspaces, a Slack, a clock, a feature and a worker."""

    def __init__(self, url: str, pace: Pace = FAST) -> None:
        self.database = Database.open(url)
        self.outbox = Outbox(self.database, pace)
        self.workspaces = WorkspaceRepository(self.database)
        for team_id in (TEAM, "T2"):
            self.workspaces.start(team_id)
        self.clock = FakeClock(NOW)
        self.slack = FakeSlack(self.clock.now)
        self.feature = FakeFeature()
        self.worker = self.new_worker()

    def new_worker(self, outbox: object = None) -> Worker:
        store: Outbox = outbox or self.outbox  # type: ignore[assignment]
        return build_worker(store, self.workspaces, self.slack, [self.feature], self.clock.now)

    def add(self, *keys: str, **changes: object) -> list[OutboundMessage]:
        messages = [build_message(key, NOW, **changes) for key in keys]
        with self.outbox.write() as connection:
            self.outbox.add(connection, messages)
        return messages

    def ask_update(self, key: str = "list", **changes: object) -> None:
        now = self.clock.now()
        message = build_message(
            key, now, kind=Kind.UPDATE, expires_at=None, id=f"{key}-{now.timestamp()}", **changes
        )
        with self.outbox.write() as connection:
            self.outbox.ask_update(connection, message, now)

    def at(self, moment: datetime) -> None:
        """What is due at `moment` is done."""
        self.clock.moment = moment
        self.worker.catch_up()

    def of(self, key: str, team_id: str = TEAM) -> OutboundMessage:
        history = self.outbox.history(team_id, "notes", limit=1000)
        return next(message for message in history if message.key == key)

    def posted(self) -> list[str]:
        return [message.key for message in self.slack.history]

    def updated_at(self) -> list[datetime]:
        return [moment for moment, _, _ in self.slack.updates]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World(database_url)
    yield world
    world.database.close()


# Adding


def test_a_message_comes_back_as_it_was_added(world: World) -> None:
    data = {"tip_id": "汉字 \U0001f600 ' \" \\ %", "round": 3, "channels": {"C1": "is_archived"}}
    [message] = world.add(
        "a", data=data, subject="s1", thread_ts="17.5", due_at=NOW + timedelta(microseconds=7)
    )
    assert world.of("a") == message


def test_a_key_is_taken_once_in_its_workspace_and_feature(world: World) -> None:
    message = build_message("a", NOW)
    copies = [message, replace(message, id="copy"), replace(message, id="x", feature="others"),
              replace(message, id="y", team_id="T2")]  # fmt: skip
    with world.outbox.write() as connection:
        assert world.outbox.add(connection, copies) == {message.id, "x", "y"}
        assert world.outbox.add(connection, []) == set()


def test_a_key_that_was_sent_is_not_sent_again(world: World) -> None:
    world.add("a")
    world.at(NOW)
    world.add("a")
    world.at(NOW + MINUTE)
    assert world.posted() == ["a"]


def test_nothing_is_added_to_a_workspace_that_is_gone(world: World) -> None:
    world.workspaces.delete("T2")
    with pytest.raises(StorageError):
        world.add("a", team_id="T2")
    assert world.workspaces.get("T2").stopped == ""
    assert world.outbox.history("T2", "notes") == []


def test_messages_of_a_record_are_withdrawn_while_they_wait_and_their_keys_come_free(
    world: World,
) -> None:
    [due] = world.add("due", subject="r1")
    world.add("later", subject="r1", next_at=NOW + HOUR)
    world.outbox.claim(NOW, 10, FEATURES)
    with world.outbox.write() as connection:
        waiting = world.outbox.lock_waiting(connection, TEAM, "notes", "r1")
        world.outbox.withdraw(connection, waiting)
        left = world.outbox.list_of(connection, TEAM, "notes", "r1")
    assert [message.id for message in left] == [due.id], "what is claimed stays"
    world.add("later", subject="r1", id="again")
    assert world.of("later").id == "again"


def test_a_deleted_record_takes_its_messages_with_it(world: World) -> None:
    world.add("a", subject="r1")
    world.add("b", subject="r2")
    with world.outbox.write() as connection:
        world.outbox.forget(connection, TEAM, "notes", "r1")
    world.at(NOW)
    assert world.posted() == ["b"]


def test_a_deleted_workspace_takes_its_messages_with_it(world: World) -> None:
    world.add("a")
    world.workspaces.delete(TEAM)
    assert world.outbox.next_moment(FEATURES) is None


def test_a_channel_with_a_new_id_takes_its_messages_along(world: World) -> None:
    world.add("a")
    with world.outbox.write() as connection:
        world.outbox.move(connection, TEAM, CHANNEL, "C9")
    world.at(NOW)
    assert world.slack.history[0].channel_id == "C9"


def test_the_worker_is_nudged_when_the_work_is_there(world: World) -> None:
    moments: list[datetime | None] = []
    world.outbox.on_added = lambda: moments.append(world.outbox.next_moment(FEATURES))
    world.add("a")
    assert moments == [NOW]


# Claiming


def test_a_message_is_sent_when_it_is_due_and_not_before(world: World) -> None:
    world.add("a")
    world.at(NOW - SECOND)
    assert world.posted() == []
    assert world.worker.next_moment() == NOW
    world.at(NOW)
    message = world.of("a")
    assert (message.state, message.ts, message.next_at) == (State.SENT, "1700000000.000001", None)
    assert world.feature.heard == [("a", State.SENT, Effect.POSTED)]
    assert world.worker.next_moment() is None


def test_of_many_that_claim_at_once_one_gets_each_message(world: World) -> None:
    keys = [f"k{number:02}" for number in range(40)]
    world.add(*keys)
    stores = [Outbox(world.database, FAST) for _ in range(8)]

    def claim_all(store: Outbox) -> list[str]:
        got: list[str] = []
        for second in range(40):
            got += [message.key for message in store.claim(NOW + second * SECOND, 5, FEATURES)]
        return got

    with ThreadPoolExecutor(8) as pool:
        claimed = [key for keys in pool.map(claim_all, stores) for key in keys]
    assert sorted(claimed) == keys


def test_two_workers_send_each_message_once(world: World) -> None:
    keys = [f"k{number}" for number in range(30)]
    world.add(*keys, channel_id="C2")
    other = World(world.database.engine.url.render_as_string(hide_password=False))
    workers = [
        build_worker(w.outbox, w.workspaces, world.slack, [w.feature], world.clock.now, threads=4)
        for w in (world, other)
    ]
    with ThreadPoolExecutor(2) as pool:
        for second in range(10):
            world.clock.moment = NOW + second * SECOND
            list(pool.map(lambda worker: worker.catch_up(), workers))
    for worker in workers:
        worker.close()
    other.database.close()
    assert sorted(world.posted()) == sorted(keys)


def test_messages_to_one_conversation_go_out_in_the_order_of_their_moments(world: World) -> None:
    for number in (3, 1, 2):
        world.add(f"k{number}", due_at=NOW - number * MINUTE)
    worker = build_worker(
        world.outbox, world.workspaces, world.slack, [world.feature], world.clock.now, threads=4
    )
    worker.catch_up()
    worker.close()
    assert world.posted() == ["k3", "k2", "k1"]


def test_a_claim_of_a_dead_process_is_left_alone_until_its_lease_ends(world: World) -> None:
    world.slack.readable = True
    world.add("a")
    assert [message.attempt for message in world.outbox.claim(NOW, 10, FEATURES)] == [1]
    world.at(NOW + LEASE - SECOND)
    assert world.of("a").state is State.CLAIMED
    assert world.worker.next_moment() == NOW + LEASE
    world.at(NOW + LEASE)
    assert (world.of("a").state, world.posted()) == (State.SENT, ["a"])


def test_a_late_answer_of_a_process_taken_for_dead_changes_nothing(world: World) -> None:
    world.slack.readable = True
    world.add("a")
    [old] = world.outbox.claim(NOW, 10, FEATURES)
    world.at(NOW + LEASE)
    stale = replace(old, state=State.FAILED, error="is_archived")
    assert not world.outbox.settle(stale, lambda connection: world.feature.heard.clear())
    assert world.of("a").state is State.SENT


def test_a_settlement_that_is_refused_takes_back_what_the_feature_did(world: World) -> None:
    [message] = world.add("a")
    done = world.outbox.settle(
        sent(message), lambda connection: world.outbox.forget(connection, TEAM, "notes", "")
    )
    assert not done, "it waits: nobody has claimed it"
    assert world.of("a") == message


def test_a_process_that_slept_between_claim_and_post_does_not_post(world: World) -> None:
    world.slack.readable = True

    def oversleep(message: OutboundMessage) -> Outcome:
        world.clock.advance(minutes=10)
        return world.slack.accept(message)

    world.add("a", "b")
    world.slack.script = [oversleep]
    world.worker.catch_up()
    assert sorted(world.posted()) == ["a", "b"]
    assert world.of("b").attempt == 2, "given back, and claimed anew"


def test_a_worker_that_is_to_stop_claims_no_more(world: World) -> None:
    world.add("a")
    world.worker.close()
    world.worker.catch_up()
    assert world.of("a").state is State.WAITING


# Unknown outcomes


def test_one_whose_answer_was_lost_is_found_in_the_history(world: World) -> None:
    world.slack.readable = True
    world.add("a")
    world.slack.script = [world.slack.accept_but_lose_the_answer]
    world.at(NOW)
    assert world.of("a").state is State.UNCONFIRMED
    world.at(NOW + LEASE)
    assert (world.of("a").state, world.posted()) == (State.SENT, ["a"])
    assert world.feature.heard[0] == ("a", State.UNCONFIRMED, Effect.UNSURE)


def test_one_that_is_proved_absent_is_posted_after_all(world: World) -> None:
    world.slack.readable = True
    world.add("a")
    world.slack.script = [UNSURE]
    world.at(NOW)
    world.at(NOW + LEASE)
    assert (world.of("a").state, world.posted()) == (State.SENT, ["a"])


def test_without_the_scope_it_is_never_posted_again(world: World) -> None:
    world.add("a")
    world.slack.script = [UNSURE]
    for minutes in range(0, 24 * 60, 10):
        world.at(NOW + minutes * MINUTE)
    assert (world.of("a").state, world.posted()) == (State.UNCONFIRMED, [])
    assert world.worker.next_moment() is None


def test_a_history_that_cannot_be_read_now_is_read_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.slack.readable = True
    world.add("a")
    world.slack.script = [world.slack.accept_but_lose_the_answer]
    world.at(NOW)
    with monkeypatch.context() as patch:
        patch.setattr(world.slack, "find", lambda message: LIMITED)
        world.at(NOW + LEASE)
    assert world.of("a").state is State.UNCONFIRMED
    world.at(NOW + LEASE + 2 * MINUTE)
    assert (world.of("a").state, world.posted()) == (State.SENT, ["a"])


def test_a_reply_is_looked_up_in_the_thread_that_it_was_posted_to(world: World) -> None:
    world.slack.readable = True
    world.feature.threads["a"] = "17.1"
    world.add("a")
    world.slack.script = [world.slack.accept_but_lose_the_answer]
    world.at(NOW)
    world.feature.threads.clear()
    assert world.of("a").thread_ts == "17.1"
    world.at(NOW + LEASE)
    assert world.of("a").state is State.SENT


def test_a_claim_that_was_lost_before_the_thread_was_saved_posts_nothing(world: World) -> None:
    [message] = world.add("a")
    assert not world.outbox.begin(replace(message, thread_ts="17.1")), "nobody has claimed it"
    [claimed] = world.outbox.claim(NOW, 10, FEATURES)
    assert world.outbox.begin(replace(claimed, thread_ts="17.1"))
    assert not world.outbox.begin(replace(claimed, attempt=7))


# Expiry


@pytest.mark.parametrize(
    ("late", "state"), [(12 * HOUR, State.SENT), (12 * HOUR + SECOND, State.MISSED)]
)
def test_it_is_sent_until_it_expires_and_then_skipped_and_that_is_told(
    world: World, late: timedelta, state: State
) -> None:
    world.add("a")
    world.at(NOW + late)
    assert world.of("a").state is state
    assert world.feature.heard[-1][:2] == ("a", state)


def test_what_expires_while_it_waits_says_why_it_waited(world: World) -> None:
    world.add("a")
    world.slack.script = [NOT_POSTED] * 50
    for minutes in range(0, 13 * 60, 10):
        world.at(NOW + minutes * MINUTE)
    assert (world.of("a").state, world.of("a").error) == (State.MISSED, "service_unavailable")


def test_a_message_without_an_end_waits_as_long_as_it_must(world: World) -> None:
    world.add("a", expires_at=None)
    world.at(NOW + timedelta(days=300))
    assert world.posted() == ["a"]


def test_thousands_that_expired_do_not_hold_up_one_that_is_due(world: World) -> None:
    world.add(*(f"k{number}" for number in range(250)), expires_at=NOW - SECOND)
    world.add("now")
    world.at(NOW)
    assert world.posted() == ["now"]
    world.at(NOW + SECOND)
    assert world.of("k249").state is State.MISSED


# What Slack says


def test_a_429_waits_as_told_and_holds_the_whole_workspace_but_no_other(world: World) -> None:
    world.add("a", "b", "c")
    world.add("z", team_id="T2")
    world.slack.script = [
        lambda message: LIMITED if message.team_id == TEAM else world.slack.accept(message)
    ] * 2  # fmt: skip
    world.at(NOW)
    assert world.posted() == ["z"]
    assert world.worker.next_moment() == NOW + 30 * SECOND
    world.at(NOW + 30 * SECOND)
    assert sorted(world.posted()) == ["a", "b", "c", "z"]


def test_a_429_of_a_claim_is_not_shortened_by_the_pace_of_another(world: World) -> None:
    world.add("a")
    world.workspaces.hold(TEAM, NOW + MINUTE)
    world.workspaces.hold(TEAM, NOW + SECOND)
    world.at(NOW + 59 * SECOND)
    assert world.posted() == []
    world.at(NOW + MINUTE)
    assert world.posted() == ["a"]


@pytest.mark.parametrize("code", EFFECTS[Effect.CHANNEL_GONE])
def test_a_dead_channel_fails_and_the_feature_hears_it(world: World, code: str) -> None:
    world.add("a")
    world.slack.script = [Outcome(Effect.CHANNEL_GONE, error=code)]
    world.at(NOW)
    assert (world.of("a").state, world.of("a").error) == (State.FAILED, code)
    assert world.feature.heard == [("a", State.FAILED, Effect.CHANNEL_GONE)]


@pytest.mark.parametrize("effect", [Effect.OUR_FAULT, Effect.PLAN_LIMIT])
def test_what_is_refused_for_good_is_not_tried_again(world: World, effect: Effect) -> None:
    world.add("a")
    world.slack.script = [Outcome(effect, error="invalid_blocks")]
    world.at(NOW)
    world.at(NOW + HOUR)
    assert (world.of("a").state, world.posted()) == (State.FAILED, [])


def test_what_was_certainly_not_posted_is_tried_again_with_growing_pauses(world: World) -> None:
    world.add("a")
    world.slack.script = [NOT_POSTED] * 3
    world.at(NOW)
    moments = []
    while (moment := world.worker.next_moment()) is not None:
        moments.append(moment - NOW)
        world.at(moment)
    assert moments == [MINUTE, 3 * MINUTE, 7 * MINUTE]
    assert (world.of("a").attempt, world.posted()) == (4, ["a"])


# What the feature says


def test_what_nobody_wants_any_more_is_skipped_without_a_warning(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.feature.unwanted.add("a")
    world.add("a")
    world.at(NOW)
    assert (world.of("a").state, world.of("a").error) == (State.MISSED, "unwanted")
    assert world.feature.heard == [("a", State.MISSED, Effect.UNWANTED)]
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


@pytest.mark.parametrize(
    ("error", "reason"), [(KeyError("a bug"), "words"), (CannotRender("removed"), "removed")]
)
def test_one_that_cannot_be_rendered_does_not_hold_up_the_others(
    world: World, error: Exception, reason: str
) -> None:
    world.feature.failing["a"] = error
    world.add("a", "b")
    world.at(NOW)
    assert (world.of("a").state, world.of("a").error) == (State.FAILED, reason)
    assert world.posted() == ["b"]


def test_what_another_version_of_the_bot_enqueued_is_left_to_it(world: World) -> None:
    [later] = world.add("a", feature="polls", expires_at=NOW + SECOND)
    world.add("b")
    for moment in (NOW, NOW + HOUR):
        world.at(moment)
    assert world.posted() == ["b"]
    assert world.outbox.history(TEAM, "polls") == [later]
    assert world.worker.next_moment() is None


# Workspaces that stopped


def test_a_dead_installation_stops_its_workspace_and_no_other(world: World) -> None:
    world.slack.refusing.add(TEAM)
    world.add("a", "b")
    world.add("z", team_id="T2")
    world.slack.script = [
        lambda message: DEAD if message.team_id == TEAM else world.slack.accept(message)
    ] * 3  # fmt: skip
    world.at(NOW)
    assert world.workspaces.get(TEAM).stopped == "account_inactive"
    world.at(NOW + HOUR)
    assert world.posted() == ["z"]


def test_its_token_is_tried_at_once_and_then_less_and_less_often(world: World) -> None:
    world.slack.refusing.add(TEAM)
    world.workspaces.stop(TEAM, "account_inactive")
    world.at(NOW)
    for _ in range(9):
        moment = world.worker.next_moment()
        assert moment is not None
        world.at(moment)
    pauses = [
        int((later - earlier) / MINUTE)
        for (earlier, _), (later, _) in zip(
            world.slack.checked_at, world.slack.checked_at[1:], strict=False
        )
    ]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_what_waits_goes_out_when_slack_accepts_the_token_again(world: World) -> None:
    world.slack.refusing.add(TEAM)
    world.slack.script = [DEAD]
    world.add("a")
    world.at(NOW)
    world.at(NOW + MINUTE)
    assert world.posted() == []
    world.slack.refusing.clear()
    world.at(NOW + 3 * MINUTE)
    assert (world.posted(), world.workspaces.get(TEAM).stopped) == (["a"], "")


def test_one_wrong_refusal_costs_nothing(world: World) -> None:
    world.slack.script = [DEAD]
    world.add("a")
    world.at(NOW)
    world.at(NOW + SECOND)
    assert world.posted() == ["a"]


def test_a_token_that_is_accepted_but_may_not_post_is_not_tried_without_rest(world: World) -> None:
    world.slack.script = [Outcome(Effect.WORKSPACE_DEAD, error="missing_scope")] * 100
    world.add("a")
    for minutes in range(6 * 60):
        world.at(NOW + minutes * MINUTE)
    assert len(world.slack.checked_at) == 11
    world.slack.script = []
    world.at(NOW + 7 * HOUR)
    assert world.posted() == ["a"]
    world.workspaces.stop(TEAM, "account_inactive")
    assert world.worker.next_moment() is not None
    assert world.worker.next_moment() < NOW, "a message was sent: the pauses begin anew"  # type: ignore[operator]


# Pace


def test_one_workspaces_hundreds_do_not_starve_another(database_url: str) -> None:
    world = World(database_url, Pace(rate=60))
    world.add(*(f"k{number:03}" for number in range(100)))
    world.add("z", team_id="T2")
    for second in range(30):
        world.at(NOW + second * SECOND)
    assert world.slack.posted_at[1][1] == "T2" or world.slack.posted_at[0][1] == "T2"
    assert len(world.posted()) == 31, "one a second"
    world.database.close()


def test_the_pace_holds_across_processes(database_url: str) -> None:
    world = World(database_url, Pace(rate=60))
    world.add(*(f"k{number}" for number in range(6)))
    stores = [Outbox(world.database, Pace(rate=60)) for _ in range(3)]
    assert [len(store.claim(NOW, 10, FEATURES)) for store in stores] == [1, 0, 0]
    assert [len(store.claim(NOW + SECOND, 10, FEATURES)) for store in stores] == [1, 0, 0]
    world.database.close()


# Updates


def test_an_update_replaces_the_message_and_may_be_asked_for_again(world: World) -> None:
    for minutes in (0, 1):
        world.clock.moment = NOW + minutes * MINUTE
        world.ask_update()
        world.worker.catch_up()
    assert world.updated_at() == [NOW, NOW + MINUTE]
    _, message, content = world.slack.updates[0]
    assert (message.ts, content) == ("17.1", {"text": "list"})
    assert [m.attempt for _, m, _ in world.slack.updates] == [1, 2], "a number of its own each"


def test_any_number_of_changes_cost_one_update_a_second_and_the_last_arrives(world: World) -> None:
    for tick in range(50):
        world.clock.moment = NOW + tick * timedelta(milliseconds=100)
        world.ask_update()
        world.worker.catch_up()
    world.at(NOW + 10 * SECOND)
    moments = world.updated_at()
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) >= SECOND
    assert len(moments) == 6
    assert moments[-1] > NOW + tick * timedelta(milliseconds=100)
    assert world.worker.next_moment() is None


def test_what_is_asked_for_during_an_update_comes_after_it(world: World) -> None:
    world.ask_update()

    def change_meanwhile(message: OutboundMessage) -> Outcome:
        world.ask_update()
        return Outcome(Effect.POSTED)

    world.slack.script = [change_meanwhile]
    world.at(NOW)
    assert world.worker.next_moment() == NOW + SECOND
    world.at(NOW + SECOND)
    assert world.updated_at() == [NOW + SECOND]


def test_an_update_that_died_with_its_process_is_taken_over(world: World) -> None:
    world.ask_update()
    world.outbox.claim(NOW, 10, FEATURES)
    world.at(NOW + UPDATE_LEASE - SECOND)
    assert world.updated_at() == []
    world.at(NOW + UPDATE_LEASE)
    assert len(world.updated_at()) == 1
    world.at(NOW + 2 * UPDATE_LEASE)
    assert len(world.updated_at()) == 2, "the first one may have arrived after the second"
    assert world.worker.next_moment() is None


def test_an_update_looks_again_at_the_moment_that_was_named(world: World) -> None:
    world.feature.look_again["list"] = NOW + HOUR
    world.ask_update()
    world.at(NOW)
    world.feature.look_again.clear()
    assert world.worker.next_moment() == NOW + HOUR
    world.at(NOW + HOUR)
    assert world.updated_at() == [NOW, NOW + HOUR]
    assert world.worker.next_moment() is None


def test_a_429_to_an_update_holds_all_updates_of_the_workspace_and_no_posts(world: World) -> None:
    world.ask_update("one")
    world.ask_update("two")
    world.slack.script = [LIMITED]
    world.at(NOW)
    world.add("a")
    world.at(NOW + SECOND)
    assert (world.updated_at(), world.posted()) == ([], ["a"])
    world.ask_update("two")
    assert world.worker.next_moment() == NOW + 30 * SECOND
    world.at(NOW + 30 * SECOND)
    assert len(world.updated_at()) == 2


def test_an_update_that_came_to_nothing_is_tried_again_later_and_later(world: World) -> None:
    world.ask_update()
    world.slack.script = [UNSURE, NOT_POSTED, UNSURE]
    world.at(NOW)
    moments = []
    for _ in range(3):
        moment = world.worker.next_moment()
        assert moment is not None
        moments.append(moment - NOW)
        world.at(moment)
    assert moments == [2 * SECOND, 6 * SECOND, 14 * SECOND]


def test_an_update_that_slack_refuses_waits_until_it_is_asked_for_again(world: World) -> None:
    world.ask_update()
    world.slack.script = [Outcome(Effect.CHANNEL_GONE, error="is_archived")]
    world.at(NOW)
    assert (world.of("list").state, world.worker.next_moment()) == (State.FAILED, None)
    world.clock.advance(minutes=1)
    world.ask_update()
    world.worker.catch_up()
    assert len(world.updated_at()) == 1


def test_an_update_without_a_message_is_skipped(world: World) -> None:
    world.feature.unwanted.add("list")
    world.ask_update()
    world.at(NOW)
    assert (world.of("list").state, world.worker.next_moment()) == (State.MISSED, None)


def test_in_a_stopped_workspace_updates_wait(world: World) -> None:
    world.slack.refusing.add(TEAM)
    world.ask_update()
    world.slack.script = [DEAD]
    world.at(NOW)
    world.at(NOW + HOUR)
    assert world.updated_at() == []
    world.workspaces.start(TEAM)
    world.worker.catch_up()
    assert len(world.updated_at()) == 1


# The clock and the database


@pytest.mark.parametrize("skew", [timedelta(days=365), HOUR, -3 * HOUR])
def test_with_a_wrong_clock_nothing_is_touched_and_the_log_says_so(
    world: World, skew: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    [message] = world.add("a")
    world.slack.skew = skew
    world.at(NOW)
    assert world.of("a") == message
    assert "set it right (NTP)" in caplog.text
    moment = world.worker.work()
    assert moment is not None
    assert moment > NOW, "it does not spin"


def test_slacks_clock_is_not_asked_for_each_message(world: World) -> None:
    for minutes in range(8):
        world.add(f"k{minutes}")
        world.at(NOW + minutes * MINUTE)
    assert world.slack.asked_time == 1
    world.add("late")
    world.at(NOW + HOUR)
    assert world.slack.asked_time == 2


def test_a_database_that_fails_before_the_claim_posts_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.add("a")
    store = Failing(world.outbox, "claim", StorageError("Check that it runs."))
    worker = world.new_worker(store)
    worker.catch_up()
    assert world.posted() == []
    assert "Check that" in caplog.text
    worker.catch_up()
    assert world.posted() == ["a"]


def test_what_could_not_be_recorded_is_recorded_the_next_time(world: World) -> None:
    world.add("a")
    store = Failing(world.outbox, "settle", StorageError("Check that it runs."))
    worker = world.new_worker(store)
    worker.catch_up()
    assert world.of("a").state is State.SENT, "the next round comes at once"
    assert world.posted() == ["a"]


def test_a_database_that_is_away_while_a_message_is_rendered_loses_it_not(world: World) -> None:
    world.feature.failing["a"] = StorageError("the server restarts")
    world.add("a")
    world.at(NOW)
    assert world.of("a").state is State.WAITING
    world.feature.failing.clear()
    world.at(NOW + MINUTE)
    assert world.posted() == ["a"]


def test_a_feature_that_fails_to_record_leaves_the_message_unconfirmed_not_repeated(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add("a")

    def fail(*args: object) -> None:
        raise KeyError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(world.feature, "record", fail)
        world.at(NOW)
    world.at(NOW + LEASE)
    assert (world.of("a").state, world.posted()) == (State.UNCONFIRMED, ["a"])


# The loop


def test_the_loop_sends_what_is_added_when_it_is_nudged_and_stops(world: World) -> None:
    worker = build_worker(
        world.outbox, world.workspaces, world.slack, [world.feature], world.clock.now, threads=2
    )
    world.outbox.on_added = worker.nudge
    came = Event()
    world.slack.script = [lambda message: (came.set(), world.slack.accept(message))[1]]
    worker.start()
    world.add("a")
    assert came.wait(10)
    worker.close()
    assert world.of("a").state is State.SENT, "what was claimed is recorded before the end"


def test_what_is_only_claimed_when_the_process_stops_is_given_back(world: World) -> None:
    """Stopping does not take as long as all that was claimed."""
    worker = build_worker(
        world.outbox, world.workspaces, world.slack, [world.feature], world.clock.now, threads=1
    )
    sending, stopping = Event(), Event()

    def send_while_it_stops(message: OutboundMessage) -> Outcome:
        sending.set()
        assert stopping.wait(10)
        return world.slack.accept(message)

    world.add("a", "b", "c")
    world.slack.script = [send_while_it_stops]
    worker.work()
    assert sending.wait(10)
    worker._dispatcher.stop()
    stopping.set()
    worker.close()
    assert len(world.posted()) == 1
    waiting = [message for message in map(world.of, "abc") if message.state is State.WAITING]
    assert [message.next_at for message in waiting] == [NOW, NOW]

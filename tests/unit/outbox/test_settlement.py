"""What Slack's answers mean for a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.models import GRACE, LEASE, UPDATE_LEASE, Kind, OutboundMessage, State
from bot.outbox.outcomes import ADVICE, EFFECTS, Effect, Outcome, effect_of
from bot.outbox.settlement import (
    LONGEST_UPDATE_PAUSE,
    UPDATE_GAP,
    expire,
    settle_lookup,
    settle_post,
    settle_update,
    update_pause,
)
from tests.support.outbox import build_message

DUE = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
NOW = DUE + timedelta(seconds=5)
MESSAGE = build_message(
    "a", DUE, id="d1", state=State.CLAIMED, attempt=1, tries=1, claimed_at=DUE,
    next_at=DUE + LEASE,
)  # fmt: skip
UPDATE = replace(MESSAGE, kind=Kind.UPDATE, expires_at=None, ts="17.1")


@pytest.mark.parametrize(
    ("code", "status", "effect"),
    [
        ("is_archived", 200, Effect.CHANNEL_GONE),
        ("token_revoked", 200, Effect.WORKSPACE_DEAD),
        ("missing_scope", 200, Effect.WORKSPACE_DEAD),
        ("ratelimited", 429, Effect.LIMITED),
        ("rate_limited", 200, Effect.LIMITED),
        ("", 429, Effect.LIMITED),
        ("service_unavailable", 503, Effect.NOT_POSTED),
        ("internal_error", 500, Effect.UNSURE),
        ("fatal_error", 200, Effect.UNSURE),
        ("Received a response in a non-JSON format: <html>", 502, Effect.UNSURE),
        ("Received a response in a non-JSON format: <html>", 200, Effect.UNSURE),
        ("never_heard_of", 500, Effect.UNSURE),
        ("never_heard_of", 200, Effect.OUR_FAULT),
        ("invalid_blocks", 200, Effect.OUR_FAULT),
        ("message_limit_exceeded", 200, Effect.PLAN_LIMIT),
    ],
)
def test_an_error_belongs_to_a_class(code: str, status: int, effect: Effect) -> None:
    assert effect_of(code, status) is effect


def test_no_code_belongs_to_two_classes() -> None:
    codes = [code for codes in EFFECTS.values() for code in codes]
    assert len(codes) == len(set(codes))


def test_every_effect_that_hinders_a_post_comes_with_advice() -> None:
    assert set(ADVICE) == set(Effect) - {Effect.POSTED, Effect.ABSENT, Effect.UNWANTED}


def post(effect: Effect, **changes: object) -> OutboundMessage:
    return settle_post(MESSAGE, Outcome(effect, error="e", **changes), NOW)  # type: ignore[arg-type]


def test_what_was_posted_is_sent() -> None:
    found = settle_post(MESSAGE, Outcome(Effect.POSTED, ts="1.2"), NOW)
    assert found == replace(MESSAGE, state=State.SENT, ts="1.2", next_at=None)


def test_a_limit_waits_as_long_as_told_and_at_least_a_second() -> None:
    wait = timedelta(seconds=30)
    assert post(Effect.LIMITED, wait=wait).next_at == NOW + wait
    assert post(Effect.LIMITED).next_at == NOW + timedelta(seconds=1)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 30), (50, 30)])
def test_pauses_grow_up_to_half_an_hour(tries: int, minutes: int) -> None:
    message = replace(MESSAGE, tries=tries)
    found = settle_post(message, Outcome(Effect.NOT_POSTED, error="e"), NOW)
    assert found.next_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (Effect.WORKSPACE_DEAD, State.WAITING),
        (Effect.CHANNEL_GONE, State.FAILED),
        (Effect.PLAN_LIMIT, State.FAILED),
        (Effect.OUR_FAULT, State.FAILED),
        (Effect.UNWANTED, State.MISSED),
        (Effect.UNSURE, State.UNCONFIRMED),
    ],
)
def test_each_class_has_its_reaction(effect: Effect, state: State) -> None:
    found = post(effect)
    assert (found.state, found.error) == (state, "e")


def test_an_unsure_one_is_looked_up_when_its_lease_ends() -> None:
    assert post(Effect.UNSURE).next_at == DUE + LEASE


def test_a_wait_beyond_its_end_is_a_miss() -> None:
    assert post(Effect.LIMITED, wait=timedelta(hours=13)).state is State.MISSED
    assert expire(replace(MESSAGE, state=State.WAITING)).error == "late"


def look_up(outcome: Outcome, late: timedelta = timedelta(minutes=5)) -> OutboundMessage:
    unsure = replace(MESSAGE, state=State.UNCONFIRMED, error="TimeoutError")
    return settle_lookup(unsure, outcome, DUE + late)


def test_a_found_one_is_sent() -> None:
    found = look_up(Outcome(Effect.POSTED, ts="1.2"))
    assert (found.state, found.ts, found.error) == (State.SENT, "1.2", "")


def test_an_absent_one_is_tried_again_in_time_and_missed_later() -> None:
    absent = Outcome(Effect.ABSENT)
    assert look_up(absent).state is State.WAITING
    assert look_up(absent, GRACE + timedelta(minutes=1)).state is State.MISSED


@pytest.mark.parametrize("effect", [Effect.LIMITED, Effect.NOT_POSTED])
def test_a_history_that_cannot_be_read_now_is_read_later(effect: Effect) -> None:
    found = look_up(Outcome(effect, wait=timedelta(seconds=90)))
    assert found.state is State.UNCONFIRMED
    assert found.next_at == DUE + timedelta(minutes=6, seconds=30)


def test_a_history_that_may_not_be_read_leaves_it_unconfirmed_for_good() -> None:
    found = look_up(Outcome(Effect.UNSURE, error="missing_scope"))
    assert (found.state, found.next_at) == (State.UNCONFIRMED, None)


# Updates


def update(outcome: Outcome, tries: int = 1, look_again: datetime | None = None) -> OutboundMessage:
    return settle_update(replace(UPDATE, tries=tries), outcome, NOW, look_again)


def test_what_was_shown_rests_for_a_second() -> None:
    found = update(Outcome(Effect.POSTED))
    assert (found.state, found.next_at, found.not_before) == (State.SENT, None, NOW + UPDATE_GAP)
    assert found.ts == "17.1"


def test_a_message_is_looked_at_again_when_it_will_say_something_else() -> None:
    midnight = NOW + timedelta(hours=14)
    found = update(Outcome(Effect.POSTED), look_again=midnight)
    assert (found.state, found.next_at) == (State.WAITING, midnight)


def test_a_rate_limit_of_an_update_waits_as_told() -> None:
    found = update(Outcome(Effect.LIMITED, wait=timedelta(seconds=30)))
    assert (found.next_at, found.not_before) == (NOW + timedelta(seconds=30),) * 2
    assert update(Outcome(Effect.LIMITED)).next_at == NOW + UPDATE_GAP


def test_after_an_update_that_may_still_arrive_the_message_is_shown_once_more() -> None:
    assert update(Outcome(Effect.POSTED), tries=2).next_at == NOW + UPDATE_LEASE
    soon = NOW + timedelta(seconds=2)
    assert update(Outcome(Effect.POSTED), tries=2, look_again=soon).next_at == soon


@pytest.mark.parametrize("effect", [Effect.NOT_POSTED, Effect.UNSURE])
def test_what_may_not_have_arrived_comes_again_later_and_later(effect: Effect) -> None:
    moments = [update(Outcome(effect), tries=tries).next_at for tries in range(1, 9)]
    pauses = [moment - NOW for moment in moments if moment]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_UPDATE_PAUSE
    assert update_pause(10_000) == LONGEST_UPDATE_PAUSE


def test_in_a_dead_workspace_the_update_goes_on_waiting() -> None:
    found = update(Outcome(Effect.WORKSPACE_DEAD, error="token_revoked"))
    assert found.state is State.WAITING


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (Effect.OUR_FAULT, State.FAILED),
        (Effect.CHANNEL_GONE, State.FAILED),
        (Effect.UNWANTED, State.MISSED),
    ],
)
def test_an_update_that_slack_refuses_is_not_repeated(effect: Effect, state: State) -> None:
    found = update(Outcome(effect, error="is_archived"))
    assert (found.state, found.next_at, found.error) == (state, None, "is_archived")
    assert found.not_before == NOW + UPDATE_GAP

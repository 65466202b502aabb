"""What Slack's answers mean for a delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from bot.tips.outcomes import ADVICE, EFFECTS, Effect, Outcome, effect_of
from bot.tips.settlement import Settlement, settle_lookup, settle_post

from bot.tips.models import GRACE, LEASE, Delivery, State
from tests.support.tips import CHANNEL, MONDAY, TEAM, utc

DUE = utc(MONDAY, 9, 30)
NOW = DUE + timedelta(seconds=5)
DELIVERY = Delivery(
    id="d1",
    subscription_id=1,
    team_id=TEAM,
    channel_id=CHANNEL,
    local_date=MONDAY,
    due_at=DUE,
    state=State.CLAIMED,
    lang="en",
    tip_id="tip-611-01",
    claimed_at=DUE,
    retry_at=DUE + LEASE,
)


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


def post(effect: Effect, **changes: object) -> Settlement:
    return settle_post(DELIVERY, Outcome(effect, error="e", **changes), NOW)  # type: ignore[arg-type]


def test_what_was_posted_is_sent() -> None:
    found = settle_post(DELIVERY, Outcome(Effect.POSTED, ts="1.2"), NOW)
    assert found == Settlement(replace(DELIVERY, state=State.SENT, ts="1.2", retry_at=None))


def test_a_limit_waits_as_long_as_told_and_at_least_a_second() -> None:
    assert post(Effect.LIMITED, wait=timedelta(seconds=30)).after.retry_at == NOW + timedelta(
        seconds=30
    )
    assert post(Effect.LIMITED).after.retry_at == NOW + timedelta(seconds=1)


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 30), (50, 30)])
def test_pauses_grow_up_to_half_an_hour(attempt: int, minutes: int) -> None:
    delivery = replace(DELIVERY, attempt=attempt)
    found = settle_post(delivery, Outcome(Effect.NOT_POSTED, error="e"), NOW)
    assert found.after.retry_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("effect", "state", "give_back"),
    [
        (Effect.WORKSPACE_DEAD, State.WAITING, False),
        (Effect.CHANNEL_GONE, State.FAILED, True),
        (Effect.PLAN_LIMIT, State.FAILED, True),
        (Effect.OUR_FAULT, State.FAILED, False),
        (Effect.UNSURE, State.UNCONFIRMED, False),
    ],
)
def test_each_class_has_its_reaction(effect: Effect, state: State, give_back: bool) -> None:
    found = post(effect)
    assert (found.after.state, found.give_back, found.after.error) == (state, give_back, "e")


def test_an_unsure_one_is_looked_up_when_its_lease_ends() -> None:
    assert post(Effect.UNSURE).after.retry_at == DUE + LEASE


def look_up(outcome: Outcome, late: timedelta = timedelta(minutes=5)) -> Settlement:
    unsure = replace(DELIVERY, state=State.UNCONFIRMED, error="TimeoutError")
    return settle_lookup(unsure, outcome, DUE + late)


def test_a_found_one_is_sent() -> None:
    found = look_up(Outcome(Effect.POSTED, ts="1.2"))
    assert (found.after.state, found.after.ts, found.after.error) == (State.SENT, "1.2", "")


def test_an_absent_one_is_tried_again_in_time_and_given_back_later() -> None:
    absent = Outcome(Effect.ABSENT)
    assert look_up(absent).after.state is State.WAITING
    late = look_up(absent, GRACE + timedelta(minutes=1))
    assert (late.after.state, late.give_back) == (State.MISSED, True)


@pytest.mark.parametrize("effect", [Effect.LIMITED, Effect.NOT_POSTED])
def test_a_history_that_cannot_be_read_now_is_read_later(effect: Effect) -> None:
    found = look_up(Outcome(effect, wait=timedelta(seconds=90)))
    assert found.after.state is State.UNCONFIRMED
    assert found.after.retry_at == DUE + timedelta(minutes=6, seconds=30)


def test_a_history_that_may_not_be_read_leaves_it_unconfirmed_for_good() -> None:
    found = look_up(Outcome(Effect.UNSURE, error="missing_scope"))
    assert (found.after.state, found.after.retry_at, found.give_back) == (
        State.UNCONFIRMED, None, False,
    )  # fmt: skip

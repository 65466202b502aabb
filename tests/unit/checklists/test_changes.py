from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checklists.changes import Changed, Refusal, make, replay
from bot.checklists.models import Change, ChangeKind, ItemState, Run
from tests.support.runs import NOW, OTHER, STARTER, build_run

DAY = date(2026, 12, 1)


def change(
    run: Run, what: ChangeKind, item: int = 0, *, by: str = STARTER, **fields: object
) -> Run:
    made = make(run, Change(what=what, item=item, **fields), by, NOW)  # type: ignore[arg-type]
    assert isinstance(made, Changed), made
    return made.after


def refusal(run: Run, what: ChangeKind, item: int = 0, **fields: object) -> Refusal:
    made = make(run, Change(what=what, item=item, **fields), STARTER, NOW)  # type: ignore[arg-type]
    assert isinstance(made, Refusal), made
    return made


def test_a_tick_names_who_and_when() -> None:
    item = change(build_run(), ChangeKind.TICKED, 2, by=OTHER).items[1]
    assert (item.state, item.changed_by, item.changed_at) == (ItemState.DONE, OTHER, NOW)


def test_whoever_ticked_first_stays_named() -> None:
    run = change(build_run(), ChangeKind.TICKED, 1, by=OTHER)
    assert refusal(run, ChangeKind.TICKED, 1) is Refusal.SAME


def test_unticking_leaves_an_item_as_it_was() -> None:
    run = build_run()
    after = change(change(run, ChangeKind.TICKED, 1), ChangeKind.UNTICKED, 1)
    assert after.items == run.items


def test_not_applicable_keeps_its_reason_until_it_is_ticked() -> None:
    run = change(build_run(), ChangeKind.EXCLUDED, 1, text="no agents here")
    assert run.items[0].state is ItemState.NOT_APPLICABLE
    assert refusal(run, ChangeKind.EXCLUDED, 1, text="no agents here") is Refusal.SAME
    assert change(run, ChangeKind.EXCLUDED, 1, text="another").items[0].reason == "another"
    assert change(run, ChangeKind.TICKED, 1).items[0].reason == ""


def test_an_owner_a_day_and_a_note_may_be_set_and_taken_away() -> None:
    run = change(build_run(), ChangeKind.ASSIGNED, 1, user_id=OTHER, zone="Asia/Shanghai")
    run = change(run, ChangeKind.DUE, 1, day=DAY)
    run = change(run, ChangeKind.NOTED, 1, text="soon")
    item = run.items[0]
    assert (item.owner, item.zone, item.due, item.note) == (OTHER, "Asia/Shanghai", DAY, "soon")
    for what in (ChangeKind.ASSIGNED, ChangeKind.DUE, ChangeKind.NOTED):
        run = change(run, what, 1)
    assert run.items == build_run().items


def test_a_new_owner_can_be_reached_until_it_shows_otherwise() -> None:
    run = change(build_run(), ChangeKind.ASSIGNED, 1, user_id=OTHER)
    run = change(run, ChangeKind.UNREACHABLE, 1, user_id=OTHER, text="user_disabled")
    assert run.items[0].unreachable == "user_disabled"
    assert change(run, ChangeKind.ASSIGNED, 1, user_id="U7").items[0].unreachable == ""


def test_somebody_who_owns_nothing_any_more_is_not_marked() -> None:
    run = change(build_run(), ChangeKind.ASSIGNED, 1, user_id="U7")
    assert refusal(run, ChangeKind.UNREACHABLE, 1, user_id=OTHER, text="x") is Refusal.SAME


def test_the_last_settled_item_finishes_the_run_and_an_open_one_reopens_it() -> None:
    run = change(build_run(2), ChangeKind.TICKED, 1)
    assert run.finished_at is None
    run = change(run, ChangeKind.EXCLUDED, 2, text="no")
    assert run.finished_at == NOW
    assert change(run, ChangeKind.UNTICKED, 2).finished_at is None


def test_a_finished_run_stays_finished_since_then() -> None:
    run = change(build_run(1), ChangeKind.TICKED, 1)
    later = make(
        run, Change(what=ChangeKind.NOTED, item=1, text="x"), OTHER, NOW + timedelta(days=1)
    )
    assert isinstance(later, Changed)
    assert later.after.finished_at == NOW


@pytest.mark.parametrize(
    "what", [ChangeKind.TICKED, ChangeKind.ASSIGNED, ChangeKind.NOTED, ChangeKind.CLOSED]
)
def test_a_closed_run_is_not_changed(what: ChangeKind) -> None:
    run = change(build_run(), ChangeKind.CLOSED)
    assert (run.is_closed, run.closed_by) == (True, STARTER)
    assert refusal(run, what, 1) is Refusal.CLOSED
    assert not change(run, ChangeKind.REOPENED).is_closed


def test_an_open_run_cannot_be_reopened() -> None:
    assert refusal(build_run(), ChangeKind.REOPENED) is Refusal.SAME


@pytest.mark.parametrize("item", [0, 4, 99_999])
def test_an_item_that_is_not_there_is_refused(item: int) -> None:
    assert refusal(build_run(3), ChangeKind.TICKED, item) is Refusal.NO_ITEM


CHANGES = st.builds(
    Change,
    what=st.sampled_from(list(ChangeKind)),
    item=st.integers(0, 4),
    text=st.sampled_from(["", "a", "b"]),
    user_id=st.sampled_from(["", STARTER, OTHER]),
    day=st.sampled_from([None, DAY]),
)


@given(st.lists(st.tuples(CHANGES, st.sampled_from([STARTER, OTHER]))))
def test_the_log_alone_makes_the_state(changes: list[tuple[Change, str]]) -> None:
    start = run = build_run()
    log = []
    for number, (wanted, by) in enumerate(changes):
        made = make(run, wanted, by, NOW + timedelta(minutes=number))
        if isinstance(made, Changed):
            run = made.after
            log.append(made.line)
    assert replace(replay(start, log), revision=run.revision) == run
    assert [line.number for line in log] == list(range(2, len(log) + 2))

"""Which tip comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handbook.models import Tip
from bot.tips.models import Rotation
from bot.tips.rotation import Pick, Pool, pick, section_of, use
from tests.support.tips import MONDAY, SECTIONS, build_pool, build_tip

WEEK = timedelta(weeks=1)


def take(
    pool: Pool, rotation: Rotation, day: date = MONDAY, sections: tuple[str, ...] = ()
) -> tuple[Pick, Rotation]:
    found = pick(pool, rotation, day, sections)
    assert found is not None
    return found, use(pool, rotation, found, sections)


def run(
    pool: Pool, weeks: int, rotation: Rotation | None = None, day: date = MONDAY,
    sections: tuple[str, ...] = (),
) -> list[Pick]:  # fmt: skip
    rotation, picks = rotation or Rotation(), []
    for number in range(weeks):
        found, rotation = take(pool, rotation, day + number * WEEK, sections)
        picks.append(found)
    return picks


def ids(picks: list[Pick]) -> list[str]:
    return [found.tip.id for found in picks]


def test_sections_take_turns() -> None:
    picks = run(build_pool(), 12)
    assert [section_of(p.tip) for p in picks] == [*SECTIONS, *SECTIONS]


def test_sixty_weeks_without_a_repeat_then_the_next_round() -> None:
    picks = run(build_pool(), 61)
    assert len(set(ids(picks[:60]))) == 60
    assert [(p.round, p.number, p.total) for p in (picks[0], picks[59], picks[60])] == [
        (1, 1, 60), (1, 60, 60), (2, 1, 60),
    ]  # fmt: skip


def test_where_one_section_has_fewer_tips_the_others_go_on() -> None:
    pool = Pool((*build_pool(1).tips, build_tip("6.1.1", 2), build_tip("6.1.1", 3)))
    assert len(set(ids(run(pool, 8)))) == 8


def test_a_tip_that_was_given_back_comes_again_in_this_round() -> None:
    pool = build_pool()
    first, rotation = take(pool, Rotation())
    again, _ = take(pool, rotation.without(first.tip.id))
    assert again == first


def test_an_added_tip_comes_in_the_same_round() -> None:
    pool = build_pool(1)
    rotation = Rotation()
    for _ in range(6):
        _, rotation = take(pool, rotation)
    found, _ = take(Pool((*pool.tips, build_tip("6.2.1", 2))), rotation)
    assert (found.tip.id, found.round) == ("tip-621-02", 1)


def test_a_removed_tip_is_left_out_and_repeats_nothing() -> None:
    pool, rotation = build_pool(2), Rotation()
    had = []
    for _ in range(5):
        found, rotation = take(pool, rotation)
        had.append(found.tip.id)
    smaller = Pool(tuple(t for t in pool.tips if t.id not in (had[0], "tip-632-01")))
    rest = ids(run(smaller, 6, rotation))
    assert not set(rest) & {*had, "tip-632-01"}


def test_only_the_wanted_sections_come() -> None:
    picks = run(build_pool(3), 6, sections=("6.1.2", "6.3.1"))
    assert {section_of(p.tip) for p in picks} == {"6.1.2", "6.3.1"}
    assert len(set(ids(picks))) == 6


def test_a_wider_choice_later_repeats_nothing_that_was_not_used_up() -> None:
    pool, rotation, had = build_pool(2), Rotation(), []
    for sections in [()] * 3 + [("6.1.1",)] * 3:
        found, rotation = take(pool, rotation, sections=tuple(sections))
        had.append(found.tip.id)
    wider = ids(run(pool, 3, rotation))
    assert not set(wider) & set(had[1:3])


def test_without_a_tip_in_the_wanted_sections_there_is_none() -> None:
    assert pick(build_pool(), Rotation(), MONDAY, ("9.9",)) is None
    assert pick(Pool(()), Rotation(), MONDAY) is None


# Tips with a date


def with_dates(*tips: Tip) -> Pool:
    dated = {tip.id: tip for tip in tips}
    return Pool(tuple(dated.get(tip.id, tip) for tip in build_pool().tips))


def test_a_dated_tip_comes_in_its_sections_last_turn_before_the_date() -> None:
    pool = with_dates(build_tip("6.1.2", 1, before="2027-02-03"))
    picks = run(pool, 30)
    week = ids(picks).index("tip-612-01")
    day = MONDAY + week * WEEK
    assert day < date(2027, 2, 3) <= day + 6 * WEEK
    assert section_of(picks[week].tip) == SECTIONS[week % 6]


def test_a_dated_tip_whose_turn_would_come_too_late_goes_before_its_turn() -> None:
    pool = with_dates(build_tip("6.3.1", 2, before="2026-12-02"))
    picks = run(pool, 60)
    assert picks[0].tip.id == "tip-631-02"
    assert {section_of(p.tip) for p in picks[:6]} == set(SECTIONS)
    assert len(set(ids(picks))) == 60


def test_several_dated_tips_of_one_section_all_come_in_time() -> None:
    last = MONDAY + 20 * WEEK
    dated = [build_tip("6.2.1", number, before=str(last)) for number in (3, 5, 7)]
    picks = run(with_dates(*dated), 40)
    for tip in dated:
        assert MONDAY + ids(picks).index(tip.id) * WEEK < last


def test_a_dated_tip_without_a_text_for_later_is_passed_over_after_its_date() -> None:
    pool = with_dates(build_tip("6.1.1", 1, before=str(MONDAY)))
    picks = run(pool, 59)
    assert "tip-611-01" not in ids(picks)
    assert picks[0].total == 59


def test_a_dated_tip_with_a_text_for_later_comes_in_its_turn_after_its_date() -> None:
    pool = with_dates(build_tip("6.1.1", 1, before=str(MONDAY), fallback=MONDAY))
    assert ids(run(pool, 1)) == ["tip-611-01"]


@pytest.mark.parametrize("hint", ["", "soon", "before 2026-13-45", "after 2026-12-02"])
def test_other_hints_tie_a_tip_to_no_date(hint: str) -> None:
    tip = replace(build_tip("6.1.1", 1), week_hint=hint)
    assert Pool((tip,)).deadlines == {}


# Content that changes on the way


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_content_that_changes_never_repeats_or_loses_a_tip_within_a_round(
    data: st.DataObject,
) -> None:
    """Every tip that was there all through a round was had in it, exactly once."""
    alive = {tip.id: tip for tip in build_pool(3).tips}
    rotation, day, number = Rotation(), MONDAY, 100
    had: list[tuple[int, str]] = []
    throughout: dict[int, set[str]] = {}
    for _ in range(80):
        if data.draw(st.integers(0, 3)) == 0:
            gone = data.draw(st.sampled_from(sorted(alive)))
            if len(alive) > 6:
                del alive[gone]
            number += 1
            tip = build_tip(data.draw(st.sampled_from(SECTIONS)), number)
            alive[tip.id] = tip
        pool = Pool(tuple(alive[key] for key in sorted(alive)))
        found, rotation = take(pool, rotation, day)
        had.append((found.round, found.tip.id))
        throughout.setdefault(found.round, set(alive)).intersection_update(alive)
        day += WEEK
    assert len(had) == len(set(had))
    last = had[-1][0]
    for round_number, tips in throughout.items():
        if round_number < last:
            assert tips <= {tip_id for r, tip_id in had if r == round_number}


def test_five_years_of_thirty_channels_with_changing_content() -> None:
    """8,000 tips: no repeat within a round, skips and changes of content on the way."""
    random = Random(4)
    alive = {tip.id: tip for tip in build_pool(10).tips}
    channels = [Rotation() for _ in range(30)]
    had: list[list[tuple[int, str]]] = [[] for _ in channels]
    for week in range(52 * 5):
        if week % 9 == 0:  # a tip goes, a tip comes
            del alive[random.choice(sorted(alive))]
            tip = build_tip(SECTIONS[week % 6], 100 + week)
            alive[tip.id] = tip
        pool = Pool(tuple(alive[key] for key in sorted(alive)))
        for number, rotation in enumerate(channels):
            for _ in range(2 if random.random() < 0.05 else 1):  # now and then a skip before it
                found, rotation = take(pool, rotation, MONDAY + week * WEEK)
                had[number].append((found.round, found.tip.id))
            channels[number] = rotation
    for tips in had:
        assert max(Counter(tips).values()) == 1
        assert len(tips) >= 260
    assert max(rotation.round for rotation in channels) >= 4

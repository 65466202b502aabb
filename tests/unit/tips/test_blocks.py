"""What is said about weekly tips, in both languages, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.answers.home import build_home_lookups
from bot.answers.plain import render_plain
from bot.handbook import Handbook, Kind, Tip
from bot.i18n import LANGS, Lang
from bot.outbox.models import State
from bot.outbox.outcomes import EFFECTS, Effect
from bot.playground.limits import find_problems
from bot.slack.blocks import Reply
from bot.slack.dates import day_text
from bot.tips import words
from bot.tips.blocks import build_end_text, build_weekly_tip
from bot.tips.home import MAX_CHANNELS, build_home_tips
from bot.tips.parse import Problem
from bot.tips.rotation import Pool
from bot.tips.settings_view import build_tips_modal
from bot.tips.status import (
    ChannelTips,
    PastTip,
    build_changed,
    build_mistake,
    build_preview,
    build_status,
)
from tests.support.tips import MONDAY, SECTIONS


@pytest.fixture
def tip(handbook: Handbook) -> Tip:
    return Pool.of(handbook).tips[0]


@pytest.fixture
def tips(tip: Tip) -> ChannelTips:
    """A channel in full swing."""
    return ChannelTips(
        channel_id="C1",
        on=True,
        weekday=0,
        at=time(9, 30),
        zone="Asia/Shanghai",
        created_by="U1",
        next_day=MONDAY,
        next_tip=tip,
        number=3,
        total=60,
        past=tuple(
            PastTip(date(2026, 11, n + 1), state, "is_archived", "https://x.slack.com/a", tip)
            for n, state in enumerate(State)
        ),
    )


def problems_of(reply: Reply) -> list[str]:
    return find_problems(reply.as_message(), "message")


@pytest.mark.parametrize("lang", LANGS)
def test_every_weekly_tip_fits_before_and_after_its_date(handbook: Handbook, lang: Lang) -> None:
    for tip in Pool.of(handbook).tips:
        for day in (MONDAY, date(2029, 1, 1)):
            reply = build_weekly_tip(handbook, tip, lang, day=day, number=60, total=60)
            assert problems_of(reply) == [], tip.id


@pytest.mark.parametrize("lang", LANGS)
def test_a_dated_tip_says_what_holds_on_its_day(handbook: Handbook, lang: Lang) -> None:
    tip = handbook.entries["tip-631-02"]
    assert isinstance(tip, Tip)
    assert tip.fallback is not None
    before, after = (
        render_plain(build_weekly_tip(handbook, tip, lang, day=day, number=1, total=60))
        for day in (date(2026, 11, 30), date(2026, 12, 7))
    )
    assert tip.body.get(lang) in before
    assert tip.fallback.text.get(lang) in after


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_is_said_of_a_channel_fits(
    handbook: Handbook, tips: ChannelTips, lang: Lang
) -> None:
    for state in (
        tips,
        replace(tips, on=False, next_day=None),
        replace(tips, paused=True, next_day=None),
        replace(tips, paused=True, paused_until=MONDAY),
        replace(tips, next_tip=None),
        ChannelTips(channel_id="C1"),
    ):
        assert problems_of(build_status(state, lang)) == []
        assert problems_of(build_preview(handbook, state, lang)) == []
        for admin in (True, False):
            view = build_tips_modal(handbook, state, SECTIONS, lang, admin=admin)
            assert find_problems(view, "modal") == []
        for what in words.CHANGED:
            told = build_changed(state, what, "U1", lang)
            assert problems_of(told) == []
            assert "。 " not in told.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("problem", list(Problem))
def test_a_mistake_shows_the_corrected_form(problem: Problem, lang: Lang) -> None:
    reply = build_mistake(problem, "<!channel>" * 50, "on mon 9:30 Asia/Shanghai", lang)
    assert problems_of(reply) == []
    assert "on mon 9:30 Asia/Shanghai" in reply.text
    assert "<!channel>" not in str(reply.blocks)


def test_every_state_of_a_delivery_has_words() -> None:
    assert set(words.STATES) == set(State)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("error", [*EFFECTS[Effect.CHANNEL_GONE], "channel_deleted"])
def test_an_end_notice_names_channels_and_reasons_once(error: str, lang: Lang) -> None:
    reply = build_end_text([(f"C{n}", error) for n in range(80)], lang)
    assert problems_of(reply) == []
    assert "<#C0>" in reply.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_home_with_many_channels_and_lookups_fits(
    handbook: Handbook, tips: ChannelTips, lang: Lang
) -> None:
    channels = [replace(tips, channel_id=f"C{n}", paused=n % 2 == 0) for n in range(300)]
    entries = handbook.by_kind[Kind.TERM][:10]
    blocks = build_home_tips(channels, lang) + build_home_lookups(entries, lang)
    assert find_problems({"type": "home", "blocks": blocks}, "home") == []
    assert len(blocks) <= MAX_CHANNELS + 10


def test_without_channels_or_lookups_the_home_has_no_empty_part() -> None:
    assert len(build_home_tips([], "en")) == 2  # a select of the channel that is to get tips
    assert build_home_lookups([], "en") == []


def test_days_are_written_as_each_language_writes_them() -> None:
    assert day_text(MONDAY, "en") == "Mon 30 Nov"
    assert day_text(MONDAY, "zh") == "11月30日（周一）"

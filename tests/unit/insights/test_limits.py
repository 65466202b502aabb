"""The longest that people and entries can say, within Slack's limits; and nothing of it is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.admin.models import Digest, WorkspaceSettings
from bot.admin.settings_view import build_settings
from bot.handbook import Handbook
from bot.i18n import LANGS, Lang, Text
from bot.insights.blocks import (
    ask_buttons,
    build_ask,
    build_name_done,
    build_name_offer,
    build_pick,
    build_question,
    build_told,
)
from bot.insights.figures import Figures, Period
from bot.insights.models import Question, QuestionState
from bot.insights.stats_view import DigestFacts, build_digest, build_stats
from bot.insights.tables import QUESTION_CHARS
from bot.playground.limits import find_problems
from bot.slack.blocks import Reply, actions

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LIVE = "<!channel> <@U1> *x* `y` "
LONG = (LIVE * 40)[:QUESTION_CHARS]
BIG = 10**9
PERIODS = tuple(Period(days, *[BIG] * 7) for days in (7, 30, 90))


def build(state: QuestionState, text: str = LONG) -> Question:
    return Question(
        id="q" * 32, team_id="T1", text=text, times=BIG, state=state, asked_at=NOW, last_at=NOW,
        entry_id="rag", decided_by="U9",
    )  # fmt: skip


def check(reply: Reply) -> None:
    assert find_problems(reply.as_message(), "message") == []
    assert "<!channel>" not in reply.text
    mrkdwn = [
        block["text"]["text"]
        for block in reply.blocks
        if block["type"] == "section" and block["text"]["type"] == "mrkdwn"
    ]
    assert not [text for text in mrkdwn if "<!channel>" in text or "*x*" in text]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", list(QuestionState))
def test_messages_about_a_question(handbook: Handbook, state: QuestionState, lang: Lang) -> None:
    long = Text(LIVE * 200, LIVE * 200)
    entry = replace(handbook.entries["rag"], title=long, short=long)
    for text in (LONG, "x", "模" * QUESTION_CHARS):
        for found in (entry, None):
            check(build_question(build(state, text), found, lang, can_answer=True))
            check(build_told(build(state, text), found, lang))
    check(build_name_offer(LIVE, entry, lang))
    check(build_name_done(LIVE, entry, "U9", lang, added=True))
    check(build_name_done(LIVE, entry, "U9", lang, added=False))


@pytest.mark.parametrize("lang", LANGS)
def test_forms(handbook: Handbook, lang: Lang) -> None:
    entries = list(handbook.entries.values())
    near = [replace(e, title=Text("长" * 300, "long " * 80)) for e in entries[:20]]
    settings = WorkspaceSettings(
        curators=tuple(f"U{n}" for n in range(50)), curators_channel="C1", default_lang="zh",
        tips_by_admins=True, digest=Digest.MONTHLY, lookup_days=123, guests=True,
    )  # fmt: skip
    for view in (
        build_ask(LONG, lang),
        build_ask("", lang),
        build_pick(build(QuestionState.OPEN), near, lang, nth=7),
        build_pick(build(QuestionState.OPEN), [], lang),
        build_settings(settings, lang, "C1"),
        build_settings(WorkspaceSettings(), lang, ""),
    ):
        assert find_problems(view, "modal") == []
    block = actions(ask_buttons(LONG * 9, lang))
    assert find_problems({"text": "x", "blocks": [block]}, "message") == []
    assert ask_buttons(" ", lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_figures_and_digest(handbook: Handbook, lang: Lang) -> None:
    long = Text(LIVE * 20, LIVE * 20)
    entries = {e.id: replace(e, title=long) for e in list(handbook.entries.values())[:5]}
    most = tuple((name, BIG) for name in entries)
    check(build_stats(Figures(PERIODS, BIG, BIG, most), entries, lang))
    check(build_stats(Figures(PERIODS, 0, 0, ()), entries, lang))
    check(
        build_digest(
            DigestFacts(
                period=PERIODS[0],
                questions=[build(QuestionState.OPEN)] * 5,
                open_count=BIG,
                unhelpful=[(long, {"thin": BIG, "old": 1})] * 30,
                due=[long] * 30,
                most=[(entry, BIG) for entry in entries.values()],
                reason_names={"thin": Text("太笼统", "Too general")},
            ),
            lang,
        )
    )
    nothing = Period(7, 0, 0, 0, 0, 0, 0, 0)
    check(
        build_digest(
            DigestFacts(period=nothing, questions=(), open_count=0, unhelpful=(), due=(), most=(),
                        reason_names={}),
            lang,
        )
    )  # fmt: skip

"""Questions to the team, counts and names, on each database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.admin.models import WorkspaceSettings
from bot.database.workspaces import WorkspaceGone
from bot.insights.models import AskOutcome, QuestionState
from bot.insights.posts import ASKERS, NAMES, QUESTIONS
from bot.outbox.models import HIDDEN
from bot.slack.answered import Answered, Outcome
from bot.storage import Storage
from tests.support.entries import draft, publish
from tests.support.team import rows_with

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TEAM, OTHER = "T1", "T2"


@pytest.fixture
def asked(storage: Storage) -> Storage:
    storage.settings.change(TEAM, lambda now: replace(now, curators_channel="C1"), NOW)
    return storage


def ask(storage: Storage, user: str, text: str = "what is x?", team: str = TEAM) -> AskOutcome:
    return storage.questions.ask(team, user, text, "en", "C1", NOW)


def test_many_who_ask_the_same_at_once_are_one_question(asked: Storage) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: ask(asked, f"U{n}"), range(8)))
    assert sorted(outcomes) == [AskOutcome.COUNTED] * 7 + [AskOutcome.SENT]
    [question] = asked.questions.list_open(TEAM)
    assert question.times == 8
    assert len(asked.outbox.history(TEAM, QUESTIONS)) == 1


def test_one_decision_counts_and_one_message_goes_to_each_asker(asked: Storage) -> None:
    for user in ("U1", "U2", "U3"):
        ask(asked, user)
    [question] = asked.questions.list_open(TEAM)

    def decide(state: QuestionState) -> bool:
        return asked.questions.decide(TEAM, question.id, state, "U9", NOW, "rag")

    with ThreadPoolExecutor(4) as pool:
        states = [QuestionState.ANSWERED, QuestionState.DECLINED] * 2
        assert sorted(pool.map(decide, states)) == [False, False, False, True]
    posts = asked.outbox.history(TEAM, ASKERS)
    assert len(posts) == 3
    assert {post.channel_id for post in posts} == {HIDDEN}
    askers = [asked.questions.find_asker(TEAM, post.subject) for post in posts]
    assert sorted(asker.user_id for asker in askers if asker) == ["U1", "U2", "U3"]
    assert "U1" not in repr(askers), "not even by accident in a log"
    assert asked.questions.find_asker(OTHER, posts[0].subject) is None


def test_questions_are_their_workspaces_own(asked: Storage) -> None:
    asked.settings.change(OTHER, lambda now: replace(now, curators_channel="C1"), NOW)
    assert ask(asked, "U1") is AskOutcome.SENT
    assert ask(asked, "U1", team=OTHER) is AskOutcome.SENT
    [question] = asked.questions.list_open(TEAM)
    assert asked.questions.find(OTHER, question.id) is None
    assert not asked.questions.decide(OTHER, question.id, QuestionState.DECLINED, "U9", NOW)
    asked.workspaces.delete(TEAM)
    assert rows_with(asked, "'T1'") == {}
    assert asked.questions.count_open(OTHER) == 1
    with pytest.raises(WorkspaceGone):
        ask(asked, "U1")


def test_counts_add_up_by_day_and_entry(storage: Storage) -> None:
    from bot.insights.counting import Counts

    moments = [NOW, NOW - timedelta(days=6), NOW - timedelta(days=7)]
    for moment in moments:
        counts = Counts(storage.counts, lambda moment=moment: moment)
        for entry_id, times in (("rag", 2), ("moat", 1)):
            for _ in range(times):
                counts.add(Answered(TEAM, "answer", Outcome.ANSWERED, entry_id))
        counts.add(Answered(TEAM, "answer", Outcome.NOTHING))
        counts.add(Answered("T404", "answer", Outcome.NOTHING))
        counts.flush()
        counts.flush()
    week = (NOW - timedelta(days=6)).date()
    assert storage.counts.total(TEAM, week) == {"answered": 6, "nothing": 2}
    assert storage.counts.list_most(TEAM, ["answered"], week, 5) == [("rag", 4), ("moat", 2)]
    assert storage.counts.total(OTHER, date(2026, 1, 1)) == {}
    storage.counts.forget_before(NOW.date())
    assert storage.counts.total(TEAM, date(2026, 1, 1)) == {"answered": 3, "nothing": 1}


def test_counts_of_two_processes_at_once_are_all_kept(storage: Storage) -> None:
    key = (TEAM, NOW.date(), "answered", "rag")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: storage.counts.add_all({key: 1}), range(20)))
    assert storage.counts.total(TEAM, NOW.date()) == {"answered": 20}


def test_a_name_is_offered_at_the_second_time_and_never_again(storage: Storage) -> None:
    for name, entry_id in (("NSM", "rag"), ("NSM", "moat"), ("n.s.m", "rag"), ("nsm", "rag")):
        storage.names.hear(TEAM, name, entry_id, "C1", NOW)
    [offer] = storage.outbox.history(TEAM, NAMES)
    assert offer.data == {"entry_id": "rag", "name": "n.s.m"}


def test_settings_changed_by_two_at_once_are_all_kept(storage: Storage) -> None:
    def add(number: int) -> None:
        storage.settings.change(
            TEAM, lambda now: replace(now, curators=(*now.curators, f"U{number}")), NOW
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    assert len(storage.settings.get(TEAM).curators) == 8
    numbers, changed = storage.settings.list_changes({})
    assert set(changed) == {TEAM}
    assert storage.settings.list_changes(numbers) == (numbers, {})
    assert storage.settings.get(OTHER) == WorkspaceSettings()


def test_entries_that_are_due_for_review_are_listed_oldest_first(storage: Storage) -> None:
    for number, entry_id in enumerate(("team-late", "team-early")):
        when = NOW - timedelta(days=number)
        publish(storage.database, TEAM, entry_id, draft(entry_id), now=when)
    publish(storage.database, OTHER, "team-other", draft("other"), now=NOW)
    due = (NOW + timedelta(days=180)).date()
    found = [entry.entry_id for entry in storage.entries.list_due(TEAM, due, 5)]
    assert found == ["team-early", "team-late"]
    assert storage.entries.list_due(TEAM, NOW.date(), 5) == []

"""`stats` and the digest: counts alone, of no person."""

from __future__ import annotations

from typing import Any

from bot.checklists.models import Change, ChangeKind
from bot.playground.limits import find_problems
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.runs import RunWorld
from tests.support.team import ASKER, CURATORS, MEMBER, ask_team, fake_entries, set_up


def stats(world: RunWorld, user: str = ASKER, typed: str = "stats") -> str:
    world.bot.shared_state.run_once()
    world.type(typed, user=user)
    return str(world.slack.of("response_url")[-1]["text"])


def test_questions_are_counted_for_each_period(runs: RunWorld) -> None:
    assert "No figures yet" in stats(runs)
    for typed in ("RAG", "RAG", "微调", "how do we keep users", "zorblax", "zorblax frob"):
        runs.type(typed)
    for typed in ("help", "define", "chapter 4", "tip", "hello", "lang en", "tips"):
        runs.type(typed)
    runs.send(payloads.mention("RAG"))
    runs.send(payloads.direct_message("RAG"))
    runs.clock.advance(days=20)
    runs.type("RAG")
    rated = {"type": "button", "action_id": "helpful", "value": "en|rag"}
    runs.send(payloads.click(rated, user=MEMBER))
    said = stats(runs)
    assert "Last 7 days · Last 30 days · Last 90 days" in said
    assert "Questions: 1 · 9 · 9" in said
    assert "Answered: 1 (100%) · 6 (67%) · 6 (67%)" in said
    assert "Offered a choice: 0 · 1 · 1" in said
    assert "Not in the handbook: 0 · 2 · 2" in said
    assert "Found helpful: 100% · 100% · 100%" in said
    assert "Retrieval-augmented generation × 5 · Fine-tuning × 1" in said
    sent: dict[str, Any] = runs.slack.of("response_url")[-1]
    assert find_problems({"text": sent["text"], "blocks": sent["blocks"]}, "message") == []
    assert "zorblax" not in str(sent)
    assert not [user for user in ("U1", MEMBER) if user in str(sent)]
    assert stats(runs, MEMBER, "统计").startswith("本工作区统计")


def test_checklists_tips_and_open_questions_stand_beside_them(runs: RunWorld) -> None:
    fake_entries(runs)
    set_up(runs)
    ask_team(runs, "zorblax")
    runs.start()
    for item in runs.run.items:
        tick = Change(what=ChangeKind.TICKED, item=item.no)
        runs.bot.storage.runs.change(TEAM, runs.run.id, tick, ASKER, runs.clock.now())
    runs.start()
    runs.type("tips on wed 20:30 Asia/Shanghai")
    runs.later(hours=1)
    said = stats(runs)
    assert "Checklists finished: 1 · 1 · 1" in said
    assert "Open questions to the team: 1" in said
    assert "Checklists running: 1" in said
    assert "Tips delivered: 1 · 1 · 1" in said


def test_a_period_behind_it_is_no_question(runs: RunWorld) -> None:
    for typed, title in (("stats this month", "figures"), ("统计 近30天", "统计")):
        runs.type(typed)
        assert title in str(runs.slack.of("response_url")[-1])


def test_guests_and_strangers_see_none(runs: RunWorld) -> None:
    runs.slack.change_user("U1", is_guest=True)
    runs.slack.change_user("U3", is_partner=True)
    for user in ("U1", "U3"):
        assert stats(runs, user).startswith("Only members of this workspace")
    assert "stats" not in stats(runs, typed="stats on churn")


def test_the_digest_comes_on_monday_morning_and_names_nobody(runs: RunWorld) -> None:
    """The clock stands at a Wednesday; U9 is in Shanghai."""
    fake_entries(runs)
    set_up(runs, set_digest="weekly")
    ask_team(runs, "what is a zorblax frobnitz", MEMBER)
    for typed in ("RAG", "RAG", "微调"):
        runs.type(typed)
    for user in ("U1", "U2"):
        rated = {"type": "button", "action_id": "not_helpful", "value": "en|rag"}
        runs.send(payloads.click(rated, user=user))
        view = runs.slack.of("views.open")[-1]["view"]
        runs.submit(view, user=user, reason="thin", remark="my secret remark")
    runs.bot.shared_state.run_once()
    before = len(runs.slack.of("chat.postMessage"))
    runs.later(days=4, hours=13, minutes=29)  # 9:29 on Monday
    assert len(runs.slack.of("chat.postMessage")) == before
    runs.later(minutes=1)
    runs.later(seconds=1)
    digest = runs.slack.of("chat.postMessage")[-1]
    assert digest["channel"] == CURATORS
    assert find_problems({"text": digest["text"], "blocks": digest["blocks"]}, "message") == []
    for expected in (
        "The last 7 days", "4 questions, 75% answered at once", "zorblax frobnitz × 1",
        "It is too general to use × 2", "Asked most: Retrieval-augmented generation × 2",
    ):  # fmt: skip
        assert expected in digest["text"], digest["text"]
    assert not [user for user in ("U1", "U2", MEMBER, "secret") if user in str(digest["blocks"])]
    runs.later(days=1)
    assert len(runs.slack.of("chat.postMessage")) == before + 1, "told once"
    runs.later(days=6)
    assert len(runs.slack.of("chat.postMessage")) == before + 2
    set_up(runs, set_digest="off")
    runs.later(days=14)
    assert len(runs.slack.of("chat.postMessage")) == before + 2
    assert runs.bot.storage.digests.next_moment() is None


def test_of_two_processes_one_sends_the_digest(runs: RunWorld) -> None:
    set_up(runs, set_digest="weekly")
    runs.clock.advance(days=5)
    digests = runs.bot.storage.digests
    assert digests.enqueue_due(runs.clock.now())
    assert not digests.enqueue_due(runs.clock.now())
    assert len(runs.bot.storage.outbox.history(TEAM, "digests")) == 1

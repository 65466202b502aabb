"""A miss is the beginning: a question to the team without a name, its answer, and who hears it."""

from __future__ import annotations

import logging

import pytest

from bot.playground.limits import find_problems
from bot.slack.people import Standing
from tests.support import payloads
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import ADMIN, RunWorld
from tests.support.team import (
    ASKER,
    CURATOR,
    CURATORS,
    MEMBER,
    FakeEntries,
    ask_form,
    ask_team,
    curators_message,
    fake_entries,
    press,
    rows_with,
    set_up,
)

QUESTION = "what is a zorblax frobnitz"


@pytest.fixture
def entries(runs: RunWorld) -> FakeEntries:
    """The workspace is set up, and can have entries of its own."""
    found = fake_entries(runs)
    set_up(runs)
    return found


def pick(world: RunWorld, name: str, entry_id: str) -> None:
    """The curator says which entry it is, by its name."""
    press(world, "question_pick")
    view = world.slack.of("views.open")[-1]["view"]
    found = world.submit(view, user=CURATOR, **{"question_name:0": name}).json()["view"]
    assert find_problems(found, "modal") == []
    assert world.submit(found, user=CURATOR, **{"question_entry:1": entry_id}).body == ""


def test_the_asker_gets_the_answer_and_nobody_learns_who_asked(
    runs: RunWorld, entries: FakeEntries, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    form = ask_form(runs, QUESTION)
    assert "technically see it" in form["blocks"][2]["text"]["text"]
    assert rows_with(runs.bot.storage, "zorblax") == {}, "what is merely typed is not kept"
    said = runs.submit(form).json()["view"]["blocks"][0]["text"]["text"]
    assert said.startswith("Sent to the curators")
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {"askers": 1}
    message = curators_message(runs)
    assert QUESTION in str(message)
    assert ASKER not in str(message)

    pick(runs, "RAG", "rag")
    assert entries.wordings == [(QUESTION, "rag")]
    assert runs.direct(ASKER) == [], "first every process has to find it"
    runs.later(seconds=3)
    [told] = runs.direct(ASKER)
    assert QUESTION in told["text"]
    assert buttons(told["blocks"], "open")[0]["value"] == "en|rag"
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {}, "not in the outbox either"
    assert "Answered with" in runs.slack.of("chat.update")[-1]["text"]
    assert f"<@{CURATOR}>" in runs.slack.of("chat.update")[-1]["text"]
    about = [r.getMessage() for r in caplog.records if r.name.startswith("bot")]
    assert not [line for line in about if ASKER in line or "zorblax" in line]
    assert any("answer to an asker sent" in line and "hidden" in line for line in about)
    runs.later(days=1)
    assert len(runs.direct(ASKER)) == 1


def test_the_same_question_counts_up_and_everybody_is_told(
    runs: RunWorld, entries: FakeEntries
) -> None:
    ask_team(runs, QUESTION)
    assert ask_team(runs, f"{QUESTION}??").startswith("You asked this already")
    assert ask_team(runs, "What is a zorblax-frobnitz?", MEMBER).startswith("Somebody asked")
    assert len([m for m in runs.slack.of("chat.postMessage") if m["channel"] == CURATORS]) == 1
    assert "2 people ask" in runs.slack.of("chat.update")[-1]["text"]
    press(runs, "question_answer")
    [(text, question_id)] = entries.forms
    assert text == QUESTION
    runs.bot.team.insights.on_published(TEAM, "rag", question_id, CURATOR)
    runs.bot.team.insights.on_published(TEAM, "rag", question_id, CURATOR)
    runs.later(seconds=3)
    assert [len(runs.direct(user)) for user in (ASKER, MEMBER, CURATOR)] == [1, 1, 0]
    assert rows_with(runs.bot.storage, f"'{MEMBER}'") == {}
    press(runs, "question_answer")
    assert runs.told_anyhow() == "This question has been dealt with already."


def test_not_for_us_is_told_and_not_sent_again(runs: RunWorld, entries: FakeEntries) -> None:
    ask_team(runs, QUESTION)
    press(runs, "question_decline", MEMBER)
    assert runs.told_anyhow().startswith("Only curators")
    press(runs, "question_decline", ADMIN)
    runs.later(seconds=3)
    [told] = runs.direct(ASKER)
    assert "not for the handbook" in told["text"]
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {}
    assert "Not for us" in runs.slack.of("chat.update")[-1]["text"]
    again = runs.submit(ask_form(runs, QUESTION, MEMBER), user=MEMBER).json()
    assert "lately" in again["errors"]["ask_team_text"]


def test_after_thirty_days_it_ends_and_who_asked_is_forgotten(
    runs: RunWorld, entries: FakeEntries
) -> None:
    ask_team(runs, QUESTION)
    runs.clock.advance(days=29)
    runs.bot.shared_state.run_once()
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {"askers": 1}
    runs.later(days=1, minutes=1)
    runs.bot.shared_state.run_once()
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {}
    runs.later(seconds=1)
    assert "Ended after 30 days" in runs.slack.of("chat.update")[-1]["text"]
    assert runs.direct(ASKER) == []
    runs.clock.advance(days=91)
    runs.bot.shared_state.run_once()
    runs.later(minutes=11)
    runs.bot.shared_state.run_once()
    assert runs.bot.storage.questions.list_open(TEAM) == []
    assert "questions" not in rows_with(runs.bot.storage, "zorblax")


def test_floods_are_held_back(
    runs: RunWorld, entries: FakeEntries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.insights.repository.questions.MAX_A_DAY", 4)
    words = ("alphq", "betq", "gammq", "deltq")
    for word in words[:3]:
        assert ask_team(runs, f"zorblax {word}").startswith("Sent")
    assert ask_team(runs, f"zorblax {words[3]}").startswith("Three of your questions")
    assert ask_team(runs, f"zorblax {words[3]}", CURATOR).startswith("Sent")
    assert ask_team(runs, "zorblax epsilq", MEMBER).startswith("The team has been asked a lot")
    runs.clock.advance(days=1, minutes=1)
    assert ask_team(runs, "zorblax epsilq", MEMBER).startswith("Sent")
    empty = runs.submit(ask_form(runs, "zorblax zetq", CURATOR), user=CURATOR, ask_team_text="?!")
    assert empty.json()["errors"] == {"ask_team_text": "Write your question."}


def test_who_may_ask(runs: RunWorld, entries: FakeEntries) -> None:
    """Nobody waits for Slack to say who they are; the press asks."""
    form = ask_form(runs, QUESTION)
    runs.slack.change_user("U1", is_guest=True)
    runs.slack.change_user("U3", is_partner=True)
    runs.bot.edge.people.forget_team(TEAM)
    answer = runs.type("zorblax", user=MEMBER).json()
    [button] = buttons(answer["blocks"], "ask_team")
    runs.send(payloads.click(button, user=MEMBER))
    assert runs.told_anyhow() == "Only members of this workspace can ask the team."
    assert runs.bot.edge.people.of(TEAM, MEMBER) is Standing.STRANGER
    assert buttons(runs.type("zorblax", user=MEMBER).json()["blocks"], "ask_team") == []
    refused = runs.submit(form).json()["errors"]["ask_team_text"]
    assert refused == "Only members of this workspace can ask the team."


def test_it_is_offered_wherever_somebody_asks(runs: RunWorld, entries: FakeEntries) -> None:
    runs.send(payloads.direct_message("zorblax"))
    assert buttons(runs.slack.of("chat.postMessage")[-1]["blocks"], "ask_team")
    runs.send(payloads.mention("zorblax"))
    assert buttons(runs.slack.of("chat.postEphemeral")[-1]["blocks"], "ask_team")
    suggestions = runs.type("how do we keep users").json()["blocks"]
    assert buttons(suggestions, "open")
    assert len(buttons(suggestions, "ask_team")) == 1
    assert buttons(runs.type("RAG").json()["blocks"], "ask_team") == []
    assert buttons(runs.type("hello").json()["blocks"], "ask_team") == []
    set_up(runs, set_questions=[])
    assert buttons(runs.type("zorblax").json()["blocks"], "ask_team") == []
    set_up(runs, set_questions=["yes"], set_channel=None)
    assert buttons(runs.type("zorblax").json()["blocks"], "ask_team") == []


def test_open_questions_follow_the_curators_to_another_channel(
    runs: RunWorld, entries: FakeEntries
) -> None:
    ask_team(runs, QUESTION)
    runs.send(payloads.event("channel_archive", channel=CURATORS, user=ADMIN))
    assert runs.bot.team.settings.get(TEAM).curators_channel == ""
    set_up(runs, set_channel="C1")
    runs.later(seconds=1)
    moved = runs.slack.of("chat.postMessage")[-1]
    assert (moved["channel"], QUESTION in str(moved)) == ("C1", True)


def test_what_stays_unconfirmed_is_looked_up_where_it_went(
    runs: RunWorld, entries: FakeEntries
) -> None:
    """The outbox does not know to whom an answer goes, and asks again."""
    ask_team(runs, QUESTION)
    runs.slack.fail_next("chat.postMessage", "internal_error", status=500)
    press(runs, "question_decline")
    runs.later(seconds=3)
    runs.later(minutes=4)
    looked = [c for c in runs.slack.of("conversations.history") if c["channel"] == f"D{ASKER}"]
    assert looked
    runs.later(minutes=4)
    assert rows_with(runs.bot.storage, f"'{ASKER}'") == {}


def test_a_name_that_two_questions_use_is_offered_once(
    runs: RunWorld, entries: FakeEntries
) -> None:
    for typed in ("what is zorblax?", "zorblax 是什么意思", "define zorblax, please explain"):
        ask_team(runs, typed)
        pick(runs, "RAG", "rag")
        runs.later(seconds=3)
    offers = [m for m in runs.slack.of("chat.postMessage") if "Make it one of" in m["text"]]
    assert len(offers) == 1
    assert "“zorblax”" in offers[0]["text"]
    [button] = buttons(offers[0]["blocks"], "name_add")
    runs.send(payloads.click(button, user=MEMBER, channel=CURATORS, ephemeral=False))
    assert entries.aliases == []
    assert runs.told_anyhow().startswith("Only curators")
    runs.send(payloads.click(button, user=CURATOR, channel=CURATORS, ephemeral=False))
    assert entries.aliases == [("rag", "zorblax", CURATOR)]
    assert runs.slack.of("response_url")[-1]["replace_original"] is True


def test_an_answer_that_is_written_is_found_by_the_words_of_the_question(runs: RunWorld) -> None:
    """With the team's own entries, from the miss to the next one who asks."""
    set_up(runs)
    ask_team(runs, QUESTION)
    press(runs, "question_answer", MEMBER)
    assert runs.told_anyhow().startswith("Only curators")
    press(runs, "question_answer")
    form = runs.slack.of("views.open")[-1]["view"]
    assert QUESTION in str(form)
    assert "initial_value': 'zorblax frobnitz'" in str(form)
    answer = {"title_en": "North Star", "short_en": "The one number we look at."}
    response = runs.submit(form, user=CURATOR, **answer)
    assert "errors" not in response.body
    runs.bot.team.libraries.refresh()
    runs.later(seconds=3)
    [told] = runs.direct(ASKER)
    assert "*North Star*" in told["text"]
    assert "one number" in told["text"]
    runs.send(payloads.click(buttons(told["blocks"], "open")[0], channel=f"D{ASKER}"))
    assert "North Star" in str(runs.slack.calls[-1].params)
    assert "Answered with *North Star*" in runs.slack.of("chat.update")[-1]["text"]
    found = runs.type(QUESTION, user=MEMBER).json()
    assert found["blocks"][0]["text"]["text"] == "North Star"
    people = rows_with(runs.bot.storage, f"'{ASKER}'")
    assert "askers" not in people
    assert "outbox" not in people


def test_a_member_proposes_the_answer_and_a_curator_publishes_it(runs: RunWorld) -> None:
    """Publishing a proposal tells whoever asked, too."""
    set_up(runs, set_curators=[CURATOR, MEMBER])
    ask_team(runs, QUESTION)
    press(runs, "question_answer", MEMBER)
    form = runs.slack.of("views.open")[-1]["view"]
    set_up(runs)  # no curator any more
    runs.submit(form, user=MEMBER, title_en="North Star", short_en="The one number we look at.")
    runs.later(seconds=1)
    assert runs.direct(ASKER) == []
    proposal = curators_message(runs)
    publish = next(
        element
        for block in proposal["blocks"]
        for element in block.get("elements", ())
        if element.get("text", {}).get("text") == "Publish"
    )
    runs.send(payloads.click(publish, user=CURATOR, channel=CURATORS, ephemeral=False))
    runs.bot.team.libraries.refresh()
    runs.later(seconds=3)
    assert "*North Star*" in runs.direct(ASKER)[-1]["text"]

"""Ask, decide and send in child processes (drivers.py) that are killed on the way.

Each child asks or decides, writes so to a file as the ack would tell the person, and does what is
due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.insights.figures import FiguresQuery, Sources
from bot.insights.models import AskOutcome, QuestionState
from bot.outbox.sender import SlackSender
from bot.sending import build_worker, team_questions
from tests.kill.killer import Killer, open_watched
from tests.support.local_slack import TEAM, TOKEN
from tests.support.team import CURATOR, CURATORS


def ask_and_decide(order: dict[str, Any], killer: Killer) -> None:
    storage = open_watched(order["url"], killer)
    now = datetime.fromisoformat(order["now"])
    services: Any = SimpleNamespace(
        questions=storage.questions,
        find_library=lambda team_id: SimpleNamespace(handbook=SimpleNamespace(entries={})),
        lang_of=lambda team_id: "en",
        open_answer=None,
        settings=storage.settings,
        figures=FiguresQuery(storage.counts, storage.questions, Sources()),
    )
    outbox = killer.around(storage.outbox, "claim", "settle", "expire")
    sender = SlackSender(lambda team_id: TOKEN, order["api_url"])
    worker = build_worker(
        replace(storage, outbox=outbox),
        team_questions(services, storage),
        killer.around(sender, "post", "update", "find"),
        lambda: now,
        threads=0,
    )
    questions = killer.around(storage.questions, "ask", "decide")
    if user := order["ask"]:
        text = order["text"]
        outcome = questions.ask(TEAM, user, text, "en", CURATORS, now)
        if outcome in (AskOutcome.SENT, AskOutcome.COUNTED):
            _acknowledge(order, f"asked {user} {text}")
    for question in storage.questions.list_open(TEAM) if order["decide"] else ():
        if questions.decide(TEAM, question.id, QuestionState.DECLINED, CURATOR, now):
            _acknowledge(order, f"decided {question.text}")
    worker.catch_up()
    storage.close()


def _acknowledge(order: dict[str, Any], line: str) -> None:
    with Path(order["acks"]).open("a") as acks:
        acks.write(f"{line}\n")

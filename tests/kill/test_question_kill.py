"""The process killed (SIGKILL) at each step of a question to the team, on both databases: what was
acknowledged is kept, whoever asked is told once, no digest comes twice, and at last nothing says
who asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.admin.models import Digest
from bot.insights.models import QuestionState
from bot.outbox.models import LEASE
from bot.playground.records import User
from bot.storage import Storage
from tests.kill.conftest import Tell
from tests.kill.flaky_api import FlakyApi
from tests.support.local_slack import TEAM
from tests.support.runs import NOW
from tests.support.team import CURATORS, rows_with

STEPS = (
    "ask after", "decide after", "commit", "claim after", "post after", "settle before",
    "update after",
)  # fmt: skip


@pytest.fixture
def slack() -> Iterator[FlakyApi]:
    slack = FlakyApi()
    for number in range(len(STEPS)):
        slack.workspace.add_user(User(f"UA{number}", "someone", "", "en-US", "Etc/UTC"))
    yield slack
    slack.close()


def test_killed_at_each_step_each_asker_is_told_once(
    database_url: str, storage: Storage, slack: FlakyApi, driver: Tell, tmp_path: Path
) -> None:  # fmt: skip
    chosen = {"curators_channel": CURATORS, "digest": Digest.WEEKLY}
    storage.settings.change(TEAM, lambda now: replace(now, **chosen), NOW)
    acks = tmp_path / "acks"
    acks.touch()
    now = NOW
    killed: Counter[str] = Counter()

    def tell(**order: Any) -> bool:
        """True if the child was killed."""
        slack.now = now
        peace: dict[str, Any] = {
            "work": "questions",
            "step": "",
            "nth": 1,
            "ask": "",
            "text": "",
            "decide": False,
        }
        whole = peace | {"url": database_url, "api_url": slack.api_url, "acks": str(acks)} | order
        return driver(**whole | {"now": now.isoformat()})

    assert not tell(ask="UA0", text="what is quuxly")  # in peace at first
    assert not tell(decide=True)
    for number, step in enumerate(STEPS):
        user, text = f"UA{number}", f"what is zorblax {number}"
        killed[step] += tell(step=step, ask=user, text=text)
        now += LEASE + timedelta(seconds=30)
        killed[step] += tell(step=step, decide=True)
        now += timedelta(days=1)
    for _ in range(3):
        assert not tell(decide=True)
        now += LEASE + timedelta(seconds=30)
    assert all(killed[step] for step in STEPS), killed

    lines = [line.split(" ", 2) for line in acks.read_text().splitlines()]
    asked = {(user, text) for what, user, text in lines if what == "asked"}
    told = Counter(
        (m["channel"].removeprefix("D"), text)
        for m in slack.messages
        if m["channel"].startswith("D")
        for text in [m["text"].splitlines()[1]]
    )
    assert asked <= set(told), "what was acknowledged is kept, and told"
    assert max(told.values()) == 1
    shown = Counter(m["text"] for m in slack.messages if m["channel"] == CURATORS)
    assert max(shown.values()) == 1, "neither a question nor a digest comes twice"
    digests = [text for text in shown if text.startswith("The last 7 days")]
    assert digests
    assert storage.questions.list_open(TEAM) == []
    with storage.database.read() as connection:
        states = set(connection.exec_driver_sql("SELECT DISTINCT state FROM questions").scalars())
    assert states == {QuestionState.DECLINED}
    assert rows_with(storage, "'UA") == {}

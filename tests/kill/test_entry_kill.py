"""The process killed (SIGKILL) while people propose and curators decide, on both databases: what
was acknowledged is kept, and everybody is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.entries.models import ProposalState
from bot.entries.posts import FEATURE, PostKind, kind_of
from bot.outbox.models import LEASE, Kind, State
from bot.playground.records import User
from bot.storage import Storage
from tests.kill.conftest import Tell
from tests.kill.flaky_api import FlakyApi
from tests.support.local_slack import TEAM
from tests.support.runs import NOW

STEPS = (
    "commit", "add before", "add after", "publish before", "publish after", "decline after",
    "claim after", "post before", "post after", "settle before", "settle after", "update before",
    "update after",
)  # fmt: skip


@pytest.fixture
def slack() -> Iterator[FlakyApi]:
    slack = FlakyApi(readable=True)
    for turn in range(len(STEPS)):
        slack.workspace.add_user(User(f"U{turn:03}", "someone", "", "en-US", "Etc/UTC"))
    yield slack
    slack.close()


def test_killed_at_each_step_what_was_acknowledged_is_kept_and_told_once(
    database_url: str, storage: Storage, slack: FlakyApi, driver: Tell, tmp_path: Path
) -> None:  # fmt: skip
    acks = tmp_path / "acks"
    acks.touch()
    order = {"work": "entries", "url": database_url, "api_url": slack.api_url, "acks": str(acks)}
    nothing = {"step": "", "nth": 0, "propose": "", "proposer": "", "publish": "", "decline": ""}
    now, killed = NOW, Counter[str]()

    def tell(**what: Any) -> bool:
        nonlocal now
        slack.now = now
        killed = driver(**order | nothing | {"now": now.isoformat()} | what)
        now += LEASE + timedelta(seconds=30)
        return killed

    for number, what in enumerate(("publish", "decline")):  # in peace at first
        assert not tell(propose=f"q{number}", proposer=f"U{number:03}")
        assert not tell(**{what: f"q{number}"})
    for turn, step in enumerate(STEPS):
        what = "decline" if step.startswith("decline") or turn % 4 == 1 else "publish"
        killed[step] += tell(propose=f"p{turn}", proposer=f"U{turn:03}", step=step, nth=1)
        killed[step] += tell(**{what: f"p{turn}"}, step=step, nth=1)
    for _ in range(3):
        assert not tell()
    assert all(killed[step] for step in STEPS), killed

    for said, proposal_id in (line.split() for line in acks.read_text().splitlines()):
        found = storage.proposals.find(TEAM, proposal_id)
        assert found is not None, "what was acknowledged is on record"
        if said == "published":
            assert found.state is ProposalState.PUBLISHED
            assert storage.entries.find(TEAM, found.entry_id) is not None
        elif said == "declined":
            assert found.state is ProposalState.DECLINED
    posted = Counter(m["metadata"]["event_payload"]["delivery_id"]
                     for m in slack.of("chat.postMessage"))  # fmt: skip
    assert max(posted.values()) == 1, "nobody is told twice"
    found_messages = storage.outbox.history(TEAM, FEATURE, limit=1000)
    posts = [message for message in found_messages if message.kind is Kind.POST]
    assert {post.state for post in posts} <= {State.SENT, State.MISSED}
    told = [post for post in posts if kind_of(post) is PostKind.TOLD]
    assert all(posted[post.id] == 1 for post in told)
    assert len(told) > len(STEPS) / 2
    shown = slack.of("chat.update")
    assert any("Published by" in str(update["blocks"]) for update in shown)

"""Propose and decide in child processes (drivers.py) that are killed on the way.

Each child stores what a form or a button asks for, writes its id to a file as the ack would tell
the person, and sends what it has to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.entries.models import Draft, Proposal, Refusal
from bot.handbook.models import Handbook
from bot.i18n import Text
from bot.outbox.sender import SlackSender
from bot.sending import build_worker, team_entries
from tests.kill.killer import Killer, open_watched
from tests.support.local_slack import TEAM, TOKEN


def decide(order: dict[str, Any], killer: Killer) -> None:
    """Propose to the channel C1, publish, or decline; each by the id of a proposal, "" for none."""
    storage = open_watched(order["url"], killer)
    now = datetime.fromisoformat(order["now"])
    clientele = team_entries(
        storage, lambda: Handbook({}), lambda team: ["C1"], lambda *who: "en", lambda team: "en"
    )
    worker = build_worker(
        replace(storage, outbox=killer.around(storage.outbox, "claim", "settle")),
        clientele,
        killer.around(SlackSender(lambda team_id: TOKEN, order["api_url"]), "post", "update"),
        lambda: now,
        threads=0,
    )
    proposals = killer.around(storage.proposals, "add", "publish", "decline")
    if order["propose"]:
        draft = Draft(title=Text(en=order["propose"]), short=Text(en="x"))
        made = Proposal(
            id=order["propose"], team_id=TEAM, draft=draft, proposer=order["proposer"],
            proposed_at=now,
        )  # fmt: skip
        proposals.add(made, ["C1"], now)
        _acknowledge(order, f"proposed {made.id}")
    if order["publish"]:
        made = proposals.publish(TEAM, order["publish"], "U2", now)
        if not isinstance(made, Refusal):
            _acknowledge(order, f"published {order['publish']}")
    if order["decline"]:
        made = proposals.decline(TEAM, order["decline"], "U2", "no", now)
        if not isinstance(made, Refusal):
            _acknowledge(order, f"declined {order['decline']}")
    worker.catch_up()
    storage.close()


def _acknowledge(order: dict[str, Any], said: str) -> None:
    with Path(order["acks"]).open("a") as acks:
        acks.write(f"{said}\n")

"""A workspace that has chosen its curators, and what stands in its database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.database.tables import metadata
from bot.playground.limits import find_problems
from bot.slack.request import Request
from bot.storage import Storage
from tests.support import payloads
from tests.support.payloads import buttons
from tests.support.runs import ADMIN, RunWorld

ASKER, CURATOR, MEMBER = "U1", "U2", "U3"
CURATORS = "C2"  # their channel


@dataclass
class FakeEntries:
    """The team's own entries, as questions need them."""

    forms: list[tuple[str, str]] = field(default_factory=list)
    wordings: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[tuple[str, str, str]] = field(default_factory=list)

    def open_answer(self, request: Request, text: str, question_id: str, name: str) -> None:
        self.forms.append((text, question_id))

    def add_wording(self, team_id: str, text: str, entry_id: str, now: datetime) -> None:
        self.wordings.append((text, entry_id))

    def add_alias(self, team_id: str, entry_id: str, name: str, by: str, now: datetime) -> None:
        self.aliases.append((entry_id, name, by))


def fake_entries(world: RunWorld) -> FakeEntries:
    fake = FakeEntries()
    for name in ("open_answer", "add_wording", "add_alias"):
        object.__setattr__(world.bot.team.insights, name, getattr(fake, name))
    return fake


def open_settings(world: RunWorld, user: str = ADMIN) -> dict[str, Any]:
    world.type("settings", user=user)
    view: dict[str, Any] = world.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    return view


def set_up(world: RunWorld, **values: Any) -> None:
    """An admin chooses U2 as the curator and C2 as the curators' channel."""
    chosen = {"set_curators": [CURATOR], "set_channel": CURATORS} | values
    assert world.submit(open_settings(world), user=ADMIN, **chosen).body == ""


def ask_form(world: RunWorld, typed: str, user: str = ASKER) -> dict[str, Any]:
    """The form that the button under a miss opens."""
    reply = world.type(typed, user=user).json()
    [button] = buttons(reply["blocks"], "ask_team")
    world.send(payloads.click(button, user=user))
    view: dict[str, Any] = world.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    return view


def ask_team(world: RunWorld, typed: str, user: str = ASKER, **values: Any) -> str:
    """Ask by a miss; what the form says then."""
    answer = world.submit(ask_form(world, typed, user), user=user, **values).json()
    world.later(seconds=1)
    view = answer["view"]
    assert find_problems(view, "modal") == []
    return str(view["blocks"][0]["text"]["text"])


def curators_message(world: RunWorld, nth: int = -1) -> dict[str, Any]:
    """A message of the curators' channel, as it was posted."""
    posts = [m for m in world.slack.of("chat.postMessage") if m["channel"] == CURATORS]
    found = posts[nth]
    assert find_problems({"text": found["text"], "blocks": found["blocks"]}, "message") == []
    return found


def press(world: RunWorld, action_id: str, user: str = CURATOR, nth: int = -1) -> None:
    """A button of a curators' message."""
    [button] = buttons(curators_message(world, nth)["blocks"], action_id)
    world.send(payloads.click(button, user=user, channel=CURATORS, ephemeral=False))


def rows_with(storage: Storage, text: str) -> dict[str, int]:
    """How many rows of each table hold `text`, in whatever column."""
    found = {}
    with storage.database.read() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table)).all()
            if count := sum(text in repr(tuple(row)) for row in rows):
                found[table.name] = count
    return found

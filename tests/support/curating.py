"""A workspace whose members propose entries and whose curators publish them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.admin.models import WorkspaceSettings
from bot.entries.models import EntryState, TeamEntry
from bot.playground.limits import find_problems
from bot.search.library import Library
from tests.support import payloads
from tests.support.local_slack import TEAM, LocalSlack
from tests.support.payloads import Response, buttons
from tests.support.runs import NOW, RunWorld, build_slack, run_world, submission
from tests.support.tips import FakeClock

MEMBER, CURATOR, SECOND, GUEST, STRANGER = "U1", "U2", "U7", "U5", "U6"
DESK = "CDESK"  # the curators' channel
SLA = {
    "title_en": "Frobnication SLA",
    "short_en": "We answer within 4 hours.",
    "aliases": "FSLA; froblimit",
}


class Team:
    """People of a workspace with curators, and what each of them sees."""

    def __init__(self, world: RunWorld) -> None:
        self.world = world
        self.slack: LocalSlack = world.slack
        self.bot = world.bot

    def send(self, payload: dict[str, Any]) -> Response:
        response = self.world.send(payload)
        self.world.later(seconds=1)  # no two messages in one moment
        assert response.status == 200, response.body
        return response

    def type(self, text: str, user: str) -> dict[str, Any]:
        """The form that it opens."""
        before = len(self.views())
        self.world.type(text, user=user)
        return self.opened(before)

    def press(self, element: dict[str, Any], user: str, *, ts: str = "17.1",
              channel: str = DESK) -> Response:  # fmt: skip
        where = {"channel": channel, "message_ts": ts, "ephemeral": False}
        return self.send(payloads.click(element, user=user, **where))

    def press_in(self, view: dict[str, Any], action_id: str, user: str, nth: int = 0) -> Response:
        """The `nth` button of that id in a modal."""
        element = buttons(view["blocks"], action_id)[nth]
        payload = payloads.click_in_view(element, view_type="modal", user=user)
        return self.send(payload | {"view": payload["view"] | view})

    def submit(self, view: dict[str, Any], user: str, **values: Any) -> dict[str, Any]:
        """The body of the ack; a view in it is valid."""
        response = self.send(submission(view, user=user, **values))
        body = response.json() if response.body else {}
        if "view" in body:
            assert find_problems(body["view"], "modal") == []
        return body

    def views(self) -> list[dict[str, Any]]:
        found = [c for c in self.slack.calls if c.method.startswith("views.")]
        return [call.params["view"] for call in found]

    def opened(self, before: int) -> dict[str, Any]:
        assert len(self.views()) > before
        view = self.views()[-1]  # Slack's limits hold, or the local Slack had refused it
        open_now = [v for stack in self.slack.workspace.modals.values() for v in stack]
        view["id"] = next(v["id"] for v in open_now[::-1] if v["blocks"] == view["blocks"])
        return view

    def desk(self) -> dict[str, Any]:
        """What the curators' channel was sent last, as it stands now."""
        posted = [
            m
            for m in self.slack.workspace.messages
            if m["channel"] == DESK and not m.get("only_for")
        ]
        message: dict[str, Any] = posted[-1]
        return message

    def told(self, user: str) -> list[str]:
        return [message["text"] for message in self.world.direct(user)]

    def alone(self) -> str:
        """What was said last to one person, in a note or a modal."""
        ways = ("response_url", "chat.postEphemeral", "views.")
        return str([c.params for c in self.slack.calls if c.method.startswith(ways)][-1])

    @property
    def entry(self) -> TeamEntry:
        """The one that changed last."""
        found = [
            *self.bot.storage.entries.list_recent(TEAM, EntryState.PUBLISHED, 1),
            *self.bot.storage.entries.list_recent(TEAM, EntryState.RETIRED, 1),
        ]
        return found[0]

    def settle(self, **changes: Any) -> None:
        def edit(before: WorkspaceSettings) -> WorkspaceSettings:
            return replace(before, **changes)

        self.bot.team.settings.change(TEAM, edit)


@contextmanager
def curated_team(library: Library, url: str) -> Iterator[Team]:
    clock = FakeClock(NOW)
    slack = build_slack(clock, people=(SECOND, GUEST, STRANGER))
    slack.add_channel(DESK, is_private=True)
    slack.add_channel("CSECRET", is_private=True)
    slack.change_user(GUEST, is_guest=True)
    slack.change_user(STRANGER, is_partner=True)
    with run_world(library, url, clock, slack) as world:
        team = Team(world)
        team.settle(curators=(CURATOR, SECOND), curators_channel=DESK)
        yield team
    slack.close()

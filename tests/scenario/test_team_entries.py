"""A workspace's own entries, as its people meet them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.entries.models import Draft
from bot.handbook.models import Kind
from bot.i18n import Text
from bot.playground.limits import find_problems
from bot.slack.action_ids import Target
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.entries import draft, publish
from tests.support.local_slack import CHANNEL, NOW, TEAM
from tests.support.payloads import buttons
from tests.support.runs import submission

ZEUS = draft("Zeus gateway", "宙斯网关", short="The proxy that all our model calls go through.")


def add(world: World, entry_id: str, what: Draft, based_on: int = 0) -> None:
    publish(world.bot.storage.database, TEAM, entry_id, what, based_on=based_on)
    world.bot.team.libraries.refresh()


def meet(world: World, *users: str) -> None:
    """Let the bot learn who they are, as their first question does."""
    for user in users:
        world.ask("help", user=user)


def said(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


def message_of(answer: dict[str, Any]) -> dict[str, Any]:
    """An ack's body without what says who sees it."""
    return {key: value for key, value in answer.items() if key != "response_type"}


def test_a_published_entry_answers_its_members(world: World) -> None:
    meet(world, "U2")
    add(world, "team-zeus", ZEUS)
    meet(world, "U2")  # the channel is looked up once
    calls = len(world.slack.calls)
    answer = world.ask("zeus gatway", user="U2")
    assert "all our model calls" in said(answer)
    assert "Your team's entry" in said(answer)
    assert "<@UCURATOR1>" in said(answer)
    assert len(world.slack.calls) == calls  # a plain answer makes no call
    assert find_problems(message_of(answer), "message") == []
    listed = world.ask("define", user="U2")
    assert said(listed).index("Your team's entries") < said(listed).index("Zeus gateway")
    world.click(buttons(listed["blocks"], "list_page")[0], user="U2")
    second = world.slack.of("response_url")[-1]
    assert "Zeus gateway" not in said(second)
    world.click(buttons(second["blocks"], "list_page")[0], user="U2")
    assert said(world.slack.of("response_url")[-1]) == said(listed)


def test_the_first_question_of_somebody_unknown_is_answered_twice(world: World) -> None:
    add(world, "team-zeus", ZEUS)
    first = world.ask("zeus gateway", user="U2")
    assert "not in the handbook" in said(first)
    [later] = world.slack.of("response_url")
    assert "all our model calls" in said(later)
    assert "all our model calls" in said(world.ask("zeus gateway", user="U2"))


@pytest.mark.parametrize("who", ["is_guest", "is_partner"])
def test_guests_and_strangers_have_the_handbook_alone(world: World, who: str) -> None:
    world.slack.change_user("U2", **{who: True})
    add(world, "team-zeus", ZEUS)
    meet(world, "U1", "U2")
    assert "not in the handbook" in said(world.ask("zeus gateway", user="U2"))
    assert "all our model calls" in said(world.ask("zeus gateway", user="U1"))
    if who == "is_guest":
        settings = world.bot.storage.settings
        settings.change(TEAM, lambda old: replace(old, guests=True), NOW)
        world.bot.shared_state.run_once()
        assert "all our model calls" in said(world.ask("zeus gateway", user="U2"))


def test_in_channels_shared_with_others_the_handbook_alone_answers(world: World) -> None:
    add(world, "team-zeus", ZEUS)
    meet(world, "U1")
    answer = world.ask("zeus gateway", user="U1")
    world.slack.workspace.channels[CHANNEL].is_ext_shared = True
    share = buttons(answer["blocks"], "share")[0]
    world.click(share, user="U1")
    refused = world.slack.of("response_url")[-1]
    assert "shared with other companies" in said(refused)
    assert refused.get("response_type") != "in_channel"
    assert "not in the handbook" in said(world.ask("zeus gateway", user="U1"))
    mention = payloads.mention("zeus gateway", user="U1") | {"is_ext_shared_channel": True}
    world.send(mention)
    assert "not in the handbook" in said(world.slack.of("chat.postEphemeral")[-1])


def test_a_stranger_sees_nothing_at_their_first_question_either(world: World) -> None:
    """Where guests may see the team's entries, and nothing is known yet of person and channel."""
    add(world, "team-agent", draft("Agent", short="A person of our desk.", replaces="agent"))
    world.bot.storage.settings.change(TEAM, lambda old: replace(old, guests=True), NOW)
    world.bot.shared_state.run_once()
    world.slack.change_user("U2", is_partner=True)
    world.slack.workspace.channels[CHANNEL].is_ext_shared = True
    for _ in range(2):
        answer = said(world.ask("what is an AI agent", user="U2"))
        assert "AI agent" in answer
        assert "our desk" not in answer
    world.click({"type": "button", "action_id": "open", "value": "en|agent"}, user="U2")
    assert "our desk" not in str([call.params for call in world.slack.calls])


def test_meanings_stand_beside_each_other(world: World) -> None:
    add(world, "team-agent", draft("Agent", short="A person of our support desk."))
    meet(world, "U1")
    answer = world.ask("what is an agent", user="U1")
    shown = said(answer)
    assert shown.index("support desk") < shown.index("Handbook")
    assert find_problems(message_of(answer), "message") == []
    opens = buttons(answer["blocks"], "open")
    assert [Target.parse(b["value"]).entry_id for b in opens] == ["team-agent", "agent"]
    # What stands for the handbook's term is the answer, as that was; the checklist of that name
    # does not stand in its way. Two that are asked for are no two meanings.
    add(world, "team-churn", draft("Churn", short="Seats lost.", replaces="churn"))
    assert "Seats lost." in said(world.ask("what is churn", user="U1"))
    assert "meanings here" not in said(world.ask("churn", user="U1"))
    both = said(world.ask("churn or nrr", user="U1"))
    assert "Did you mean" in both
    assert "Net revenue retention" in both
    assert "*Churn · Term*" in both
    assert "*Churn · Checklist*" in both
    # A checklist shows its items.
    steps = ("Count the cash", "Call the bank")
    steps_alone = replace(draft("Runway", kind=Kind.CHECKLIST, items=steps), short=Text())
    add(world, "team-runway", steps_alone)
    assert "Count the cash; Call the bank" in said(world.ask("runway", user="U1"))


def test_a_checklist_of_the_team_starts_in_its_channel(world: World) -> None:
    add(
        world,
        "team-release",
        draft("Release train", kind=Kind.CHECKLIST, items=("Freeze main", "Tell support")),
    )
    meet(world, "U1")
    answer = world.ask("checklist release train", user="U1")
    assert "Freeze main" in said(answer)
    world.click(buttons(answer["blocks"], "run_start")[0], user="U1")
    view = world.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    world.send(submission(view, user="U1"))
    [run] = world.bot.storage.runs.list_running(TEAM, CHANNEL)
    assert [item.text.en for item in run.items] == ["Freeze main", "Tell support"]
    # In a channel that another company shares it does not start.
    world.slack.workspace.channels[CHANNEL].is_ext_shared = True
    world.click(buttons(answer["blocks"], "run_start")[0], user="U1")
    assert "shared with other companies" in said(world.slack.of("response_url")[-1])
    assert len(world.slack.of("views.open")) == 1

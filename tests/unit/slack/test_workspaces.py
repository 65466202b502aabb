"""Who the bot is by workspace: when the database is asked, and when memory serves."""

from __future__ import annotations

import pytest
from slack_bolt.authorization import AuthorizeResult

from bot.database.errors import StorageError
from bot.slack import workspaces
from bot.slack.identity import Identity
from bot.slack.workspaces import KEEP_SECONDS, Workspaces


class World:
    """A database of installations, and what was asked of it."""

    def __init__(self) -> None:
        self.tokens = {"T1": "xoxb-1", "T2": "xoxb-2"}
        self.asked: list[tuple[str, str]] = []
        self.change = 1
        self.time = 1000.0
        self.away = False
        self.workspaces = Workspaces(self.load, lambda: self.change, clock=lambda: self.time)

    def load(self, team_id: str, enterprise_id: str) -> Identity | None:
        self.asked.append((team_id, enterprise_id))
        if self.away:
            raise StorageError("away")
        token = self.tokens.get(team_id)
        known = AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=token)
        return Identity(team_id=team_id, token=token, authorization=known) if token else None


@pytest.fixture
def world() -> World:
    return World()


def test_a_workspace_is_fetched_once_in_five_minutes(world: World) -> None:
    for _ in range(3):
        found = world.workspaces.authorize("T1", "E1")
        assert found is not None
        assert found.bot_token == world.workspaces.token("T1") == "xoxb-1"
    assert world.asked == [("T1", "E1")]
    world.time += KEEP_SECONDS
    assert world.workspaces.token("T1") == "xoxb-1"
    assert len(world.asked) == 2


def test_what_another_process_changed_is_seen_at_the_next_look(world: World) -> None:
    world.workspaces.refresh()
    assert world.workspaces.token("T1") == "xoxb-1"
    world.workspaces.refresh()
    world.tokens = {"T1": "xoxb-new", "T3": "xoxb-3"}
    assert world.workspaces.token("T1") == "xoxb-1"
    assert world.workspaces.token("T3") == "xoxb-3", "one that is not known is asked for"
    world.time, world.change = world.time + 1, 2
    world.workspaces.refresh()
    assert world.workspaces.token("T1") == "xoxb-new"
    assert world.workspaces.authorize("T2", None) is None


def test_a_change_during_a_fetch_is_not_missed(world: World) -> None:
    world.workspaces.refresh()

    def load(team_id: str, enterprise_id: str) -> Identity | None:
        found = world.load(team_id, enterprise_id)
        world.tokens["T1"], world.change, world.time = "xoxb-new", 2, world.time + 1
        world.workspaces.refresh()
        return found

    world.workspaces._load = load
    assert world.workspaces.token("T1") == "xoxb-1"
    world.workspaces._load = world.load
    assert world.workspaces.token("T1") == "xoxb-new"


def test_what_is_known_serves_on_while_the_database_is_away(world: World) -> None:
    world.workspaces.token("T1")
    world.away = True
    world.workspaces.expire()
    world.time += KEEP_SECONDS
    assert world.workspaces.token("T1") == "xoxb-1"
    with pytest.raises(StorageError):
        world.workspaces.token("T2")


def test_memory_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "MAX_KEPT", 1)
    for team_id in ("T1", "T2", "T404", "T1"):
        world.workspaces.token(team_id)
    assert [team_id for team_id, _ in world.asked] == ["T1", "T2", "T404", "T1"]
    assert list(world.workspaces._kept) == ["T1"]
    world.workspaces.drop("T1")
    assert world.workspaces._kept == {}

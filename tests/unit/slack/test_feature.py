"""Two features that handle the same thing are a mistake that shows at the start."""

from __future__ import annotations

import pytest
from slack_bolt import App

from bot.database.engine import Database
from bot.database.handled import HandledRepository
from bot.slack.background import Background
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.slack.handled import Handled
from bot.slack.languages import Languages
from bot.slack.routing import register_listeners
from bot.slack.workspaces import Workspaces
from tests.support.runs import NOW
from tests.support.tips import FakeClock


def test_an_action_that_two_features_handle_is_refused(sqlite_url: str) -> None:
    app = App(authorize=lambda: None, request_verification_enabled=False)
    clock = FakeClock(NOW).now
    handled = Handled(HandledRepository(Database.open(sqlite_url)), clock)
    edge = Edge(
        Languages("en"),
        Background(),
        handled,
        clock,
        Workspaces(lambda team_id, enterprise_id: None, lambda: 0),
    )
    one, two = Feature(actions={"open": print}), Feature(actions={"open": print, "close": print})
    with pytest.raises(ValueError, match="two features handle \\['open'\\]"):
        register_listeners(app, edge, [one, two], publish_home=print)
    edge.background.close()

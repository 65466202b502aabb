"""The slash command: the answer travels in the ack's own body, without a call to Slack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot.listeners.payloads import asker_ids
from bot.listeners.services import Services

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}
ANY_COMMAND = re.compile("^/")  # an admin may have named it otherwise in the manifest


def register(app: App, services: Services) -> None:
    def handle_command(body: dict[str, Any], client: WebClient) -> BoltResponse:
        text = str(body.get("text") or "")
        team_id, user_id, _ = asker_ids(body)
        lang = services.languages.of(team_id, user_id, text)
        answer = services.bodies.get(text, services.reader(lang))
        if not services.languages.is_known(team_id, user_id):
            learn_locale(services, client, team_id, user_id)
        return BoltResponse(status=200, body=answer, headers=JSON)

    app.command(ANY_COMMAND)(handle_command)


def learn_locale(services: Services, client: WebClient, team_id: str, user_id: str) -> None:
    """Look the person's locale up for the next answer; if it fails, the default stays."""
    services.background.run(
        lambda: services.languages.look_up(client, team_id, user_id), lambda error: None
    )

"""The slash command: the answer travels in the ack's own body, without a call to Slack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot.answers.listeners.verbs import Handler, find_handler
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids
from bot.slack.services import Services

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}
ANY_COMMAND = re.compile("^/")  # an admin may have named it otherwise in the manifest


def register(app: App, services: Services) -> None:
    def handle_command(body: dict[str, Any], client: WebClient) -> BoltResponse:
        text = str(body.get("text") or "")
        team_id, user_id, _ = asker_ids(body)
        typed = services.bodies.typed(text)
        if handler := find_handler(typed):
            run_after_ack(
                services, client, body, lambda: _handle(handler, body, client, typed.text)
            )
            return BoltResponse(status=200, body="")
        lang = services.languages.of(team_id, user_id, text)
        answer = services.bodies.get(text, services.reader(lang))
        if answer.entry_id:
            remember(services, team_id, user_id, answer.entry_id)
        if not services.languages.is_known(team_id, user_id):
            learn_locale(services, client, team_id, user_id)
        return BoltResponse(status=200, body=answer.json, headers=JSON)

    def _handle(handler: Handler, body: Body, client: WebClient, text: str) -> None:
        services.languages.look_up(client, *asker_ids(body)[:2])  # after the ack there is time
        handler(services, client, body, text)

    app.command(ANY_COMMAND)(handle_command)


def remember(services: Services, team_id: str, user_id: str, entry_id: str) -> None:
    """Keep what was looked up, in memory; now and then it is written, in the background."""
    if services.lookups.add(team_id, user_id, entry_id):
        services.background.run(services.lookups.flush, lambda error: None)


def learn_locale(services: Services, client: WebClient, team_id: str, user_id: str) -> None:
    """Look the person's locale up for the next answer; if it fails, the default stays."""
    services.background.run(
        lambda: services.languages.look_up(client, team_id, user_id), lambda error: None
    )

"""The slash command: the answer travels in the ack's own body, without a call to Slack."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.dialogue.answers import reply_to
from bot.dialogue.grammar import parse
from bot.listeners.errors import private_body
from bot.listeners.payloads import asker_ids
from bot.listeners.services import Services

ANY_COMMAND = re.compile("^/")  # an admin may have named it otherwise in the manifest


def register(app: App, services: Services) -> None:
    def handle_command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        text = str(body.get("text") or "")
        team_id, user_id, _ = asker_ids(body)
        lang = services.languages.of(team_id, user_id, text)
        ack(private_body(reply_to(services.library, lang, parse(text))))
        if not services.languages.is_known(team_id, user_id):
            learn_locale(services, client, team_id, user_id)

    app.command(ANY_COMMAND)(handle_command)


def learn_locale(services: Services, client: WebClient, team_id: str, user_id: str) -> None:
    """Look the person's locale up for the next answer; if it fails, the default stays."""
    services.background.run(
        lambda: services.languages.look_up(client, team_id, user_id), lambda error: None
    )

"""The message shortcut "Explain terms · 解释术语": the handbook's terms in a message, privately."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.answers import ids
from bot.answers.modals import build_terms_modal
from bot.slack.blocks import Reply, plain_section
from bot.slack.errors import run_after_ack
from bot.slack.payloads import asker_ids
from bot.slack.send import open_modal, respond
from bot.slack.services import Services
from bot.slack.words import EXPIRED


def register(app: App, services: Services) -> None:
    def handle_explain(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        run_after_ack(services, client, body, lambda: _explain(services, client, body))

    app.shortcut(ids.EXPLAIN_SHORTCUT)(handle_explain)


def _explain(services: Services, client: WebClient, body: dict[str, Any]) -> None:
    text = str((body.get("message") or {}).get("text") or "")
    team_id, user_id, _ = asker_ids(body)
    lang = services.languages.of(team_id, user_id, text)
    view = build_terms_modal(services.library.matcher.find_terms(text), lang)
    if not open_modal(client, body, view):
        message = EXPIRED.get(lang)
        respond(body, Reply(message, (plain_section(message),), miss=True))

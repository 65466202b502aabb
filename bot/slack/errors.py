"""The one error path: a traceback with a reference in the log, one plain sentence to the person.

Bolt's `@app.error` sees only what fails before the ack; work after the ack comes here through
`Background`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.answers.bodies import private_body
from bot.i18n import Lang
from bot.slack.blocks import Reply, plain_section
from bot.slack.payloads import asker_ids
from bot.slack.send import send_privately
from bot.slack.services import Services
from bot.slack.words import FAILED

log = logging.getLogger("bot.errors")


def failure_reply(lang: Lang, reference: str) -> Reply:
    message = FAILED.get(lang).format(reference=reference)
    return Reply(message, (plain_section(message),), miss=True)


def log_failure(error: Exception, body: dict[str, Any]) -> str:
    """Log with ids only; returns the reference that the person is given."""
    reference = token_hex(4)
    team_id, user_id, channel_id = asker_ids(body)
    kind = body.get("type") or ("command" if "command" in body else "event")
    log.error(
        "%s failed, reference %s, team %s, user %s, channel %s",
        kind, reference, team_id, user_id, channel_id, exc_info=error,
    )  # fmt: skip
    return reference


def build_error_listener(services: Services) -> Callable[..., BoltResponse | None]:
    """The listener for `app.error`: a command's error is its answer, others are told after."""

    def handle_error(
        error: Exception, body: dict[str, Any], request: BoltRequest, client: WebClient
    ) -> BoltResponse | None:
        reference = log_failure(error, body)
        team_id, user_id, _ = asker_ids(body)
        reply = failure_reply(services.languages.of(team_id, user_id), reference)
        if "command" in body:
            return BoltResponse(status=200, body=private_body(reply))
        if field := _first_input(body):  # the modal stays, with what was typed in it
            errors = {"response_action": "errors", "errors": {field: reply.text}}
            return BoltResponse(status=200, body=errors)
        if body.get("response_url") or body.get("view"):
            tell = lambda: send_privately(client, body, reply)  # noqa: E731 - a task, not a name
            services.background.run(tell, lambda e: log_failure(e, body))
        return BoltResponse(status=200, body="")

    return handle_error


def _first_input(body: dict[str, Any]) -> str:
    """The block of a submitted modal at which an error can be shown, or ""."""
    if body.get("type") != "view_submission":
        return ""
    blocks = (body.get("view") or {}).get("blocks") or ()
    inputs = (b for b in blocks if isinstance(b, dict) and b.get("type") == "input")
    return str(next(inputs, {}).get("block_id") or "")


def run_after_ack(
    services: Services, client: WebClient, body: dict[str, Any], task: Callable[[], object]
) -> None:
    """Run `task` in the background; if it fails, log and tell the person privately."""

    def on_error(error: Exception) -> None:
        reference = log_failure(error, body)
        team_id, user_id, _ = asker_ids(body)
        reply = failure_reply(services.languages.of(team_id, user_id), reference)
        try:
            send_privately(client, body, reply)
        except Exception as second:  # Slack itself is out of reach: the log is all there is
            log_failure(second, body)

    services.background.run(task, on_error)

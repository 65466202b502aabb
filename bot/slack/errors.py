"""The one error path: a traceback with a reference in the log, one plain sentence to the person.

Bolt's `@app.error` sees only what fails before the ack; work after the ack comes here through
`Background`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk import WebClient

from bot.database.deadline import each_within
from bot.database.workspaces import WorkspaceGone
from bot.i18n import Lang
from bot.slack.blocks import Reply
from bot.slack.edge import Edge
from bot.slack.notes import build_plain_note
from bot.slack.refusals import explain_failure
from bot.slack.request import Request
from bot.slack.send import build_private_body, send_privately

WAIT_SECONDS = 2.0  # for the database, a transaction

log = logging.getLogger("bot.errors")


def build_failure(error: Exception, lang: Lang, reference: str) -> Reply:
    return build_plain_note(explain_failure(error, lang).format(reference=reference))


def log_failure(error: Exception, request: Request) -> str:
    """Log with ids only; returns the reference that the person is given."""
    reference = token_hex(4)
    log.error(
        "%s failed, reference %s, team %s, user %s, channel %s",
        request.kind, reference, request.team_id, request.user_id, request.channel_id,
        exc_info=error,
    )  # fmt: skip
    return reference


def build_error_listener(edge: Edge) -> Callable[..., BoltResponse | None]:
    """The listener for `app.error`: a command's error is its answer, a form's stands in the form;
    for the rest, the user is notified afterwards."""

    def handle_error(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
        request = Request.of(client, body)
        if isinstance(error, WorkspaceGone) and request.kind != "command":
            log.info("%s not done: %s", request.kind, error)  # there is nobody to tell
            return BoltResponse(status=200, body="")
        reference = log_failure(error, request)
        edge.count_failure(request.kind, error)
        reply = build_failure(error, edge.lang(request), reference)
        if request.kind == "command":
            return BoltResponse(status=200, body=build_private_body(reply))
        if field := _first_input(request):  # the modal stays, with what was typed in it
            errors = {"response_action": "errors", "errors": {field: reply.text}}
            return BoltResponse(status=200, body=errors)
        asked = request.kind == "event" and request.channel_id and request.user_id
        if request.response_url or request.view or asked:
            edge.background.run(
                lambda: send_privately(request, reply), lambda e: log_failure(e, request)
            )
        return BoltResponse(status=200, body="")

    return handle_error


def _first_input(request: Request) -> str:
    """The block of a submitted modal at which an error can be shown, or ""."""
    if request.kind != "view_submission":
        return ""
    blocks = request.view.get("blocks") or ()
    inputs = (b for b in blocks if isinstance(b, dict) and b.get("type") == "input")
    return str(next(inputs, {}).get("block_id") or "")


def run_after_ack(edge: Edge, request: Request, task: Callable[[], object]) -> None:
    """Run `task` in the background; if it fails, log and tell the person privately."""

    def on_error(error: Exception) -> None:
        if isinstance(error, WorkspaceGone):  # there is nobody to tell
            log.info("%s not done: %s", request.kind, error)
            return
        reference = log_failure(error, request)
        edge.count_failure(request.kind, error)
        try:
            send_privately(request, build_failure(error, edge.lang(request), reference))
        except Exception as second:  # Slack itself is out of reach: the log is all there is
            log_failure(second, request)

    def run() -> None:
        with each_within(WAIT_SECONDS):  # somebody still waits
            task()

    edge.background.run(run, on_error)

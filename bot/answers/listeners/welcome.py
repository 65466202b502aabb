"""Who is new: a channel that the bot joins, a person who writes to it for the first time."""

from __future__ import annotations

import logging

from bot.answers.services import AnswerServices
from bot.answers.welcome import build_welcome
from bot.database.errors import StorageError
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.request import Request

log = logging.getLogger("bot.welcome")


def handle_joined(services: AnswerServices, request: Request) -> None:
    """In the language of whoever invited it, if Slack says who that was."""
    edge = services.edge
    if request.event.get("user") != edge.identity(request).user_id:
        return
    if not edge.handled.claim(request.team_id, f"welcome:{request.channel_id}"):
        return
    inviter = str(request.event.get("inviter") or "")
    if inviter:
        edge.languages.look_up(request.client, request.team_id, inviter)
    lang = edge.languages.of(request.team_id, inviter)
    reply = build_welcome(lang)
    try:
        request.client.chat_postMessage(channel=request.channel_id, **reply.as_message())
    except CALL_ERRORS as error:  # nobody waits for it
        log.warning(
            "the welcome was not posted in %s: %s", request.channel_id, code_of(error) or error
        )


def is_new(services: AnswerServices, request: Request) -> bool:
    """Whether a person writes for the first time; they are remembered. An answer does not wait for
    a database that fails: then nobody is new."""
    try:
        return services.welcomed.add(request.team_id, request.user_id, services.edge.clock())
    except StorageError as error:
        log.warning("whether a person is new cannot be stored, so no welcome: %s", error)
        return False

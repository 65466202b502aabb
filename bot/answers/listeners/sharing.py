"""Share: an answer that somebody got privately, posted for all, once."""

from __future__ import annotations

import logging

from bot.answers.dialogue import answer_entry
from bot.answers.listeners.show import find, show_gone
from bot.answers.place import Place
from bot.answers.services import AnswerServices
from bot.answers.share import build_shared
from bot.slack.failures import SEND_ERRORS, is_unknown
from bot.slack.request import Request
from bot.slack.send import respond

log = logging.getLogger("bot.share")


def handle_share(services: AnswerServices, request: Request) -> None:
    """Post the short answer to the channel, from the user, once; then take the button away."""
    target, library, entry = find(services, request)
    if entry is None:
        show_gone(request, target.lang)
        return
    message = request.message_ts or request.trigger_id
    key = f"share:{request.channel_id}:{message}:{target.entry_id}"
    if not services.edge.handled.claim(request.team_id, key):
        return
    answer = answer_entry(library, entry, services.audience(target.lang, Place.PUBLIC))
    thread = {"thread_ts": request.thread_ts} if request.thread_ts else {}
    try:
        shared = build_shared(answer, request.user_id, target.lang)
        respond(request, shared, response_type="in_channel", **thread)
    except Exception as error:
        if not is_unknown(error):  # not posted: the next click may try again
            services.edge.handled.release(request.team_id, key)
        raise
    private = answer_entry(library, entry, services.audience(target.lang), shared=True)
    try:
        respond(request, private, replace_original=True)
    except SEND_ERRORS as error:  # shared it is; a second click does nothing
        log.warning("the Share button stays: %s", type(error).__name__)

"""The buttons of answers: open, share, the other language, feedback, chapters, examples."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError

from bot.answers import words
from bot.answers.dialogue import answer_entry, open_number, reply_to
from bot.answers.modals import build_entry_modal
from bot.answers.services import AnswerServices
from bot.answers.share import build_shared
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.action_ids import HELPFUL, Target
from bot.slack.blocks import Reply
from bot.slack.failures import SEND_ERRORS, code_of, is_unknown
from bot.slack.modals import build_reply_modal
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import respond, send_privately
from bot.slack.words import ENTRY_GONE

log = logging.getLogger("bot.feedback")


class Found(NamedTuple):
    """What a button is about. `entry` is None where it has left the handbook; the answer is built
    from `library`, the one that the entry stands in."""

    target: Target
    library: Library
    entry: Entry | None


def handle_open(services: AnswerServices, request: Request) -> None:
    """An entry, privately: over a view as a modal, elsewhere as a message."""
    target, library, entry = _find(services, request)
    if entry is None:
        _show(request, build_plain_note(ENTRY_GONE.get(target.lang)), target.lang)
    elif request.view:
        today = services.audience(target.lang).today
        _open_modal(request, build_entry_modal(library.handbook, entry, target.lang, today))
    else:
        answer = answer_entry(library, entry, services.audience(target.lang))
        send_privately(request, answer)


def handle_language(services: AnswerServices, request: Request) -> None:
    """The same answer in the other language, in place of the message that is there."""
    target, library, entry = _find(services, request)
    if entry is None:
        send_privately(request, build_plain_note(ENTRY_GONE.get(target.lang)))
        return
    audience, private = services.audience(target.lang), request.is_ephemeral
    answer = answer_entry(library, entry, audience, share=private)
    respond(request, answer, replace_original=True)


def handle_share(services: AnswerServices, request: Request) -> None:
    """Post the answer to the channel, from the user, once; then take the button away."""
    target, library, entry = _find(services, request)
    if entry is None:
        send_privately(request, build_plain_note(ENTRY_GONE.get(target.lang)))
        return
    message = request.message_ts or request.trigger_id
    key = f"share:{request.channel_id}:{message}:{target.entry_id}"
    if not services.edge.handled.claim(request.team_id, key):
        return
    answer = answer_entry(library, entry, services.audience(target.lang), share=False)
    thread = {"thread_ts": request.thread_ts} if request.thread_ts else {}
    try:
        shared = build_shared(answer, request.user_id, target.lang)
        respond(request, shared, response_type="in_channel", **thread)
    except Exception as error:
        if not is_unknown(error):  # not posted: the next click may try again
            services.edge.handled.release(request.team_id, key)
        raise
    try:
        respond(request, answer, replace_original=True)
    except SEND_ERRORS as error:  # shared it is; a second click does nothing
        log.warning("the Share button stays: %s", type(error).__name__)


def handle_example(services: AnswerServices, request: Request) -> None:
    """An example question from help or Home."""
    target = Target.parse(request.action.value)
    number = int(target.entry_id) if target.entry_id.isdigit() else 0
    question = words.EXAMPLES[number % len(words.EXAMPLES)].get(target.lang)
    line, _ = services.read(question)
    reply = reply_to(services.library, services.audience(target.lang), line)
    _show(request, reply, target.lang)


def handle_chapter(services: AnswerServices, request: Request) -> None:
    target = Target.parse(request.action.value)
    reply = open_number(services.library, target.entry_id, services.audience(target.lang))
    _show(request, reply, target.lang)


def handle_rating(services: AnswerServices, request: Request) -> None:
    """What a person thinks of an entry; an entry that is gone is not rated."""
    target, _, entry = _find(services, request)
    team_id, user_id = request.team_id, request.user_id
    log.info(
        "%s entry=%s team=%s user=%s",
        request.action.action_id, target.entry_id, team_id, user_id,
    )  # fmt: skip
    if entry is not None:
        helpful, now = request.action.name == HELPFUL, services.edge.clock()
        services.feedback.save(team_id, user_id, entry.id, helpful=helpful, now=now)
    _show(request, build_plain_note(words.THANKS.get(target.lang)), target.lang)


def _find(services: AnswerServices, request: Request) -> Found:
    target, library = Target.parse(request.action.value), services.library
    return Found(target, library, library.handbook.entries.get(target.entry_id))


def _show(request: Request, reply: Reply, lang: Lang) -> None:
    if request.view:
        _open_modal(request, build_reply_modal(reply, lang))
    else:
        send_privately(request, reply)


def _open_modal(request: Request, view: dict[str, Any]) -> None:
    """From the Home tab, open; over a modal, push, and where the stack is full, replace."""
    client, trigger_id = request.client, request.trigger_id
    if request.view.get("type") != "modal":
        client.views_open(trigger_id=trigger_id, view=view)
        return
    try:
        client.views_push(trigger_id=trigger_id, view=view)
    except SlackApiError as error:
        if code_of(error) != "push_limit_reached":
            raise
        client.views_update(view_id=request.view["id"], view=view)

"""Share: an answer that somebody got privately, posted for all, once."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.answers import ids, words
from bot.answers.dialogue import answer_entry
from bot.answers.entry import title_of
from bot.answers.listeners.show import find, find_target, show, show_gone
from bot.answers.place import Place
from bot.answers.services import AnswerServices
from bot.answers.share import build_shared
from bot.answers.share_view import build_share, read_share
from bot.handbook.models import Entry
from bot.search.library import Library
from bot.slack.action_ids import Target
from bot.slack.blocks import Reply
from bot.slack.failures import SEND_ERRORS, code_of, is_unknown
from bot.slack.feature import Submitted
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import NO_ENTRY, open_form, respond, send_privately
from bot.slack.words import ENTRY_GONE, EXPIRED

log = logging.getLogger("bot.share")


def handle_share(services: AnswerServices, request: Request) -> None:
    """Post the short answer to the channel, from the user, once; then take the button away. In a
    direct message nobody would see it: it asks where."""
    target, library, entry = find(services, request)
    if request.is_direct:
        ask_where(services, request, target)
        return
    if entry is None:
        show_gone(request, target.lang)
        return
    shown = _entry_for_all(services, request, entry)
    if shown is None:
        show(request, build_plain_note(words.NOT_SHOWN_THERE.get(target.lang)), target.lang)
        return
    message = request.message_ts or request.trigger_id
    key = f"share:{request.channel_id}:{message}:{target.entry_id}"
    if not services.edge.handled.claim(request.team_id, key):
        return
    answer = answer_entry(*shown, services.audience(target.lang, Place.PUBLIC))
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
        log.warning(
            "shared, but the private answer still shows its Share button: %s", type(error).__name__
        )


def ask_where(services: AnswerServices, request: Request, target: Target) -> None:
    """In which channel to share an entry."""
    _, _, entry = find_target(services, request, target)
    lang = services.edge.lang(request)
    if entry is None:
        show_gone(request, lang)
    elif not open_form(request, build_share(title_of(entry, target.lang), target, lang)):
        show(request, build_plain_note(EXPIRED.get(lang)), lang)


def share_elsewhere(services: AnswerServices, request: Request) -> Submitted:
    """Post the answer to the chosen channel, once: as the bot where it is a member, else by the
    address that Slack sent with the form. What Slack did not confirm is told, never retried."""
    target, channel_id = read_share(request.view)
    services.libraries.look_up(request)  # the form may have been opened by another process
    entry = services.library_for(request).handbook.entries.get(target.entry_id)
    if entry is None:
        said = ENTRY_GONE.get(target.lang)
        return Submitted(ack={"response_action": "errors", "errors": {ids.SHARE_CHANNEL: said}})

    def post(request: Request) -> None:
        shown = _entry_for_all(services, request.in_channel(channel_id), entry)
        if shown is None:
            said = words.NOT_SHOWN_THERE.get(target.lang)
            send_privately(request, build_plain_note(said))
        elif services.edge.handled.claim(request.team_id, f"share:{request.view.get('id')}"):
            answer = answer_entry(*shown, services.audience(target.lang, Place.PUBLIC))
            _post(request, channel_id, build_shared(answer, request.user_id, target.lang))

    return Submitted(task=post)


def _entry_for_all(
    services: AnswerServices, request: Request, entry: Entry
) -> tuple[Library, Entry] | None:
    """The entry as all of the request's channel may see it, with the library it stands in; None
    for one of the workspace's own where other companies read along."""
    if entry.team is None:
        return services.library_for(request), entry
    library = services.libraries.visible_in(request)
    shown = library.handbook.entries.get(entry.id)
    return (library, shown) if shown else None


def _post(request: Request, channel_id: str, shared: Reply) -> None:
    try:
        request.client.chat_postMessage(channel=channel_id, **shared.as_message())
    except SlackApiError as error:
        if code_of(error) not in NO_ENTRY or not request.response_url:
            raise
        respond(request, shared, response_type="in_channel")

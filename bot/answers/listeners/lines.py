"""What people type: the slash command, mentions, direct messages. One grammar, parsed once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot.answers.dialogue import reply_to
from bot.answers.grammar import ParsedLine
from bot.answers.listeners.welcome import is_new
from bot.answers.place import Place
from bot.answers.services import AnswerServices
from bot.answers.welcome import add_welcome
from bot.search.library import Library
from bot.slack.edge import Edge
from bot.slack.errors import run_after_ack
from bot.slack.feature import FoundLine, Task
from bot.slack.request import Request
from bot.slack.send import send_privately

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}
ANY_COMMAND = re.compile("^/")  # an admin may have named it otherwise in the manifest
OWN_SUBTYPES = frozenset({None, "thread_broadcast", "file_share"})


def register_command(app: App, services: AnswerServices) -> None:
    """The answer travels in the ack's own body, without a call to Slack."""
    edge = services.edge

    def handle_command(body: dict[str, Any], client: WebClient) -> BoltResponse:
        request = Request.of(client, body)
        library = services.library_for(request)
        line, found = services.read(library, request.text)
        if found:
            if task := _begin(edge, request, found):
                run_after_ack(edge, request, task)
            return BoltResponse(status=200, body="")
        audience, offers = (
            services.audience(edge.lang_of_text(request)),
            services.offer.is_for(request),
        )
        answer = services.bodies.get(library, line, audience, offers=offers)
        services.count(request, line, answer.outcome, answer.entry_id)
        if answer.entry_id:
            services.lookups.add(request.team_id, request.user_id, answer.entry_id)
        if not (edge.is_known(request) and services.libraries.is_known(request)):
            edge.background.run_if_free(
                lambda: _look_up(services, request, line, library, answer.entry_id)
            )
        return BoltResponse(status=200, body=answer.json, headers=JSON)

    app.command(ANY_COMMAND)(handle_command)


def handle_mention(services: AnswerServices, request: Request) -> None:
    """Answered in its thread."""
    _answer(services, request, request.thread_ts or request.message_ts)


def handle_message(services: AnswerServices, request: Request) -> None:
    """A direct message needs no mention."""
    _answer(services, request, request.thread_ts)


def is_direct_question(request: Request) -> bool:
    """Whether a message event is somebody's question: not in a channel, no edit, no join."""
    event = request.event
    return event.get("channel_type") == "im" and event.get("subtype") in OWN_SUBTYPES


def _answer(services: AnswerServices, request: Request, thread_ts: str) -> None:
    """In the thread, or in the channel where it is ""; a private reply to the user alone."""
    edge = services.edge
    edge.look_up_language(request)
    services.libraries.look_up(request)
    library = services.library_for(request)
    line, found = services.read(library, request.text)
    if found:
        found.begin(request)()
        return
    place = Place.PRIVATE if request.is_direct else Place.PUBLIC
    lang = edge.lang_of_text(request)
    audience = services.audience(lang, place)._replace(direct=request.is_direct)
    reply = reply_to(library, audience, line)
    services.count(request, line, reply.outcome, reply.entry_id)
    reply = services.with_offer(request, reply, line, audience.lang)
    if request.is_direct and is_new(services, request):
        reply = add_welcome(reply, audience.lang)
    if reply.private:
        send_privately(request.in_thread(thread_ts), reply)
    else:
        request.client.chat_postMessage(
            channel=request.channel_id, thread_ts=thread_ts or None, **reply.as_message()
        )


def find_change(services: AnswerServices, request: Request) -> str:
    """What a mention or a direct message asks to be changed, as it was typed; "" for the rest."""
    event = request.event
    if event.get("type") == "message" and not is_direct_question(request):
        return ""
    line, found = services.read(services.library_for(request), request.text)
    return line.whole if found and found.changes else ""


def _look_up(
    services: AnswerServices, request: Request, line: ParsedLine, library: Library, shown: str
) -> None:
    """Learn who asked. Where there is more for them than what was answered from, an answer of the
    workspace's own comes after it."""
    services.edge.look_up_language(request)
    services.libraries.look_up(request)
    more = services.library_for(request)
    if more is library:
        return
    reply = reply_to(more, services.audience(services.edge.lang_of_text(request)), line)
    entry = more.handbook.entries.get(reply.entry_id)
    if entry is not None and (entry.team or entry.id != shown):
        services.lookups.add(request.team_id, request.user_id, entry.id)
        send_privately(request, reply)


def _begin(edge: Edge, request: Request, found: FoundLine) -> Task | None:
    """What is left to do after the ack, once for all processes."""
    if not found.changes:
        return partial(_handle_once, edge, request, found)
    return partial(_finish, edge, request, found.begin(request)) if _is_new(edge, request) else None


def _handle_once(edge: Edge, request: Request, found: FoundLine) -> None:
    if _is_new(edge, request):
        _finish(edge, request, found.begin(request))


def _finish(edge: Edge, request: Request, task: Task) -> None:
    edge.look_up_language(request)  # after the ack there is time
    task()


def _is_new(edge: Edge, request: Request) -> bool:
    """A command that Slack sends again, also to another process, has the same trigger."""
    key = f"command:{request.trigger_id}" if request.trigger_id else ""
    return edge.handled.claim(request.team_id, key)

"""Getting a reply to a person or a channel, by the way that the request leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.i18n import Lang
from bot.slack.blocks import Reply, plain_section, section
from bot.slack.client import post_to_url
from bot.slack.failures import SEND_ERRORS, ResponseUrlError, code_of, is_unknown
from bot.slack.modals import build_reply_modal
from bot.slack.request import Request
from bot.slack.words import REPEATED

NO_ENTRY = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

Way = Callable[[Reply], object]


def send_privately(request: Request, reply: Reply, *, repeated: bool = False) -> None:
    """Show `reply` to the user alone, by the first way that works: the response_url, a message in
    the channel that others do not see, a direct message.

    Where a way may have worked (no answer, a 5xx), the next one repeats the reply, marked so;
    `repeated` marks it from the start. A reply about another channel than the one where it was
    asked names it. Raises the last error where no way works.
    """
    if request.is_elsewhere:
        reply = _name_channel(reply, request.channel_id)
    request = request.where_asked
    failed: Exception | None = None
    for way in _private_ways(request):
        try:
            way(_mark(reply) if repeated else reply)
            return
        except SEND_ERRORS as error:
            failed = error
            repeated = repeated or is_unknown(error)
    if failed:
        raise failed


def show_privately(request: Request, reply: Reply, lang: Lang) -> None:
    """For a button: over the Home tab as a modal, elsewhere as a message to the user alone."""
    repeated = False
    if request.is_home:
        try:
            if open_modal(request, build_reply_modal(reply, lang)):
                return
        except SEND_ERRORS as error:
            repeated = is_unknown(error)
    send_privately(request, reply, repeated=repeated)  # on the Home tab: as a direct message


def open_modal(request: Request, view: dict[str, Any]) -> bool:
    """False where the click is too old for a modal: a trigger lives three seconds."""
    try:
        request.client.views_open(trigger_id=request.trigger_id, view=view)
    except SlackApiError as error:
        if code_of(error) not in TOO_LATE:
            raise
        return False
    return True


def open_over(request: Request, view: dict[str, Any]) -> None:
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


def open_form(request: Request, view: dict[str, Any]) -> bool:
    """A modal, over one that is open; False where the click is too old for one."""
    if request.view.get("type") == "modal":
        open_over(request, view)
        return True
    return open_modal(request, view)


def respond(request: Request, reply: Reply, **options: Any) -> None:
    """Answer through the response_url; a new private message unless `options` say more.

    Raises ResponseUrlError for a status of 400 or more.
    """
    arguments = {"response_type": "ephemeral", "replace_original": False} | options
    response = post_to_url(request.response_url, {**reply.as_message(), **arguments})
    if response.status_code >= 400:
        raise ResponseUrlError(response.status_code)


def build_private_body(reply: Reply) -> dict[str, Any]:
    """The body of an ack that only the user sees."""
    return {"response_type": "ephemeral", **reply.as_message()}


def _private_ways(request: Request) -> Iterator[Way]:
    """A response_url works anywhere, but answers outside the thread that the user looks at."""
    is_outside = bool(request.thread_ts) or request.is_direct
    if request.response_url and not is_outside:
        yield lambda reply: respond(request, reply)
    if request.channel_id and request.is_direct:
        yield lambda reply: _post(request, reply, request.channel_id, request.thread_ts)
    elif request.channel_id:
        yield lambda reply: _post_ephemeral(request, reply)
    if request.response_url and is_outside:
        yield lambda reply: respond(request, reply)
    if request.user_id:  # a direct message may be between two people
        yield lambda reply: _post(request, reply, request.user_id)


def _post(request: Request, reply: Reply, channel_id: str, thread_ts: str = "") -> None:
    request.client.chat_postMessage(
        channel=channel_id, thread_ts=thread_ts or None, **reply.as_message()
    )


def _post_ephemeral(request: Request, reply: Reply) -> None:
    message = reply.as_message()
    arguments = {k: v for k, v in message.items() if not k.startswith("unfurl")}
    request.client.chat_postEphemeral(
        channel=request.channel_id,
        user=request.user_id,
        thread_ts=request.thread_ts or None,
        **arguments,
    )


def _name_channel(reply: Reply, channel_id: str) -> Reply:
    link = f"<#{channel_id}>"
    return replace(reply, text=f"{link}: {reply.text}", blocks=(section(link), *reply.blocks))


def _mark(reply: Reply) -> Reply:
    """Said in both languages: who sends a reply does not know which one it is in."""
    mark = f"{REPEATED.zh} · {REPEATED.en}"
    return replace(reply, text=f"{mark}\n{reply.text}", blocks=(plain_section(mark), *reply.blocks))

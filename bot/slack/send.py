"""Getting a reply to a person or a channel, by the way that the request leaves open."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.i18n import Lang
from bot.slack.blocks import Reply
from bot.slack.modals import build_reply_modal
from bot.slack.request import Request

NO_ENTRY = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


class ResponseUrlError(Exception):
    """Slack refused a response_url: used five times, or older than 30 minutes."""


def send_privately(request: Request, reply: Reply) -> None:
    """Show `reply` to the user alone: in the DM, in the thread, or through the response_url; where
    the bot is no member and there is none, by direct message."""
    request = request.where_asked
    if request.response_url and not request.thread_ts and not request.is_direct:
        respond(request, reply)
        return
    client, message = request.client, reply.as_message()
    try:
        if not request.channel_id or request.is_direct:
            channel_id = request.channel_id or request.user_id
            client.chat_postMessage(
                channel=channel_id, thread_ts=request.thread_ts or None, **message
            )
        else:
            _post_ephemeral(request, message)
    except SlackApiError as error:
        if error.response["error"] not in NO_ENTRY:
            raise
        if request.response_url:  # it works anywhere: also between two people
            respond(request, reply)
        else:
            client.chat_postMessage(channel=request.user_id, **message)


def show_privately(request: Request, reply: Reply, lang: Lang) -> None:
    """For a button: over the Home tab as a modal, elsewhere as a message to the user alone."""
    if not (request.is_home and open_modal(request, build_reply_modal(reply, lang))):
        send_privately(request, reply)  # too late on the Home tab: as a direct message


def open_modal(request: Request, view: dict[str, Any]) -> bool:
    """False where the click is too old for a modal: a trigger lives three seconds."""
    try:
        request.client.views_open(trigger_id=request.trigger_id, view=view)
    except SlackApiError as error:
        if error.response["error"] not in TOO_LATE:
            raise
        return False
    return True


def respond(request: Request, reply: Reply, **options: Any) -> None:
    """Answer through the response_url; a new private message unless `options` say more.

    Raises ResponseUrlError: the SDK returns a 4xx without raising.
    """
    arguments = {"response_type": "ephemeral", "replace_original": False} | options
    response = WebhookClient(request.response_url).send_dict({**reply.as_message(), **arguments})
    if response.status_code >= 400:
        raise ResponseUrlError(f"status {response.status_code}")


def build_private_body(reply: Reply) -> dict[str, Any]:
    """The body of an ack that only the user sees."""
    return {"response_type": "ephemeral", **reply.as_message()}


def _post_ephemeral(request: Request, message: dict[str, Any]) -> None:
    arguments = {k: v for k, v in message.items() if not k.startswith("unfurl")}
    request.client.chat_postEphemeral(
        channel=request.channel_id,
        user=request.user_id,
        thread_ts=request.thread_ts or None,
        **arguments,
    )
